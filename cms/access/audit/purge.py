"""Deletes what has been kept long enough."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from cms.access.audit.events import Event
from cms.access.audit.log import record
from cms.access.audit.triggers import SHORTEST_DAYS
from cms.access.models.audit import AuditEntry


@transaction.atomic
def purge(days: int) -> int:
    """Delete the entries older than ``days`` and record that; returns how many they were.

    Raises ``ValueError`` for fewer days than the database keeps every entry.
    """
    if days < SHORTEST_DAYS:
        raise ValueError(f"The audit log keeps every entry for {SHORTEST_DAYS} days at least, not {days}.")
    old: QuerySet[AuditEntry] = QuerySet(AuditEntry).filter(time__lt=timezone.now() - timedelta(days=days))
    # The model's own query set refuses, and nothing hangs on an entry that a collector would have to find.
    count = int(old._raw_delete(old.db))
    record(Event.PURGED, days=days, entries=count)
    return count
