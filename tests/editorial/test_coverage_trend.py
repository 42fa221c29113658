"""The counts of every day, their plot, and the command that keeps them."""

from __future__ import annotations

import datetime
import json
from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from cms.editorial.coverage.trend import days_until, monthly, plot
from cms.editorial.models import DailyCount
from cms.languages.registry import CODES, SOURCE
from cms.translation.states import State
from tests.access.test_sync import person
from tests.factories import make_home, make_page
from tests.html import Document
from tests.translation.test_records import translate

pytestmark = pytest.mark.django_db

TODAY = datetime.date(2026, 6, 15)


def _status(*options: str) -> str:
    out = StringIO()
    call_command("translation_status", *options, stdout=out)
    return out.getvalue()


def _keep(days: int, *, step: int = 1, missing: int = 10) -> None:
    DailyCount.objects.bulk_create(
        DailyCount(
            date=TODAY - datetime.timedelta(days=ago), language=code, state=state, records=records, words_left=ago
        )
        for ago in range(0, days, step)
        for code in ("ar", "ti")
        for state, records in ((State.CURRENT, days - ago), (State.MISSING, missing))
    )


def test_a_day_is_kept_once() -> None:
    make_home()
    source = make_page("om/", search_description="Kort.")
    _status("--record")
    rows = DailyCount.objects.count()
    assert rows == (len(CODES) - 1) * len(State)
    make_home("ar")
    translate(source)
    _status("--record")
    assert DailyCount.objects.count() == rows
    kept = DailyCount.objects.get(language="ar", state=State.CURRENT)
    assert (kept.date, kept.records) == (timezone.localdate(), 2)


def test_status_as_json() -> None:
    make_home()
    make_home("ar")
    translate(make_page("om/", search_description="Kort."))
    status = json.loads(_status("--json"))
    assert status["sources"] == 2
    assert set(status["languages"]) == set(CODES) - {SOURCE}
    arabic = status["languages"]["ar"]
    assert arabic["states"] == dict.fromkeys(State.values, 0) | {"current": 2}
    # The home page's title, which was not translated here.
    assert (arabic["words_left"], arabic["overdue"]) == (1, 0)
    assert (arabic["machine_share"], arabic["outdated_share"]) == (0.0, 0.0)
    assert status["languages"]["ti"]["machine_share"] is None


def test_status_for_people() -> None:
    make_home()
    lines = _status().splitlines()
    assert lines[0].split()[:2] == ["language", "missing"]
    assert len({len(line) for line in lines}) == 1
    assert len(lines) == len(CODES)


def test_the_last_year_alone_and_one_language() -> None:
    _keep(400, step=10)
    days = days_until(TODAY)
    assert (days[-1].date, days[0].date) == (TODAY, TODAY - datetime.timedelta(days=360))
    assert days[-1].states == {"current": 800, "missing": 20}
    assert days_until(TODAY, "ar")[-1].records == 410
    assert [day.date.isoformat()[:7] for day in monthly(days)][:2] == ["2026-06", "2026-05"]


def test_the_plot_stacks_the_states() -> None:
    _keep(100)
    drawn = plot(days_until(TODAY))
    assert drawn is not None
    assert [band.state for band in drawn.bands] == [State.CURRENT, State.MISSING]
    assert [band.last for band in drawn.bands] == [200, 20]
    assert drawn.levels[-1][1] == 220
    assert drawn.bands[0].label_y - drawn.bands[1].label_y >= 18
    assert plot(days_until(TODAY)[:1]) is None


def test_the_page_has_the_plot_and_its_table() -> None:
    make_home()
    client = Client()
    client.force_login(person("analyst"))
    assert not Document(client.get("/admin/overview/")).soup.select("svg.coverage-plot")
    today = timezone.localdate()
    for ago in (0, 6, 12):
        date = today - datetime.timedelta(days=ago)
        DailyCount.objects.create(date=date, language="ar", state=State.CURRENT, records=7, words_left=3)
    page = Document(client.get("/admin/overview/"))
    svg = page.one("svg.coverage-plot")
    named = [page.one(f"#{name}").get_text(strip=True) for name in svg["aria-labelledby"].split()]
    assert all(named)
    assert today.isoformat() in named[1]
    assert page.one("svg polygon")["class"] == ["coverage-band", "coverage-band--current"]
    assert "7" in page.one("details.coverage-details tbody tr").get_text()
