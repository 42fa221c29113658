"""Joining a translation to its source: what wagtail-localize knows afterwards."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from wagtail_localize.models import (  # noqa: TID251  (the tests look at what it knows)
    SegmentOverride,
    StringSegment,
    StringTranslation,
    Translation,
    TranslationContext,
    TranslationSource,
)

from cms.translation.localize import Join, join
from cms.translation.states import TranslationState
from pages.models import BasePage
from tests.factories import make_home, make_page, page_at, publish

pytestmark = pytest.mark.django_db

Raw = dict[str, Any]


def _block(kind: str, value: Any, number: int) -> Raw:
    return {"type": kind, "value": value, "id": f"{number:08d}-0000-0000-0000-000000000000"}


def _items(*values: Any) -> list[Raw]:
    return [
        {"type": "item", "value": value, "id": f"aaaaaaaa-0000-0000-0000-{number:012d}"}
        for number, value in enumerate(values)
    ]


SWEDISH: list[Raw] = [
    _block("text", '<p>Ett <b>fet</b> ord.</p><p><a href="https://sv.example.org/">Läs</a> mer.</p>', 1),
    _block("heading", {"text": "Rubrik", "level": "2"}, 2),
    _block(
        "steps", {"title": "", "steps": _items({"title": "Boka", "text": "<p>Nu.</p>"}, {"title": "Gå", "text": ""})}, 3
    ),
    _block(
        "contact",
        {
            "name": "Enheten",
            "about": "",
            "phone": "010-1",
            "email": "sv@example.org",
            "url": "https://example.org/",
            "address": "",
            "hours": "",
        },
        4,
    ),
    _block(
        "table",
        {
            "data": [["Vad", "Var"], ["Pass", ""]],
            "first_row_is_table_header": True,
            "first_col_is_header": False,
            "table_header_choice": "row",
            "table_caption": "Vem",
        },
        5,
    ),
]

ENGLISH: list[Raw] = [
    _block("text", '<p>One <b>bold</b> word.</p><p><a href="https://en.example.org/">Read</a> more.</p>', 1),
    _block("heading", {"text": "Heading", "level": "2"}, 2),
    _block(
        "steps",
        {"title": "", "steps": _items({"title": "Book", "text": "<p>Now.</p>"}, {"title": "Go", "text": ""})},
        3,
    ),
    _block(
        "contact",
        {
            "name": "The unit",
            "about": "",
            "phone": "010-1",
            "email": "en@example.org",
            "url": "https://example.org/",
            "address": "",
            "hours": "",
        },
        4,
    ),
    _block(
        "table",
        {
            "data": [["What", "Where"], ["Passport", ""]],
            "first_row_is_table_header": True,
            "first_col_is_header": False,
            "table_header_choice": "row",
            "table_caption": "Who",
        },
        5,
    ),
]


@pytest.fixture(autouse=True)
def _homes() -> Any:
    make_home()
    make_home("en")
    with translation.override("en"):
        yield


def _pages(swedish: list[Raw] = SWEDISH, english: list[Raw] = ENGLISH, **fields: Any) -> tuple[BasePage, BasePage]:
    make_page("a/", title="Sida", body=copy.deepcopy(swedish))
    fields = {"title": "Page", "translation_state": TranslationState.MACHINE} | fields
    make_page("a/", "en", body=copy.deepcopy(english), **fields)
    return page_at("a/"), page_at("a/", "en")


def _with(body: list[Raw], number: int, value: Any) -> list[Raw]:
    changed = copy.deepcopy(body)
    changed[number]["value"] = value
    return changed


def _translation() -> Translation:
    return Translation.objects.get()


def _frozen() -> TranslationSource:
    """The page as wagtail-localize keeps it."""
    return TranslationSource.objects.get(object_id=page_at("a/").translation_key)


def _untranslated() -> list[str]:
    """The source's texts that lack an English translation."""
    segments = StringSegment.objects.filter(source=_frozen()).annotate_translation(_translation().target_locale)
    return [segment.string.data for segment in segments.filter(translation=None).order_by("order")]


def _as_localize_makes_it() -> BasePage:
    source = _frozen()
    page: BasePage = source.get_ephemeral_translated_instance(_translation().target_locale, fallback=True)
    return page


def _raw(page: BasePage) -> list[Raw]:
    return list(page.body.get_prep_value())


def test_every_text_is_joined() -> None:
    source, target = _pages()
    assert join(source, target) == Join(True, 12, "")
    assert _translation().get_progress() == (12, 12)
    assert _translation().enabled
    pairs = {row.translation_of.data: row.data for row in StringTranslation.objects.select_related("translation_of")}
    assert pairs == {
        "Sida": "Page",
        "Ett <b>fet</b> ord.": "One <b>bold</b> word.",
        '<a id="a1">Läs</a> mer.': '<a id="a1">Read</a> more.',
        "Rubrik": "Heading",
        "Boka": "Book",
        "Nu.": "Now.",
        "Gå": "Go",
        "Enheten": "The unit",
        "Vem": "Who",
        "Vad": "What",
        "Var": "Where",
        "Pass": "Passport",
    }


def test_wagtail_localize_makes_the_same_page_of_it() -> None:
    source, target = _pages()
    join(source, target)
    made = _as_localize_makes_it()
    assert _raw(made) == _raw(target)
    assert made.title == "Page"


def test_addresses_that_differ_are_overrides() -> None:
    source, target = _pages()
    join(source, target)
    overrides = {row.context.field_path: row.data for row in SegmentOverride.objects.select_related("context")}
    assert overrides == {"body.text": "https://en.example.org/", "body.contact.email": "en@example.org"}


def test_the_rows_are_as_wagtail_localize_makes_them() -> None:
    source, target = _pages()
    join(source, target)

    def rows() -> list[tuple[Any, ...]]:
        frozen = _frozen()
        found: list[tuple[Any, ...]] = []
        for name, field in (
            ("stringsegment", "string__data"),
            ("templatesegment", "template__template"),
            ("overridablesegment", "data_json"),
        ):
            found += getattr(frozen, f"{name}_set").values_list("pk", "order", "context__path", field).order_by("order")
        contexts = TranslationContext.objects.values_list("path", "path_id", "field_path").order_by("path")
        return [*found, *contexts]

    ours = rows()
    _frozen().update_from_db()
    assert rows() == ours
    assert ours


def test_who_made_it() -> None:
    source, target = _pages()
    join(source, target)
    assert set(StringTranslation.objects.values_list("translation_type", "tool_name")) == {("machine", "")}
    target.translation_state = TranslationState.REVIEWED
    join(source, target)
    assert set(StringTranslation.objects.values_list("translation_type", "tool_name")) == {("manual", "")}
    assert _translation().get_progress() == (12, 12)


def test_a_change_of_the_source_outdates_what_changed_and_nothing_else() -> None:
    source, target = _pages()
    join(source, target)
    changed = _with(SWEDISH, 0, SWEDISH[0]["value"].replace("Ett", "Ännu ett"))
    source = publish(source, body=changed)
    _frozen().update_from_db()
    assert _untranslated() == ["Ännu ett <b>fet</b> ord."]
    assert _translation().get_progress() == (12, 11)


def test_a_text_that_stays_while_its_source_changed_stays_outdated() -> None:
    source, target = _pages()
    join(source, target)
    source = publish(source, body=_with(_with(SWEDISH, 1, {"text": "Ny", "level": "2"}), 0, "<p>Annat.</p><p>Mer.</p>"))
    target = publish(target, body=_with(ENGLISH, 0, "<p>Other.</p><p>More.</p>"))
    assert join(page_at("a/"), page_at("a/", "en")) == Join(True, 12, "")
    assert _untranslated() == ["Ny"]
    # Somebody has read it and lets it stand.
    target = publish(target, translation_state=TranslationState.REVIEWED)
    join(page_at("a/"), page_at("a/", "en"))
    assert _untranslated() == []


def test_joining_again_changes_nothing() -> None:
    source, target = _pages()
    join(source, target)
    before = set(StringTranslation.objects.values_list("pk", "data", "updated_at"))
    overrides = set(SegmentOverride.objects.values_list("pk", flat=True))
    join(source, target)
    assert set(StringTranslation.objects.values_list("pk", "data", "updated_at")) == before
    assert set(SegmentOverride.objects.values_list("pk", flat=True)) == overrides


def test_links_in_another_order() -> None:
    swedish = [_block("text", '<p><a href="https://a.example/">a</a> och <a href="https://b.example/">b</a></p>', 1)]
    english = [_block("text", '<p><a href="https://b.example/">b</a> and <a href="https://a.example/">a</a></p>', 1)]
    source, target = _pages(swedish, english)
    assert join(source, target).aligned
    text = StringTranslation.objects.get(context__field_path="body.text").data
    assert text == '<a id="a2">b</a> and <a id="a1">a</a>'
    assert _raw(_as_localize_makes_it()) == _raw(target)


def test_what_the_editor_adds_is_no_difference() -> None:
    keyed = _with(SWEDISH, 0, SWEDISH[0]["value"].replace("<p>", '<p data-block-key="x">'))
    source, target = _pages(keyed)
    assert join(source, target) == Join(True, 12, "")


def test_a_text_that_is_left_empty_waits() -> None:
    make_page("a/", title="Sida", search_words="ord", search_description="Om.", body=copy.deepcopy(SWEDISH))
    make_page("a/", "en", title="Page", search_description="About.", body=copy.deepcopy(ENGLISH))
    assert join(page_at("a/"), page_at("a/", "en")) == Join(True, 13, "", ("search_words",))
    assert _untranslated() == ["ord"]


CASES: dict[str, tuple[list[Raw], list[Raw], str]] = {
    "another kind": (
        SWEDISH,
        [_block("heading", {"text": "H", "level": "2"}, 1), *ENGLISH[1:]],
        "block 1 (heading) is another kind of block than the source's (text)",
    ),
    "fewer blocks": (SWEDISH, ENGLISH[:4], "the number of blocks is 4, the source's 5"),
    "other ids": (
        SWEDISH,
        [_block("text", ENGLISH[0]["value"], 9), *ENGLISH[1:]],
        "block 1 (text) is built in another way than the source's",
    ),
    "more paragraphs": (
        SWEDISH,
        _with(ENGLISH, 0, "<p>One.</p><p>Two.</p><p>Three.</p>"),
        "the paragraphs and lists of block 1 (text) are not the source's",
    ),
    "fewer steps": (
        SWEDISH,
        _with(ENGLISH, 2, {"title": "", "steps": _items({"title": "Book", "text": "<p>Now.</p>"})}),
        "block 3 (steps) is built in another way than the source's",
    ),
    "a title more": (
        SWEDISH,
        _with(ENGLISH, 2, ENGLISH[2]["value"] | {"title": "How to"}),
        "the number of texts in block 3 (steps) is 1, the source's 0",
    ),
    "another level": (
        SWEDISH,
        _with(ENGLISH, 1, {"text": "H", "level": "3"}),
        "block 2 (heading) is built in another way than the source's",
    ),
    "another telephone": (
        SWEDISH,
        _with(ENGLISH, 3, ENGLISH[3]["value"] | {"phone": "010-2"}),
        "block 4 (contact) is built in another way than the source's",
    ),
    "an address less": (
        SWEDISH,
        _with(ENGLISH, 3, ENGLISH[3]["value"] | {"email": ""}),
        "block 4 (contact) lacks an address or a picture, or has one more than the source's",
    ),
    "a cell less": (
        SWEDISH,
        _with(ENGLISH, 4, ENGLISH[4]["value"] | {"data": [["What", "Where"]]}),
        "block 5 (table) is built in another way than the source's",
    ),
    "a link less": (
        SWEDISH,
        _with(ENGLISH, 0, "<p>One.</p><p>Read more.</p>"),
        "block 1 (text) lacks a link of the source's",
    ),
    "a link more": (
        SWEDISH,
        _with(ENGLISH, 0, '<p>One <a href="/x">x</a>.</p><p><a href="https://sv.example.org/">Read</a></p>'),
        "block 1 (text) has other links than the source's",
    ),
    "one text in two ways": (
        [_block("text", "<ul><li>Ja</li><li>Ja</li></ul>", 1)],
        [_block("text", "<ul><li>Yes</li><li>Yeah</li></ul>", 1)],
        "block 1 (text) says “Ja” twice and translates it in two ways",
    ),
    "one address in two ways": (
        [_block("text", '<p><a href="https://a.example/">a</a></p><p><a href="https://a.example/">b</a></p>', 1)],
        [_block("text", '<p><a href="https://b.example/">a</a></p><p><a href="https://c.example/">b</a></p>', 1)],
        "block 1 (text) leads to two addresses where the source has one",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_what_is_built_in_another_way_is_not_joined(name: str) -> None:
    swedish, english, reason = CASES[name]
    source, target = _pages(swedish, english)
    assert join(source, target) == Join(False, 0, reason)
    assert not Translation.objects.exists()


def test_one_text_twice_with_one_translation() -> None:
    source, target = _pages(
        [_block("text", "<ul><li>Ja</li><li>Ja</li></ul>", 1)], [_block("text", "<ul><li>Yes</li><li>Yes</li></ul>", 1)]
    )
    assert join(source, target) == Join(True, 3, "")
    assert _translation().get_progress() == (3, 3)


def test_a_join_is_off_when_the_translation_is_built_anew() -> None:
    source, target = _pages()
    join(source, target)
    target = publish(target, body=copy.deepcopy(ENGLISH[:1]))
    assert not join(source, page_at("a/", "en")).aligned
    assert not _translation().enabled
    publish(target, body=copy.deepcopy(ENGLISH))
    assert join(source, page_at("a/", "en")).aligned
    assert _translation().enabled


def _long(word: str, number: int) -> list[Raw]:
    return [_block("heading", {"text": f"{word} {index}", "level": "2"}, index) for index in range(number)]


@pytest.mark.parametrize("number", [1, 30])
def test_queries_do_not_grow_with_the_text(number: int) -> None:
    source, target = _pages(_long("Rubrik", number), _long("Heading", number))
    with CaptureQueriesContext(connection) as queries:
        join(source, target)
    assert len(queries) == 24
