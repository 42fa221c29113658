"""Mails to translators and reviewers: what is new, due in three days, overdue, or was returned; of each once.

Who is asked: the translator that the order names (of what was returned, else who had sent it), else
everybody who translates where the page is; while a translation is in review, its reviewers. Who
chose one mail a day gets one.
"""

from __future__ import annotations

import datetime
import logging
from collections.abc import Iterable
from dataclasses import dataclass, field
from smtplib import SMTPException
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from wagtail.models import WorkflowState

from cms.access.actions import Action
from cms.access.mail import send_mail_to
from cms.access.moderation.people import people_who_may
from cms.access.policy import decide
from cms.editorial.models import ReminderSent
from cms.geography.models import County
from cms.languages.registry import BY_CODE
from cms.translation.models import TranslationRecord
from cms.translation.queue import Why, approved_early, task_of
from cms.translation.states import State

logger = logging.getLogger(__name__)

#: What is mailed of the reasons for being in a queue, the most pressing first.
KINDS = (Why.RETURNED, Why.OVERDUE, Why.DUE, Why.ORDERED)
#: More than so many lines nobody reads; the queue has them all.
_LINES = 30


@dataclass(frozen=True, slots=True)
class Reminder:
    """One event about one translation. ``event`` is the same at every run, and another when it happens again."""

    record: TranslationRecord
    why: Why
    event: str
    deadline: datetime.date | None
    #: Who is asked before all others: the translator that the order names, else who sent what was returned.
    first: Any


@dataclass(frozen=True, slots=True)
class Sent:
    """How many mails went out, and how many could not be sent and will be tried again."""

    sent: int
    failed: int


@dataclass(slots=True)
class _Desk:
    """A person, and what she is to hear."""

    user: Any
    reminders: list[Reminder] = field(default_factory=list)


def send_reminders(now: datetime.datetime | None = None) -> Sent:
    """Mail everybody what she has not heard yet. A second run tells nothing again."""
    now = now or timezone.now()
    sent = failed = 0
    for desk in _desks(timezone.localdate(now)):
        for reminders in _mails(desk, now):
            try:
                sent += _send(desk.user, reminders, now)
            except (OSError, SMTPException):
                logger.exception("The reminder to user %s was not sent", desk.user.pk)
                failed += 1
    return Sent(sent, failed)


def pending(today: datetime.date) -> list[Reminder]:
    """What there is to tell of, whoever has heard it; two queries."""
    records = list(
        TranslationRecord.objects.filter(Q(item__isnull=False) | Q(returned=True), source__live=True)
        .exclude(pk__in=approved_early())
        .select_related("source__page", "item__order", "item__translator")
        .order_by("source__page__path", "language")
    )
    returns = _returns([record for record in records if record.returned])
    found = []
    for record in records:
        task = task_of(record, today)
        why = Why.ORDERED if task.why is Why.OUTDATED else task.why
        first = record.item.translator if record.item is not None else None
        if why is Why.RETURNED:
            # Each time that it comes back is an event of its own.
            task_id, sender = returns.get(record.page_id, (0, None))
            event = f"{why}:{record.pk}:{task_id}"
            first = first or sender
        elif why is Why.ORDERED:
            event = f"{why}:{record.item_id}"
        else:
            event = f"{why}:{record.item_id}:{task.deadline}"
        found.append(Reminder(record, why, event, task.deadline, first))
    return found


def _returns(records: list[TranslationRecord]) -> dict[int | None, tuple[int, Any]]:
    """By the page's id, the task in which a reviewer asked for changes, and who had sent it."""
    states = WorkflowState.objects.filter(
        object_id__in=[str(record.page_id) for record in records], status=WorkflowState.STATUS_NEEDS_CHANGES
    ).select_related("requested_by")
    return {int(state.object_id): (state.current_task_state_id or 0, state.requested_by) for state in states}


def _desks(today: datetime.date) -> list[_Desk]:
    """Who is to hear what, without what she has heard."""
    people = _People()
    desks: dict[int, _Desk] = {}
    for reminder in pending(today):
        for user in people.asked(reminder):
            desks.setdefault(user.pk, _Desk(user)).reminders.append(reminder)
    heard = set(ReminderSent.objects.filter(user__in=desks).values_list("user_id", "event"))
    for desk in desks.values():
        desk.reminders = [one for one in desk.reminders if (desk.user.pk, one.event) not in heard]
    return [desk for desk in desks.values() if desk.reminders]


class _People:
    """Who is asked where; a query a scope and action, not a translation."""

    def __init__(self) -> None:
        self._found: dict[tuple[Action, Any], list[Any]] = {}

    def asked(self, reminder: Reminder) -> Iterable[Any]:
        record = reminder.record
        in_review = record.state == State.IN_REVIEW
        if in_review and reminder.why is Why.ORDERED:
            # Of what was sent to her a reviewer hears from moderation.
            return []
        first = reminder.first
        if not in_review and first is not None and decide(first, Action.EDIT, record):
            return [first] if first.email else []
        action = Action.MODERATE if in_review else Action.EDIT
        key = (action, record.access_scope)
        if key not in self._found:
            self._found[key] = [user for user in people_who_may(*key) if user.email]
        return self._found[key]


def _mails(desk: _Desk, now: datetime.datetime) -> list[list[Reminder]]:
    """What goes into one mail: all in one a day for who chose that, else what is of one kind."""
    if getattr(getattr(desk.user, "notification_choice", None), "digest", False):
        midnight = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
        had = ReminderSent.objects.filter(user=desk.user, sent_at__gte=midnight).exists()
        return [] if had else [desk.reminders]
    by_kind = {kind: [one for one in desk.reminders if one.why is kind] for kind in KINDS}
    return [reminders for reminders in by_kind.values() if reminders]


def _send(user: Any, reminders: list[Reminder], now: datetime.datetime) -> int:
    """Note and send one mail; nothing is noted of what could not be sent. 0 where another run has sent it."""
    try:
        with transaction.atomic():
            ReminderSent.objects.bulk_create(
                ReminderSent(user=user, event=reminder.event, sent_at=now) for reminder in reminders
            )
            send_mail_to(user, "translation_reminder", _context(reminders))
    except IntegrityError:
        return 0
    return 1


def _context(reminders: list[Reminder]) -> dict[str, Any]:
    counties = {county.slug: county.short_name for county in County.objects.all()}
    groups = []
    for kind in KINDS:
        items = [_line(one, counties) for one in reminders if one.why is kind]
        if items:
            groups.append({"kind": kind.value, "items": items[:_LINES], "more": max(0, len(items) - _LINES)})
    return {
        "groups": groups,
        "only": groups[0]["kind"] if len(groups) == 1 else "",
        "count": len(reminders),
        "queue_url": settings.WAGTAILADMIN_BASE_URL + reverse("translation_queue"),
    }


def _line(reminder: Reminder, counties: dict[str, str]) -> dict[str, Any]:
    record = reminder.record
    order = record.item.order if record.item is not None else None
    return {
        "title": record.source.page.title if record.source.page else "",
        "language": BY_CODE[record.language].autonym,
        "county": counties.get(record.source.county_slug, ""),
        "words": record.words_left,
        "deadline": reminder.deadline,
        "comment": order.comment if order is not None and reminder.why is Why.ORDERED else "",
        "url": settings.WAGTAILADMIN_BASE_URL + reverse("translation_room", args=[record.pk]),
    }
