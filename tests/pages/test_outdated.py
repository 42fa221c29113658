"""What the reader of a translation is told when its original has been updated since."""

from __future__ import annotations

import datetime

import pytest
from django.test import Client

from cms.languages.formats import format_date
from cms.translation.localize import units_of
from cms.translation.models import SourceRecord
from cms.translation.moderation import publish_translation, send_for_review
from cms.translation.states import State, TranslationState
from cms.translation.work import NewText, save_texts
from pages.models import BasePage
from tests.access.test_sync import person
from tests.factories import again, make_home, make_page, page_at, paragraphs, publish
from tests.html import Document
from tests.translation.test_records import record, translate, with_text

pytestmark = pytest.mark.django_db

TITLE = "The Swedish original has been updated since this translation was made"


@pytest.fixture(scope="module")
def made(shared_database: None) -> BasePage:
    for code in ("sv", "en", "ar"):
        make_home(code)
    return make_page("om/", title="Om", search_description="Kort.", body=paragraphs("Ett.", "Två."))


@pytest.fixture
def source(made: BasePage) -> BasePage:
    return again(made)


def _open(code: str) -> Document:
    response = Client().get(f"/{code}/om/")
    assert response.status_code == 200
    return Document(response)


def _notices(page: Document) -> list[str]:
    """The marks of the notices that lead to the original, in the page's order."""
    leading = [notice for notice in page.soup.select(".notice") if notice.select("a[hreflang=sv]")]
    return [str(use["href"]).rpartition("#")[2] for notice in leading for use in notice.select("use")]


def test_the_reader_is_told_and_no_longer_when_it_is_translated(source: BasePage) -> None:
    translate(source, "en")
    assert _notices(_open("en")) == []
    publish(source, body=with_text(source, 0, "Ett och ett halvt."))
    # From the cache it would not be known: the source's publish has purged the page in every language.
    page = _open("en")
    assert _notices(page) == ["clock"]
    notice = page.one(".notice")
    assert TITLE in notice.get_text()
    link = notice.select_one("a")
    assert (link["href"], link["hreflang"]) == ("/sv/om/", "sv")
    assert _notices(_open("sv")) == []
    translator = person("translator", language="en")
    (unit,) = [unit for unit in units_of(source.translation_key, "en") if unit.text is None]
    save_texts(record(source, "en"), [NewText(unit.id, "One and a half.", expected="")], translator)
    publish_translation(page_at("om/", "en"), person("reviewer", language="en"))
    assert _notices(_open("en")) == []


def test_the_date_is_the_original_s_in_the_reader_s_language(source: BasePage) -> None:
    translate(source)
    publish(source, body=with_text(source, 0, "Ett och ett halvt."))
    changed = datetime.datetime(2026, 3, 9, 23, 30, tzinfo=datetime.UTC)
    SourceRecord.objects.filter(pk=source.translation_key).update(changed_at=changed)
    page = _open("ar")
    assert page.language == ("ar", "rtl")
    time = page.one(".notice time")
    assert (time["datetime"], time.get_text()) == ("2026-03-10", format_date(datetime.date(2026, 3, 10), "ar"))


def test_in_review_it_is_still_outdated_to_its_readers(source: BasePage) -> None:
    translate(source)
    publish(source, body=with_text(source, 0, "Ett och ett halvt."))
    send_for_review(page_at("om/", "ar"), person("translator", language="ar"))
    assert record(source).state == State.IN_REVIEW
    assert _notices(_open("ar")) == ["clock"]


def test_moved_blocks_count_and_a_minor_edit_does_not(source: BasePage) -> None:
    translate(source)
    publish(source, body=with_text(source, 0, "Ettt."), minor_edit=True)
    assert _notices(_open("ar")) == []
    publish(source, body=list(source.body.raw_data)[::-1], minor_edit=False)
    assert _notices(_open("ar")) == ["clock"]


def test_a_reader_of_a_fallback_is_told_too(source: BasePage) -> None:
    translate(source, "en")
    publish(source, body=with_text(source, 0, "Ett och ett halvt."))
    page = _open("ti")
    assert _notices(page) == ["clock"]
    assert page.language[0] == "ti"


def test_a_machine_s_outdated_text_says_both(source: BasePage) -> None:
    translate(source, state=TranslationState.MACHINE)
    publish(source, body=with_text(source, 0, "Ett och ett halvt."))
    assert _notices(_open("ar")) == ["clock", "computer"]
