"""Who has which role, where, and until when."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from cms.access.roles import BY_KEY, Needs, Role, role_choices
from cms.access.scopes import Scope
from cms.geography.models import County
from cms.languages.django import target_languages
from cms.languages.registry import SOURCE


class RoleAssignmentQuerySet(models.QuerySet["RoleAssignment"]):
    def current(self) -> RoleAssignmentQuerySet:
        """Those that hold today, of people who may sign in."""
        today = timezone.localdate()
        return self.filter(
            models.Q(starts_on__isnull=True) | models.Q(starts_on__lte=today),
            models.Q(ends_on__isnull=True) | models.Q(ends_on__gte=today),
            user__is_active=True,
        )

    def within(self, scope: Scope) -> RoleAssignmentQuerySet:
        """Those that name the scope's language and county; the source's language is named by none."""
        language = "" if scope.language == SOURCE else scope.language
        if scope.county_slug is None:
            return self.filter(language=language, county__isnull=True)
        return self.filter(language=language, county__slug=scope.county_slug)


class RoleAssignment(models.Model):
    """A person's role, with the county and language that it holds for."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="role_assignments")
    role = models.CharField(_("role"), max_length=40, choices=role_choices)
    county = models.ForeignKey(County, on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("county"))
    language = models.CharField(
        _("language"),
        max_length=10,
        blank=True,
        choices=target_languages,
    )
    starts_on = models.DateField(_("first day"), null=True, blank=True)
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    provider = models.CharField(
        _("identity provider"),
        max_length=200,
        default="",
        db_default="",
        blank=True,
        editable=False,
        help_text=_("The provider whose claims gave this role; empty where a person gave it"),
    )

    objects = RoleAssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("role assignment")
        verbose_name_plural = _("role assignments")
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["user", "role", "county", "language"],
                name="access_assignment_once",
                nulls_distinct=False,
                violation_error_message=_("This person has this role already. Change its dates instead."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.group_name}"

    @property
    def definition(self) -> Role:
        return BY_KEY[self.role]

    @property
    def group_name(self) -> str:
        """The Django group that carries this role in this scope."""
        return self.definition.group_name(self.county_id, self.language or None)

    @property
    def label(self) -> str:
        """The role and its scope for people, in the language of the moment."""
        return self.definition.title(self.language, self.county.short_name if self.county else "")

    @property
    def title(self) -> str:
        """``label`` in Swedish, which is what the editorial side speaks."""
        with translation.override(SOURCE):
            return self.label

    @property
    def scope(self) -> Scope | None:
        """The tree that the role holds for; ``None`` for the roles without pages."""
        if not self.definition.has_pages:
            return None
        return Scope(self.language or SOURCE, self.county.slug if self.county else None)

    @property
    def access_scope(self) -> Scope | None:
        """Where the right to give and take this assignment is asked for: its county, or the nation."""
        return Scope(SOURCE, self.county.slug) if self.county else None

    def clean_fields(self, exclude: Collection[str] | None = None) -> None:
        """What the role needs and what there is, each said at its field; raises ``ValidationError``."""
        wrong: dict[str, Any] = self._wrong_role() | self._wrong_place() | self._wrong_days()
        try:
            super().clean_fields(exclude)
        except ValidationError as error:
            # Our sentences name what is wrong; Django's stay where we have none.
            wrong = error.error_dict | wrong
        wrong = {field: message for field, message in wrong.items() if field not in (exclude or ())}
        if wrong:
            raise ValidationError(wrong)

    def _wrong_role(self) -> dict[str, Any]:
        if self.role and self.role not in BY_KEY:
            return {"role": _("There is no role “%(role)s”.") % {"role": self.role}}
        return {}

    def _wrong_place(self) -> dict[str, Any]:
        wrong: dict[str, Any] = {}
        role = BY_KEY.get(self.role)
        if self.county_id and not County.objects.filter(code=self.county_id).exists():
            wrong["county"] = _("There is no county “%(code)s”.") % {"code": self.county_id}
        elif role and role.needs is Needs.COUNTY and not self.county_id:
            wrong["county"] = _("This role holds for one county. Choose it.")
        elif role and role.needs is Needs.NOTHING and self.county_id:
            wrong["county"] = _("This role holds for the whole country, without a county.")
        if role and role.needs is not Needs.LANGUAGE and self.language:
            wrong["language"] = _("This role has no language.")
        elif self.language == SOURCE:
            wrong["language"] = _("Swedish is translated from, not into. Choose another language.")
        elif self.language and self.language not in dict(target_languages()):
            wrong["language"] = _("Nothing is translated into “%(code)s”.") % {"code": self.language}
        elif role and role.needs is Needs.LANGUAGE and not self.language:
            wrong["language"] = _("This role holds for one language. Choose it.")
        return wrong

    def _wrong_days(self) -> dict[str, Any]:
        # What isn't a date yet is for the field itself to refuse.
        first, last = (value if isinstance(value, date) else None for value in (self.starts_on, self.ends_on))
        if first and last and last < first:
            return {"ends_on": _("The last day is before the first.")}
        if last and self._state.adding and last < timezone.localdate():
            return {"ends_on": _("The last day is over already.")}
        return {}
