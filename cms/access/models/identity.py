"""Counties' own identity providers, and which of their claims give which roles."""

from __future__ import annotations

from typing import Any, ClassVar

from allauth.socialaccount.models import SocialApp
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from cms.access.models.assignments import RoleAssignment
from cms.access.roles import BY_KEY, Needs, role_choices
from cms.geography.models import County
from cms.languages.django import target_languages


class IdentityProvider(models.Model):
    """An OpenID Connect provider that a county keeps: it speaks for that county's people and no other's."""

    app = models.OneToOneField(
        SocialApp, on_delete=models.CASCADE, related_name="identity_provider", verbose_name=_("connection")
    )
    county = models.ForeignKey(
        County, on_delete=models.PROTECT, related_name="identity_providers", verbose_name=_("county")
    )
    active = models.BooleanField(_("in use"), default=True)

    class Meta:
        verbose_name = _("identity provider")
        verbose_name_plural = _("identity providers")

    def __str__(self) -> str:
        return f"{self.app.name} ({self.county.short_name})"

    @property
    def key(self) -> str:
        """What role assignments and connected accounts know the provider by."""
        return self.app.provider_id


class ClaimMapping(models.Model):
    """Who comes with this value of this claim has this role, within the provider's county."""

    provider = models.ForeignKey(IdentityProvider, on_delete=models.CASCADE, related_name="mappings")
    claim = models.CharField(
        _("claim"), max_length=100, help_text=_("Its name; with dots for one inside another: realm_access.roles")
    )
    value = models.CharField(_("value"), max_length=200)
    role = models.CharField(_("role"), max_length=40, choices=role_choices)
    language = models.CharField(_("language"), max_length=10, blank=True, choices=target_languages)

    class Meta:
        verbose_name = _("claim mapping")
        verbose_name_plural = _("claim mappings")
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["provider", "claim", "value", "role", "language"],
                name="access_claim_mapping_once",
                violation_error_message=_("This mapping is there already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.claim}={self.value}: {' '.join(part for part in (self.role, self.language) if part)}"

    def clean(self) -> None:
        role = BY_KEY.get(self.role)
        if role is not None and role.needs is Needs.NOTHING:
            raise ValidationError(
                {"role": _("A county's provider gives roles within its county alone; this one holds for the country.")}
            )
        # The same rules as for an assignment that somebody gives by hand.
        if role is not None:
            like = RoleAssignment(role=self.role, county=self.provider.county, language=self.language)
            like.clean_fields(exclude={"user", "provider", "county"})
