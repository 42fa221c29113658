"""The coverage: its filter, its order, its sums, its file."""

from __future__ import annotations

import csv
import datetime
import io
from typing import Any

import pytest
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from cms.access.models.audit import AuditEntry
from cms.editorial.coverage.totals import Totals, add_orders, add_turnaround, totals
from cms.editorial.coverage.views import coverage_of
from cms.translation.models import ItemStatus, Order, OrderItem, TranslationRecord
from cms.translation.states import State
from pages.models import LocalPage
from tests.access.test_sync import person
from tests.factories import make_home, make_page, page_at, publish
from tests.html import Document
from tests.translation.test_records import translate, with_text

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def site(shared_database: None) -> None:
    """Home, two themes with a chapter each, a county with a page; three in Arabic, one of which is outdated."""
    make_home()
    make_home("ar")
    publish(page_at("lan/skane/"))
    for theme in ("att-bo", "arbete"):
        make_page(f"{theme}/", title=theme.capitalize(), search_description="Kort.")
        make_page(f"{theme}/kapitel/", title=f"=Kapitel {theme}", search_description="Kort.")
    make_page("lan/skane/sfi/", model=LocalPage, title="SFI i Skåne")
    translate(page_at("att-bo/"))
    chapter = page_at("att-bo/kapitel/")
    translate(chapter)
    publish(chapter, body=with_text(chapter, 0, "Något helt annat."))


def _record(path: str, language: str = "ar") -> TranslationRecord:
    return TranslationRecord.objects.get(source_id=page_at(path).translation_key, language=language)


def _order(path: str, days: int, translator: Any = None, language: str = "ar") -> OrderItem:
    record = _record(path, language)
    deadline = timezone.localdate() + datetime.timedelta(days=days)
    order = Order.objects.create(token=f"{path} {language}", deadline=deadline)
    item = OrderItem.objects.create(order=order, record=record, translator=translator, status=ItemStatus.OPEN)
    TranslationRecord.objects.filter(pk=record.pk).update(item=item)
    return item


def _paths(query: str, user: Any = None) -> list[str]:
    found = coverage_of(user or person("analyst"), QueryDict(query))
    return [row.path for row in found.rows]


def _of(found: list[Totals], code: str) -> Totals:
    return next(total for total in found if total.language.code == code)


def test_filters(site: None) -> None:
    user = person("analyst")
    everything = _paths("", user)
    assert everything == [
        "",
        "att-bo/",
        "att-bo/kapitel/",
        "arbete/",
        "arbete/kapitel/",
        "lan/skane/",
        "lan/skane/sfi/",
    ]
    assert _paths("where=skane", user) == everything[-2:]
    assert _paths("where=national", user) == everything[:-2]
    assert _paths("theme=arbete", user) == ["arbete/", "arbete/kapitel/"]
    assert _paths("tree=/att-bo/ka", user) == ["att-bo/kapitel/"]
    assert _paths("tree=lan/skane", user) == ["lan/skane/", "lan/skane/sfi/"]
    assert _paths("language=ar&state=outdated", user) == ["att-bo/kapitel/"]
    assert _paths("state=outdated", user) == ["att-bo/kapitel/"]
    assert _paths("language=ti&state=outdated", user) == []
    assert _paths("language=ar&state=unpublished", user) == everything[3:]
    assert _paths("state=unpublished", user) == everything


def test_a_value_that_there_is_not_is_said_and_filters_nothing(site: None) -> None:
    client = Client()
    client.force_login(person("analyst"))
    page = Document(client.get("/admin/overview/", {"where": "nonsense", "theme": "arbete", "page": "x"}))
    assert "nonsense" in page.one(".coverage-error").get_text()
    assert "SFI" not in page.text
    assert "Kapitel arbete" in page.text
    refused = client.get("/admin/overview/coverage.csv", {"state": "nonsense"})
    assert "nonsense" in Document(refused).one(".coverage-error").get_text()


def test_orders_by_what_presses(site: None) -> None:
    user = person("analyst")
    assert _paths("sort=outdated", user)[0] == "att-bo/kapitel/"
    assert _paths("sort=title", user)[0] == "arbete/kapitel/"
    TranslationRecord.objects.filter(pk=_record("arbete/", "ti").pk).update(words_left=1000)
    assert _paths("sort=words", user)[0] == "arbete/"
    _order("lan/skane/sfi/", 5)
    _order("arbete/kapitel/", 2, language="ti")
    assert _paths("sort=deadline", user)[:3] == ["arbete/kapitel/", "lan/skane/sfi/", ""]
    assert _paths("sort=deadline&language=ar", user)[0] == "lan/skane/sfi/"


def test_one_language_alone(site: None) -> None:
    found = coverage_of(person("analyst"), QueryDict("language=ar"))
    assert [language.code for language in found.languages] == ["sv", "ar"]
    assert [total.language.code for total in found.totals] == ["ar"]
    assert {len(row.cells) for row in found.rows} == {2}


def test_fifty_pages_at_a_time(site: None) -> None:
    for number in range(50):
        make_page(f"arbete/sida-{number}/")
    user = person("analyst")
    assert len(_paths("", user)) == 50
    assert len(_paths("page=2", user)) == 7


def test_totals(site: None) -> None:
    make_page("arbete/utkast/", live=False)
    found = totals()
    arabic, tigrinya = _of(found, "ar"), _of(found, "ti")
    assert len(found) == 10
    assert arabic.states == dict.fromkeys(State.values, 0) | {"current": 2, "outdated": 1, "missing": 4}
    assert (arabic.live, arabic.outdated, arabic.outdated_percent) == (3, 1, 33)
    assert (tigrinya.states["missing"], tigrinya.machine_share) == (7, None)
    assert tigrinya.words_left > arabic.words_left > 0
    some = _of(totals({page_at("att-bo/kapitel/").translation_key}), "ar")
    assert (some.states["outdated"], some.live, some.words_left) == (1, 1, 3)


def test_deadlines_and_translators(site: None) -> None:
    translator = person("translator", language="ar")
    _order("att-bo/kapitel/", -2, translator)
    _order("arbete/", 4)
    found = totals()
    loads = add_orders(found)
    arabic = _of(found, "ar")
    assert (arabic.overdue, arabic.days_left) == (1, -2)
    assert {(load.user_id, load.pages, load.words_left) for load in loads} == {
        (translator.pk, 1, 3),
        (None, 1, _record("arbete/").words_left),
    }
    narrowed = totals()
    assert len(add_orders(narrowed, {page_at("arbete/").translation_key})) == 1
    assert _of(narrowed, "ar").days_left == 4


def test_who_sees_what_lies_with_whom(site: None) -> None:
    translator = person("translator", language="ar")
    _order("att-bo/kapitel/", 1, translator)
    _order("arbete/", 1, language="ti")

    def loads(user: Any) -> set[tuple[Any, str]]:
        return {(load.user_id, load.language.code) for load in coverage_of(user, QueryDict("")).loads}

    everything = {(translator.pk, "ar"), (None, "ti")}
    assert loads(person("analyst")) == everything
    assert loads(person("national-publisher")) == everything
    assert loads(translator) == everything
    assert loads(person("reviewer", language="ar")) == everything
    assert loads(person("translator", language="ti")) == {(None, "ti")}
    assert loads(person("county-editor", "12")) == {(None, "ti")}


def test_turnaround_is_the_median_of_ninety_days(site: None) -> None:
    now = timezone.now()
    for path, days, ago in (("att-bo/", 2, 1), ("arbete/", 6, 10), ("", 100, 100)):
        done = now - datetime.timedelta(days=ago)
        item = _order(path, 1)
        OrderItem.objects.filter(pk=item.pk).update(
            status=ItemStatus.DONE, done_at=done, opened_at=done - datetime.timedelta(days=days)
        )
    found = totals()
    add_turnaround(found)
    assert (_of(found, "ar").turnaround, _of(found, "ti").turnaround) == (4.0, None)


def _lines(response: Any) -> list[list[str]]:
    content = b"".join(response.streaming_content).decode("utf-8")
    assert content.startswith("\ufeff")
    return list(csv.reader(io.StringIO(content.removeprefix("\ufeff"))))


def test_the_file_has_the_whole_filter(site: None) -> None:
    client = Client()
    client.force_login(person("analyst"))
    response = client.get("/admin/overview/coverage.csv", {"theme": "att-bo", "language": "ar"})
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    with translation.override("sv"):
        states = (State.CURRENT.label, State.OUTDATED.label)
    assert _lines(response)[1:] == [
        ["/att-bo/", "Att-bo", "", "ar", states[0], "0", "0", ""],
        ["/att-bo/kapitel/", "'=Kapitel att-bo", "", "ar", states[1], "1", "3", ""],
    ]
    entry = AuditEntry.objects.get(event="exported")
    assert (entry.about, entry.detail["pages"]) == ("coverage.csv", 2)


def test_the_file_keeps_to_what_its_reader_knows(site: None) -> None:
    make_page("lan/skane/utkast/", model=LocalPage, title="Skånes utkast", live=False)
    for role, county, expected in (("county-editor", "12", True), ("county-editor", "09", False)):
        client = Client()
        client.force_login(person(role, county))
        titles = {line[1] for line in _lines(client.get("/admin/overview/coverage.csv", {"where": "skane"}))}
        assert ("Skånes utkast" in titles) is expected
        assert "SFI i Skåne" in titles


@pytest.mark.parametrize("query", ["", "sort=outdated", "language=ar&state=outdated", "where=skane&sort=deadline"])
def test_ten_queries_at_most(site: None, query: str) -> None:
    user = person("national-publisher")
    with CaptureQueriesContext(connection) as captured:
        coverage_of(user, QueryDict(query))
    assert len(captured) == (10 if "sort" in query else 9)


def test_the_pages_shown_can_be_ordered(site: None) -> None:
    found = coverage_of(person("national-editor"), QueryDict("theme=arbete&language=ti"))
    ids = [page_at(path).pk for path in ("arbete/", "arbete/kapitel/")]
    assert found.order_url.endswith(f"?page={ids[0]}&page={ids[1]}&language=ti")
    assert coverage_of(person("analyst"), QueryDict("")).order_url == ""


def test_a_page_s_row_sums_its_languages(site: None) -> None:
    _order("att-bo/kapitel/", 3)
    found = coverage_of(person("analyst"), QueryDict("language=ar&theme=att-bo"))
    row = next(row for row in found.rows if row.path == "att-bo/kapitel/")
    assert (row.outdated, row.words_left) == (1, 3)
    assert row.deadline == timezone.localdate() + datetime.timedelta(days=3)
