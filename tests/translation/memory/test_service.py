"""What the memory suggests, for one text, for a page, for an order, and where else a text is wanted."""

from __future__ import annotations

import datetime
import uuid
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cms.translation.localize import units_of
from cms.translation.memory.models import MemoryOrigin
from cms.translation.memory.service import best, best_in, identical, suggest, suggest_many
from cms.translation.memory.store import Approved, put
from cms.translation.work import NewText, save_texts
from pages.models import BasePage
from tests.access.test_sync import person
from tests.factories import make_page, paragraphs
from tests.translation.test_records import record

pytestmark = pytest.mark.django_db

PAGE, OTHER = uuid.UUID(int=1), uuid.UUID(int=2)
SCHOOL = "Barn börjar i skolan det år de fyller sex."


def _keep(*wanted: Approved, language: str = "ar", days: int = 0, reviewer: Any = None) -> None:
    at = timezone.now() - datetime.timedelta(days=days)
    put(language, wanted, MemoryOrigin.PAGE, reviewer, at)


def test_the_same_place_is_preferred_then_the_newest() -> None:
    _keep(Approved("Läs mer", "هنا", PAGE, "body.a"), days=3)
    _keep(Approved("Läs mer", "قديم", OTHER, "body.b"), days=2)
    _keep(Approved("Läs mer", "جديد", OTHER, "body.c"), days=1)
    found = suggest("ar", "Läs mer", path="body.a", translation_key=PAGE)
    assert [(match.text, match.likeness, match.same_place) for match in found] == [
        ("هنا", 101, True),
        ("جديد", 100, False),
        ("قديم", 100, False),
    ]
    assert [match.text for match in suggest("ar", "Läs mer", limit=1)] == ["جديد"]


def test_what_is_more_like_comes_first_and_what_is_not_does_not_come() -> None:
    _keep(
        Approved("Barn börjar i skolan det år de fyller sju.", "سبعة", PAGE, "a"),
        Approved("Alla barn börjar i skolan det år då de fyller åtta år.", "ثمانية", PAGE, "b"),
        Approved("Skolan ligger vid torget i byn.", "ساحة", PAGE, "c"),
        Approved("Ring polisen.", "شرطة", PAGE, "d"),
    )
    found = suggest("ar", SCHOOL)
    assert [match.text for match in found] == ["سبعة", "ثمانية"]
    assert 99 >= found[0].likeness > 90 > found[1].likeness >= 60
    assert not found[0].same_place


def test_another_inflection_and_a_single_word_are_found() -> None:
    _keep(Approved("Bostäderna", "المساكن", PAGE, "a"), Approved("Kommunens ansvar", "مسؤولية", PAGE, "b"))
    assert [match.text for match in suggest("ar", "Kommunernas ansvar")] == ["مسؤولية"]


def test_tags_match_across_pages_and_other_tags_cost() -> None:
    _keep(Approved("Ring ⟦1⟧112⟦/1⟧ genast.", "اتصل ⟦1⟧112⟦/1⟧", PAGE, "a"))
    (match,) = suggest("ar", 'Ring <a id="a7">112</a> genast.')
    assert (match.text, match.likeness, match.source) == ("اتصل ⟦1⟧112⟦/1⟧", 100, "Ring ⟦1⟧112⟦/1⟧ genast.")
    (match,) = suggest("ar", "Ring 112 genast.")
    assert match.likeness == 97


def test_one_language_s_memory_is_not_another_s() -> None:
    _keep(Approved(SCHOOL, "ሰላም", PAGE, "a"), language="ti")
    assert suggest("ar", SCHOOL) == []
    assert suggest("ar", SCHOOL.replace("sex", "sju")) == []
    assert [match.text for match in suggest("ti", SCHOOL.replace("sex", "sju"))] == ["ሰላም"]


def test_a_suggestion_names_who_approved_it() -> None:
    reviewer = person("reviewer", language="ar")
    reviewer.first_name, reviewer.last_name = "Amal", "Haddad"
    reviewer.save()
    _keep(Approved("Hej", "مرحبا", PAGE, "a"), reviewer=reviewer)
    (match,) = suggest("ar", "Hej")
    assert (match.reviewer, match.origin) == ("Amal Haddad", "page")


@pytest.mark.parametrize("text", ["", "!", "⟦", "AND OR NOT", '"', "a*b", "NEAR(a b)", "100 % _", "\x00", "x" * 5000])
def test_any_text_can_be_asked_for(text: str) -> None:
    _keep(Approved("Något helt annat", "شيء", PAGE, "a"))
    assert suggest("ar", text) == []


@pytest.mark.parametrize("count", [3, 60])
def test_a_suggestion_takes_four_queries(count: int) -> None:
    _keep(*(Approved(f"Barn börjar i skolan det år de fyller {n}.", f"ar {n}", PAGE, str(n)) for n in range(count)))
    with CaptureQueriesContext(connection) as captured:
        assert suggest("ar", SCHOOL)
    assert len([one for one in captured if one["sql"].startswith(("SELECT", "\n"))]) in (3, 4)


@pytest.mark.parametrize("count", [3, 60])
def test_a_page_s_exact_texts_take_one_query(source: BasePage, count: int) -> None:
    page = make_page("lang/", title="Lång", body=paragraphs(*(f"Stycke {n} av sidan." for n in range(count))))
    units = units_of(page.translation_key, "ar")
    body = [unit for unit in units if unit.path.startswith("body")]
    _keep(*(Approved(unit.source, f"ar {unit.order}", page.translation_key, unit.path) for unit in body))
    _keep(Approved(body[0].source, "annars", OTHER, "x"))
    with CaptureQueriesContext(connection) as captured:
        found = suggest_many("ar", units, page.translation_key)
    assert len(captured) == 1
    assert found.keys() == {unit.id for unit in body}
    assert [(match.likeness, match.text) for match in found[body[0].id]] == [
        (101, f"ar {body[0].order}"),
        (100, "annars"),
    ]


def test_the_price_of_an_order_is_the_best_of_each_text() -> None:
    _keep(Approved(SCHOOL, "ar", PAGE, "a"))
    _keep(Approved(SCHOOL.replace("sex", "sju"), "ti", PAGE, "a"), language="ti")
    wanted = [SCHOOL, SCHOOL.replace("sex", "fem"), "Något som ingen har skrivit.", SCHOOL]
    exact, fuzzy, new, again = best("ar", wanted)
    assert (exact, new, again) == (100, 0, 100)
    assert 90 < fuzzy < 100
    both = best_in(["ar", "ti", "so"], wanted)
    assert both["ar"] == [exact, fuzzy, new, again]
    assert 90 < both["ti"][0] < 100
    assert both["so"] == [0, 0, 0, 0]


def test_the_same_text_elsewhere_is_found_where_she_may_write(source: BasePage) -> None:
    text = "Du kan få hjälp."
    other = make_page("hjalp/", title="Hjälp", body=paragraphs("Annat.", text))
    local = make_page("lan/skane/info/", title="Info", body=paragraphs(text))
    done = make_page("klar/", title="Klar", body=paragraphs(text))
    translator = person("translator", language="ar")
    unit = next(unit for unit in units_of(source.translation_key, "ar") if unit.source == text)
    elsewhere = {
        page.pk: next(one for one in units_of(page.translation_key, "ar") if one.source == text)
        for page in (other, local, done)
    }
    save_texts(record(done), [NewText(elsewhere[done.pk].id, "مساعدة")], translator)
    assert identical(record(source), unit, translator) == [(record(other).pk, elsewhere[other.pk].id)]
    county = person("translator", "12", "ar")
    assert identical(record(source), unit, county) == [(record(local).pk, elsewhere[local.pk].id)]
    assert identical(record(source, "ti"), unit, translator) == []
