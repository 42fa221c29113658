"""Who reads which entries, and how an entry's stored keys read."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from cms.access.actions import Action
from cms.access.audit.events import ANONYMOUS
from cms.access.audit.log import SUPERUSER
from cms.access.models.audit import AuditEntry
from cms.access.policy import decide, scopes_for
from cms.access.roles import BY_KEY
from cms.geography.models import County
from cms.languages.registry import BY_CODE


def visible_to(user: Any) -> QuerySet[AuditEntry]:
    """The entries that ``user`` may read: all, those of her counties, or none."""
    if decide(user, Action.AUDIT):
        return AuditEntry.objects.all()
    counties = {scope.county_slug for scope in scopes_for(user, Action.AUDIT) if scope.county_slug}
    return AuditEntry.objects.filter(county__in=counties)


def counties_of(user: Any) -> list[County]:
    """The counties whose entries ``user`` may read."""
    counties = County.objects.all()
    if not decide(user, Action.AUDIT):
        counties = counties.filter(slug__in={scope.county_slug for scope in scopes_for(user, Action.AUDIT)})
    return list(counties)


class Words:
    """An entry's stored keys in the reader's words. One query for all entries."""

    def __init__(self) -> None:
        counties = list(County.objects.all())
        self._by_slug = {county.slug: county.short_name for county in counties}
        self._by_code = {county.code: county.short_name for county in counties}

    def event(self, entry: AuditEntry) -> str:
        return str(entry.kind.label) if entry.kind else entry.event

    def actor(self, entry: AuditEntry) -> str:
        """Who did it: a person's name, a command, or nobody who was signed in."""
        if entry.actor_name:
            return entry.actor_name
        return _("not signed in") if entry.kind in ANONYMOUS else _("command")

    def about(self, entry: AuditEntry) -> str:
        return entry.about or (_("unknown account") if entry.kind in ANONYMOUS else "")

    def county(self, entry: AuditEntry) -> str:
        return self._by_slug.get(entry.county, entry.county)

    def language(self, entry: AuditEntry) -> str:
        return BY_CODE[entry.language].autonym if entry.language in BY_CODE else entry.language

    def roles(self, entry: AuditEntry) -> str:
        """``county-editor 12; translator ar`` as «County editor Skåne, Translator العربية»."""
        return ", ".join(self._role(name) for name in entry.roles.split("; ") if name)

    def _role(self, name: str) -> str:
        key, *scope = name.split(" ")
        if key == SUPERUSER:
            return _("Superuser")
        words = [BY_CODE[part].autonym if part in BY_CODE else self._by_code.get(part, part) for part in scope]
        return " ".join([str(BY_KEY[key].name) if key in BY_KEY else key, *words])

    def detail(self, entry: AuditEntry) -> str:
        """The details as they are stored, ``name: value``; the names are part of the record."""
        return ", ".join(f"{name}: {value}" for name, value in entry.detail.items())
