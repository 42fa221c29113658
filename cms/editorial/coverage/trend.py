"""How the translations stood over the last year, day by day: kept, read, and drawn."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Sum

from cms.editorial.coverage.totals import Totals
from cms.editorial.models import DailyCount
from cms.translation.states import State

DAYS = 365
#: The plot's own units; the page scales it.
WIDTH, HEIGHT = 760, 260
_LEFT, _RIGHT, _TOP, _BOTTOM = 52, 150, 12, 30
_POINTS = 70
#: Two labels stand at least so far apart.
_LINE = 18
#: From the ground up: what is well, then what is on its way, then what is not there.
ORDER = (State.CURRENT, State.MACHINE, State.IN_REVIEW, State.OUTDATED, State.IN_PROGRESS, State.MISSING)


@transaction.atomic
def record_day(date: datetime.date, found: list[Totals]) -> int:
    """Keep the counts of ``date``; written again they replace what was kept. Returns how many rows."""
    rows = [
        DailyCount(
            date=date,
            language=total.language.code,
            state=state,
            records=records,
            words_left=total.words_by_state[state],
        )
        for total in found
        for state, records in total.states.items()
    ]
    DailyCount.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["date", "language", "state"],
        update_fields=["records", "words_left"],
    )
    return len(rows)


@dataclass(frozen=True, slots=True)
class Day:
    """How the translations stood on a day."""

    date: datetime.date
    states: dict[str, int]
    words_left: int

    @property
    def records(self) -> int:
        return sum(self.states.values())

    @property
    def counts(self) -> list[int]:
        """By state, in the order of the plot."""
        return [self.states.get(state, 0) for state in ORDER]


def days_until(today: datetime.date, language: str = "") -> list[Day]:
    """The days of the last year that were kept, of one language or all together; one query."""
    rows = DailyCount.objects.filter(date__gt=today - datetime.timedelta(days=DAYS), date__lte=today)
    if language:
        rows = rows.filter(language=language)
    states: dict[datetime.date, dict[str, int]] = {}
    words: dict[datetime.date, int] = {}
    for date, state, records, left in (
        rows.order_by("date").values_list("date", "state").annotate(records=Sum("records"), left=Sum("words_left"))
    ):
        states.setdefault(date, {})[state] = records
        words[date] = words.get(date, 0) + left
    return [Day(date, by_state, words[date]) for date, by_state in states.items()]


def monthly(days: list[Day]) -> list[Day]:
    """The last day of each month: what the table says in place of the plot, the newest first."""
    by_month = {(day.date.year, day.date.month): day for day in days}
    return list(by_month.values())[::-1]


@dataclass(frozen=True, slots=True)
class Band:
    """A state's area in the plot, as SVG's ``points``, and where its label stands."""

    state: str
    points: str
    label_y: float
    last: int


@dataclass(frozen=True, slots=True)
class Plot:
    """What the template draws."""

    bands: list[Band]
    #: Position and text of the lines of the grid, and of the months.
    levels: list[tuple[float, int]]
    months: list[tuple[float, datetime.date]]
    first: Day
    last: Day
    width: int = WIDTH
    height: int = HEIGHT
    left: int = _LEFT
    right: int = WIDTH - _RIGHT
    bottom: int = HEIGHT - _BOTTOM


def plot(days: list[Day]) -> Plot | None:
    """The areas of the states one upon the other; ``None`` with less than two."""
    if len(days) < 2:
        return None
    # So many points, counted from the last day, are as fine as the eye.
    days = days[:: -max(1, len(days) // _POINTS)][::-1]
    first, last = days[0].date, days[-1].date
    top = max(day.records for day in days) or 1
    wide, high = WIDTH - _LEFT - _RIGHT, HEIGHT - _TOP - _BOTTOM

    def x(date: datetime.date) -> float:
        return round(_LEFT + wide * (date - first).days / (last - first).days, 1)

    def y(count: int) -> float:
        return round(HEIGHT - _BOTTOM - high * count / top, 1)

    ground = [0] * len(days)
    bands = []
    for number, state in enumerate(ORDER):
        roof = [below + day.counts[number] for below, day in zip(ground, days, strict=True)]
        if roof != ground:
            there = [f"{x(day.date)},{y(count)}" for day, count in zip(days, roof, strict=True)]
            back = [f"{x(day.date)},{y(count)}" for day, count in zip(days, ground, strict=True)]
            middle = (y(roof[-1]) + y(ground[-1])) / 2
            bands.append(Band(state, " ".join(there + back[::-1]), middle, days[-1].counts[number]))
        ground = roof
    levels = [(y(count), count) for count in sorted({0, top // 2, top})]
    months = [(x(day), day) for day in _firsts(first, last)]
    return Plot(_apart(bands), levels, months, days[0], days[-1])


def _firsts(first: datetime.date, last: datetime.date) -> list[datetime.date]:
    """The first day of every other month between the two."""
    found = [datetime.date(year, month, 1) for year in range(first.year, last.year + 1) for month in range(1, 13, 2)]
    return [day for day in found if first <= day <= last]


def _apart(bands: list[Band]) -> list[Band]:
    """The labels of the bands moved up where two would stand on each other, and down again at the top."""
    ys: list[float] = []
    for band in bands:
        ys.append(min(band.label_y, ys[-1] - _LINE) if ys else band.label_y)
    for number in reversed(range(len(ys))):
        floor = _TOP if number == len(ys) - 1 else ys[number + 1] + _LINE
        ys[number] = max(ys[number], floor)
    return [Band(band.state, band.points, round(value, 1), band.last) for band, value in zip(bands, ys, strict=True)]


def status_of(found: list[Totals]) -> dict[str, Any]:
    """The totals as JSON has them, by language code."""
    return {
        total.language.code: {
            "states": total.states,
            "words_left": total.words_left,
            "overdue": total.overdue,
            "machine_share": total.machine_share,
            "outdated_share": total.outdated_share,
        }
        for total in found
    }
