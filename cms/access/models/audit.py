"""The audit log's entries: written once, changed never, deleted when their time is over."""

from __future__ import annotations

from typing import Any, ClassVar, NoReturn

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.access.audit.events import Event, event_choices


class AppendOnlyError(Exception):
    """Somebody tried to change or delete an entry of the audit log."""

    def __init__(self) -> None:
        super().__init__("The audit log is append-only; manage.py audit_purge deletes what is old.")


class AuditEntryQuerySet(models.QuerySet["AuditEntry"]):
    def update(self, **kwargs: Any) -> NoReturn:
        raise AppendOnlyError

    def bulk_update(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise AppendOnlyError

    def delete(self) -> NoReturn:
        raise AppendOnlyError

    def bulk_create(self, objs: Any, *args: Any, update_conflicts: bool = False, **kwargs: Any) -> list[AuditEntry]:
        if update_conflicts:
            raise AppendOnlyError
        return super().bulk_create(objs, *args, **kwargs)


class AuditEntry(models.Model):
    """Who did what, to what, when, and in which roles.

    The person's number, name and address are copied, not linked: the entry stays as it was written
    when the account changes or vanishes. There is no network address, and no text of a page.
    """

    time = models.DateTimeField(_("time"), default=timezone.now)
    event = models.CharField(_("event"), max_length=40, choices=event_choices)
    actor_id = models.BigIntegerField(_("person's number"), null=True)
    actor_name = models.CharField(_("person"), max_length=300, blank=True)
    actor_email = models.CharField(_("e-mail"), max_length=254, blank=True)
    roles = models.CharField(
        _("roles"),
        max_length=1000,
        blank=True,
        help_text=_("The roles that the person held then, by their groups' names"),
    )
    about = models.CharField(_("about"), max_length=500, blank=True)
    county = models.CharField(_("county"), max_length=40, blank=True)
    language = models.CharField(_("language"), max_length=10, blank=True)
    detail = models.JSONField(_("details"), default=dict, blank=True)

    objects = AuditEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit log")
        ordering: ClassVar[list[str]] = ["-time", "-pk"]
        base_manager_name = "objects"
        default_permissions = ()
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["-time", "-id"], name="access_audit_time"),
            models.Index(fields=["county", "-time"], name="access_audit_county"),
        ]

    def __str__(self) -> str:
        return f"{self.time:%Y-%m-%d %H:%M} {self.event} {self.about}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise AppendOnlyError
        # An entry that names another's primary key must not overwrite it.
        super().save(force_insert=True, using=kwargs.get("using"))

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise AppendOnlyError

    @property
    def kind(self) -> Event | None:
        """The event; ``None`` for a kind of entry that an older version wrote."""
        return next((event for event in Event if event == self.event), None)
