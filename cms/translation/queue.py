"""What waits for a translator, and for a reviewer."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cms.access.actions import Action
from cms.access.policy import scopes_for
from cms.languages.registry import CODES, SOURCE
from cms.translation.models import HeldTranslation, TranslationRecord
from cms.translation.states import State

#: How near a deadline is soon, in days.
SOON = 3


class Why(StrEnum):
    """Why something is in the queue; the first that holds."""

    RETURNED = "returned"
    OVERDUE = "overdue"
    DUE = "due"
    OUTDATED = "outdated"
    ORDERED = "ordered"

    @property
    def label(self) -> str | Promise:
        return _LABELS[self]


_LABELS: dict[Why, str | Promise] = {
    Why.RETURNED: _("Sent back to you"),
    Why.OVERDUE: _("Overdue"),
    Why.DUE: _("Due in three days"),
    Why.OUTDATED: _("Outdated"),
    Why.ORDERED: _("Ordered"),
}


@dataclass(frozen=True, slots=True)
class Task:
    """A translation that waits. ``days``: until the deadline; negative after it."""

    record: TranslationRecord
    why: Why
    deadline: datetime.date | None
    days: int | None


def _reach(user: Any, action: Action) -> Q | None:
    """The records in which ``user`` may do ``action``; ``None``: in none."""
    if user.is_superuser:
        return Q(language__in=[code for code in CODES if code != SOURCE])
    condition: Q | None = None
    for scope in scopes_for(user, action):
        if scope.language == SOURCE:
            continue
        part = Q(language=scope.language, source__county_slug=scope.county_slug or "")
        condition = part if condition is None else condition | part
    return condition


def _records(user: Any, action: Action) -> QuerySet[TranslationRecord]:
    reach = _reach(user, action)
    records = TranslationRecord.objects.select_related("source__page", "item__order", "item__translator", "page")
    return records.none() if reach is None else records.filter(reach, source__live=True)


def approved_early() -> QuerySet[HeldTranslation, int]:
    """The ids of the records whose translation is approved and waits for its source."""
    return HeldTranslation.objects.filter(hold__ended_at=None).values_list("record_id", flat=True)


def to_translate(user: Any, *, mine: bool = False, language: str = "") -> QuerySet[TranslationRecord]:
    """What ``user`` may translate and that needs it: returned, outdated, ordered; soonest first.

    ``mine``: without what is asked of somebody else.
    """
    # What is current and still ordered is the new text of a source that waits for it, until that is approved.
    needs = Q(returned=True) | Q(state=State.OUTDATED) | Q(item__isnull=False)
    records = _records(user, Action.EDIT).filter(needs).exclude(state=State.IN_REVIEW).exclude(pk__in=approved_early())
    if mine:
        records = records.filter(Q(item__isnull=True) | Q(item__translator=None) | Q(item__translator=user))
    if language:
        records = records.filter(language=language)
    return records.order_by(
        "-returned",
        F("item__order__deadline").asc(nulls_last=True),
        F("item__order__priority").desc(nulls_last=True),
        "source__page__path",
        "language",
    )


def to_review(user: Any) -> QuerySet[TranslationRecord]:
    """What was sent and ``user`` may decide on; what has waited longest first."""
    return _records(user, Action.MODERATE).filter(state=State.IN_REVIEW).order_by("state_since", "pk")


def task_of(record: TranslationRecord, today: datetime.date | None = None) -> Task:
    """The record as a task of the queue."""
    today = today or timezone.localdate()
    deadline = record.item.order.deadline if record.item is not None else None
    days = (deadline - today).days if deadline else None
    if record.returned:
        why = Why.RETURNED
    elif days is not None and days < 0:
        why = Why.OVERDUE
    elif days is not None and days <= SOON:
        why = Why.DUE
    elif record.state == State.OUTDATED:
        why = Why.OUTDATED
    else:
        why = Why.ORDERED
    return Task(record, why, deadline, days)
