"""The report of searches that found little: what is never kept, what is shown to whom, and its file."""

from __future__ import annotations

import csv
import datetime
import io

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localdate

from cms.access.audit.events import Event
from cms.access.models.audit import AuditEntry
from search.models import SearchTally
from search.tally import count, forget_old, week_of
from tests.search.editors.conftest import ADDRESS, opened, publisher, signed_in

pytestmark = pytest.mark.django_db
MONDAY = week_of(localdate())


def _kept() -> list[tuple[str, int, int]]:
    return list(SearchTally.objects.order_by("query").values_list("query", "times", "found"))


def _often(text: str, language: str = "sv", found: int = 0, times: int = 5) -> None:
    for _time in range(times):
        count(text, language, found)


def _tally(query: str, language: str = "sv", times: int = 3, found: int = 0, weeks_ago: int = 0) -> None:
    week = MONDAY - datetime.timedelta(weeks=weeks_ago)
    SearchTally.objects.create(week=week, language=language, query=query, times=times, found=found)


def test_nothing_is_kept_before_the_third_time(db: None) -> None:
    count("Hyra  Rum", "sv", 2)
    count("hyra rum", "sv", 0)
    assert _kept() == []
    count("HYRA RUM", "sv", 1)
    assert _kept() == [("hyra rum", 3, 1)]
    count("hyra rum", "sv", 2)
    assert _kept() == [("hyra rum", 4, 1)]
    count("hyra rum", "sv", 0)
    assert _kept() == [("hyra rum", 5, 0)]
    _often("hyra rum", "so", times=2)
    _often("mycket", found=3)
    assert len(_kept()) == 1


@pytest.mark.parametrize(
    "text",
    [
        "19800101-1234",
        "800101 1234",
        "٨٠٠١٠١١٢٣٤",
        "070-123 45 67",
        "+46 70 123 45 67",
        "0 7 0 1 2 3",
        "anna@example.org",
        "112 23 malmö",
        "storgatan 12",
        "Anna Björkvägen 3b",
        "torget 5",
        "x" * 101,
        " ",
    ],
)
def test_what_may_say_who_it_was_is_never_kept(db: None, text: str) -> None:
    _often(text)
    assert _kept() == []


@pytest.mark.parametrize("text", ["1177", "112", "steg 2", "sgi 2026", "covid-19"])
def test_short_numbers_are(db: None, text: str) -> None:
    _often(text)
    assert _kept() == [(text, 5, 0)]


def test_it_is_shown_by_language_and_week(site: None) -> None:
    _tally("bilprovning", times=7, found=1)
    _tally("gammalt", weeks_ago=2)
    _tally("شقق <b>", "ar", times=4)
    page = opened(publisher(), "found-little/")
    assert [row.get_text(" ", strip=True) for row in page.soup.select("table .title")] == [
        "bilprovning",
        "شقق <b>",
        "gammalt",
    ]
    assert page.soup.select("table .title span")[1]["dir"] == "rtl"
    first = [cell.get_text(" ", strip=True) for cell in page.soup.select("table tbody tr")[0].select("td")]
    assert (first[0], first[2], first[3]) == ("Swedish", "7", "1")
    links = [link["href"] for link in page.soup.select("table tbody tr")[1].select("a")]
    word = "word=%D8%B4%D9%82%D9%82+%3Cb%3E"
    assert links == [
        f"/ar/search/?{word.replace('word', 'q')}",
        f"/admin/readers-search/synonyms/add/?language=ar&{word}",
        f"/admin/readers-search/recommended/add/?language=ar&{word}",
    ]
    assert "3 searches" in page.text
    week = (MONDAY - datetime.timedelta(weeks=2)).isoformat()
    assert "1 search" in opened(publisher(), "found-little/", week=week).text
    assert "1 search" in opened(publisher(), "found-little/", language="ar").text
    assert "0 searches" in opened(publisher(), "found-little/", language="xx").text


def test_each_reads_her_languages(site: None) -> None:
    _tally("bilprovning")
    _tally("شقق", "ar")
    reviewer = opened(signed_in("reviewer", language="ar"), "found-little/")
    assert "شقق" in reviewer.text
    assert "bilprovning" not in reviewer.text
    assert "bilprovning" not in opened(signed_in("reviewer", language="ar"), "found-little/", language="sv").text
    analyst = opened(signed_in("analyst"), "found-little/")
    assert "bilprovning" in analyst.text
    # Who may not add synonyms is led nowhere.
    assert [link.get_text(" ", strip=True) for link in analyst.soup.select("table a")] == [
        "Try it شقق",
        "Try it bilprovning",
    ]


def _rows(client: Client, **parameters: str) -> list[list[str]]:
    response = client.get(f"{ADDRESS}found-little/searches.csv", parameters)
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    text = b"".join(response.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    return list(csv.reader(io.StringIO(text)))


def test_the_file_holds_no_formula_and_is_recorded(site: None) -> None:
    _tally('=hyperlink("http://x")', times=9)
    _tally("+hyra", times=8)
    _tally("شقق", "ar", times=4, found=2)
    rows = _rows(publisher())
    assert rows[0] == ["Week from", "Language", "Searched for", "Times", "Fewest pages found"]
    assert rows[1:] == [
        [MONDAY.isoformat(), "sv", '\'=hyperlink("http://x")', "9", "0"],
        [MONDAY.isoformat(), "sv", "'+hyra", "8", "0"],
        [MONDAY.isoformat(), "ar", "شقق", "4", "2"],
    ]
    assert [row[1] for row in _rows(signed_in("reviewer", language="ar"))[1:]] == ["ar"]
    entries = AuditEntry.objects.filter(event=Event.EXPORTED, about="searches.csv").order_by("pk")
    assert [(entry.language, entry.detail["searches"]) for entry in entries] == [("", 3), ("ar", 1)]
    wrong = publisher().get(f"{ADDRESS}found-little/searches.csv", {"language": "xx"})
    assert wrong["Content-Type"].startswith("text/html")


def test_after_a_year_it_is_gone(db: None) -> None:
    for weeks in (0, 52, 53, 200):
        _tally("ord", weeks_ago=weeks)
    assert forget_old() == 2
    assert SearchTally.objects.count() == 2
    _tally("ord", weeks_ago=53)
    call_command("search_verify", check=True, language="so", stdout=io.StringIO())
    assert SearchTally.objects.count() == 3
    call_command("search_verify", language="so", stdout=io.StringIO())
    assert SearchTally.objects.count() == 2


def test_it_costs_the_same_whatever_it_has(site: None) -> None:
    client = publisher()
    counts = []
    for number in (1, 60):
        for step in range(number):
            _tally(f"ord {number} {step}", weeks_ago=step % 40)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(f"{ADDRESS}found-little/").status_code == 200
        counts.append(len(queries))
    assert counts == [14, 14]
