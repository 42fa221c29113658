"""Sums by language and by translator, of all translations or of those of some pages."""

from __future__ import annotations

import datetime
import statistics
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum
from django.utils import timezone

from cms.access.actions import Action
from cms.access.policy import may_somewhere, scopes_for
from cms.languages.registry import LANGUAGES, SOURCE, Language
from cms.translation.models import ItemStatus, OrderItem, SourceRecord, TranslationRecord
from cms.translation.states import State

#: Over so many days the turnaround is taken.
TURNAROUND_DAYS = 90
_DAY = datetime.timedelta(days=1)


@dataclass(slots=True)
class Totals:
    """How a language stands. Shares are of what is published, 0 to 1; ``None`` where nothing is.

    ``deadline``: the nearest of what is ordered and not done. ``turnaround``: the median of days
    from an order's opening to its end, of those that ended in the last 90 days; ``None``: none did.
    """

    language: Language
    states: dict[str, int] = field(default_factory=lambda: dict.fromkeys(State.values, 0))
    words_left: int = 0
    words_by_state: dict[str, int] = field(default_factory=lambda: dict.fromkeys(State.values, 0))
    live: int = 0
    machine: int = 0
    outdated: int = 0
    overdue: int = 0
    deadline: datetime.date | None = None
    turnaround: float | None = None

    @property
    def machine_share(self) -> float | None:
        return self.machine / self.live if self.live else None

    @property
    def outdated_share(self) -> float | None:
        return self.outdated / self.live if self.live else None

    @property
    def machine_percent(self) -> int | None:
        return _percent(self.machine_share)

    @property
    def outdated_percent(self) -> int | None:
        return _percent(self.outdated_share)

    @property
    def counts(self) -> list[tuple[str, int]]:
        """How many translations are in each state, in the states' order."""
        return list(self.states.items())

    @property
    def days_left(self) -> int | None:
        """Days to the nearest deadline; negative when it has passed."""
        return (self.deadline - timezone.localdate()).days if self.deadline else None


def _percent(share: float | None) -> int | None:
    return None if share is None else round(100 * share)


def totals(keys: set[uuid.UUID] | None = None, languages: Iterable[Language] = LANGUAGES) -> list[Totals]:
    """The totals of each of ``languages`` that is translated into, of the published sources; one query.

    ``keys``: of these sources alone. Without deadlines and turnaround, which the others add.
    """
    by_code = {language.code: Totals(language) for language in languages if language.code != SOURCE}
    published = Q(live=True)
    rows = (
        _of(TranslationRecord.objects.filter(language__in=by_code), keys)
        .order_by()
        .values_list("language", "state")
        .annotate(
            records=Count("pk"),
            words=Sum("words_left"),
            published=Count("pk", filter=published),
            machines=Count("pk", filter=published & Q(machine=True)),
            behind=Count("pk", filter=published & (Q(outdated__gt=0) | Q(state=State.OUTDATED))),
        )
    )
    for language, state, records, words, live, machines, behind in rows:
        total = by_code[language]
        total.states[state], total.words_by_state[state] = records, words
        total.words_left += words
        total.live += live
        total.machine += machines
        total.outdated += behind
    return list(by_code.values())


def _of(records: QuerySet[TranslationRecord], keys: set[uuid.UUID] | None) -> QuerySet[TranslationRecord]:
    if keys is not None:
        return records.filter(source__in=keys)
    # Not a join: nearly all are published, and a look at each one's source is most of the work.
    return records.exclude(source__in=SourceRecord.objects.filter(live=False))


def add_turnaround(found: list[Totals], keys: set[uuid.UUID] | None = None) -> None:
    """Set the turnaround of each language; one query."""
    since = timezone.now() - TURNAROUND_DAYS * _DAY
    items = OrderItem.objects.filter(status=ItemStatus.DONE, done_at__gte=since)
    days: dict[str, list[float]] = {}
    for key, language, opened, ordered, done in items.values_list(
        "record__source_id", "record__language", "opened_at", "order__created_at", "done_at"
    ):
        if done is not None and (keys is None or key in keys):
            days.setdefault(language, []).append((done - (opened or ordered)) / _DAY)
    for total in found:
        if total.language.code in days:
            total.turnaround = statistics.median(days[total.language.code])


@dataclass(slots=True)
class Load:
    """What is ordered and lies with a translator, or where ``user_id`` is none in the queue of a language."""

    user_id: int | None
    name: str
    language: Language
    pages: int = 0
    words_left: int = 0
    deadline: datetime.date | None = None


#: A row of what is ordered.
_ORDERED = (
    "source_id",
    "language",
    "words_left",
    "item__order__deadline",
    "item__translator_id",
    "item__translator__first_name",
    "item__translator__last_name",
    "item__translator__username",
)


def add_orders(found: list[Totals], keys: set[uuid.UUID] | None = None) -> list[Load]:
    """Set the deadlines of each language, and return what is ordered by language and translator; one query."""
    by_code = {total.language.code: total for total in found}
    today = timezone.localdate()
    loads: dict[tuple[str, int | None], Load] = {}
    records = TranslationRecord.objects.filter(item__isnull=False, language__in=by_code)
    for key, code, words, deadline, user_id, *names in records.values_list(*_ORDERED):
        if keys is not None and key not in keys:
            continue
        total = by_code[code]
        first, last, username = (name or "" for name in names)
        load = loads.setdefault((code, user_id), Load(user_id, f"{first} {last}".strip() or username, total.language))
        load.pages += 1
        load.words_left += words
        load.deadline = min(filter(None, (load.deadline, deadline)), default=None)
        total.deadline = min(filter(None, (total.deadline, deadline)), default=None)
        total.overdue += bool(deadline and deadline < today)
    order = list(by_code)
    return sorted(loads.values(), key=lambda load: (order.index(load.language.code), -load.words_left, load.name))


def visible(user: Any, loads: list[Load]) -> list[Load]:
    """Those of ``loads`` that ``user`` may know of.

    Who orders translations or reads reports knows of everybody's, a reviewer of her languages', a
    translator of her own and of the queues.
    """
    if may_somewhere(user, Action.ORDER) or may_somewhere(user, Action.REPORTS):
        return loads
    reviewed = {scope.language for scope in scopes_for(user, Action.MODERATE)}
    return [load for load in loads if load.user_id in (None, user.pk) or load.language.code in reviewed]
