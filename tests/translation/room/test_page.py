"""The room's page: what it shows, how many queries that takes, and the preview."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page

from cms.translation.localize import Earlier, units_of
from cms.translation.models import TranslationRecord
from cms.translation.room.differences import Change, best_earlier, runs
from cms.translation.room.outline import Outline
from cms.translation.room.page import build
from pages.models import BasePage
from tests.factories import make_home, make_page, page_at
from tests.translation.room.conftest import desk_of, outdated
from tests.translation.test_records import record

pytestmark = pytest.mark.django_db

#: What the room asks the database, whatever the page's length.
QUERIES = 21


def test_source_and_translation_stand_side_by_side_in_their_languages(source: BasePage, translator: Any) -> None:
    page = desk_of(source, translator).get().content.decode()
    assert '<p class="room-text" lang="sv" dir="ltr"' in page
    assert 'lang="ar"' in page
    assert 'dir="rtl"' in page
    assert page.count("data-field") == len(units_of(source.translation_key, "ar")) == 5
    assert "/ar/om/" in page


def test_the_changed_words_are_marked_and_the_old_translation_is_shown(source: BasePage, translator: Any) -> None:
    page = desk_of(source, translator).get().content.decode()
    assert page.count("<ins>") == 1
    assert "<ins> genast</ins>" in page
    assert "اتصل بالرقم" in page
    assert page.count('data-standing="outdated"') == 1
    assert page.count('data-standing="done"') == 4


def test_words_that_are_gone_are_kept_in_their_place() -> None:
    found = runs("Ring <b>112</b> nu om det brinner.", "Ring <b>112</b> om det brinner hemma.")
    assert [(run.change, run.coded.strip()) for run in found if run.change is not Change.KEPT] == [
        (Change.REMOVED, "nu"),
        (Change.ADDED, "hemma"),
    ]
    kept = "".join(run.coded for run in found if run.change is not Change.REMOVED)
    assert kept == "Ring ⟦1⟧112⟦/1⟧ om det brinner hemma."


def test_another_text_is_no_earlier_version() -> None:
    near = Earlier("Ring 112 om det brinner i huset.", "a")
    far = Earlier("Skatteverket folkbokför dig.", "b")
    assert best_earlier("Ring 112 om det brinner.", [far, near]) == near
    assert best_earlier("Ring 112 om det brinner.", [far]) is None


def test_the_texts_stand_under_the_headings_of_the_page(source: BasePage) -> None:
    room = build(record(source))
    assert [len(group.rows) for group in room.groups] == [1, 1, 1, 1, 1]
    assert room.groups[2].heading.startswith("1. ")
    steps = [
        {
            "type": "steps",
            "id": str(uuid.uuid4()),
            "value": {
                "title": "Så gör du",
                "steps": [{"type": "item", "id": "s1", "value": {"title": "Ring", "text": "<p>Nu.</p>"}}],
            },
        }
    ]
    page = make_page("steg/", body=steps)
    outline = Outline(Page.objects.get(pk=page.pk).specific)
    labels = [outline.spot(unit.path).label for unit in units_of(page.translation_key, "ar")]
    assert any(" · 1 · " in label for label in labels)
    assert outline.spot("body.gone.title").key == "body"


def test_a_third_language_can_be_looked_at(source: BasePage, translator: Any) -> None:
    make_home("en")
    make_page("om/", "en", title="About us", search_description="Short.", body=source.body.raw_data)
    from cms.translation.localize import join
    from cms.translation.records import joined

    target = page_at("om/", "en")
    assert join(source, target).aligned
    joined(target)
    desk = desk_of(source, translator)
    assert "About us" not in desk.get().content.decode()
    shown = desk.get("?look=en").content.decode()
    assert "About us" in shown
    assert "room-text--other" in shown
    assert "room-text--other" not in desk.get("?look=xx").content.decode()


def test_drafts_of_a_third_language_are_for_those_who_may_see_them(source: BasePage, translator: Any) -> None:
    from cms.translation.work import NewText, save_texts

    title = units_of(source.translation_key, "ti")[0]
    save_texts(record(source, "ti"), [NewText(title.id, "ሓሳብ")], None)
    assert "ሓሳብ" not in desk_of(source, translator).get("?look=ti").content.decode()


@pytest.mark.parametrize("number", [30, 300])
def test_the_page_takes_the_same_queries_for_any_number_of_texts(
    source: BasePage, translator: Any, number: int
) -> None:
    body = [
        {
            "type": "text",
            "id": str(uuid.uuid4()),
            "value": "".join(f"<p>Mening nummer {n} om <b>bostad</b>.</p>" for n in range(number)),
        }
    ]
    page = make_page("lang/", body=body)
    desk = desk_of(page, translator)
    desk.get()
    with CaptureQueriesContext(connection) as asked:
        response = desk.get()
    assert response.content.decode().count("data-field") == number + 1
    assert len(asked) == QUERIES


def test_the_preview_shows_the_texts_of_now_and_writes_nothing(source: BasePage, translator: Any) -> None:
    desk = desk_of(source, translator)
    desk.save(outdated(source), "نص جديد تمامًا")
    response = desk.get("preview/")
    assert response.status_code == 200
    content = response.content.decode()
    assert "نص جديد تمامًا" in content
    assert 'dir="rtl"' in content
    assert "نص جديد" not in str(page_at("om/", "ar").body)


def test_a_page_that_is_not_there_yet_is_previewed_and_not_made(source: BasePage, translator: Any) -> None:
    page = make_page("ny/", title="Ny sida")
    before = Page.objects.count()
    desk = desk_of(page, translator)
    response = desk.get("preview/")
    assert response.status_code == 200
    assert "Ny sida" in response.content.decode()
    assert Page.objects.count() == before
    assert TranslationRecord.objects.get(pk=desk.record.pk).page_id is None


def test_what_may_be_done_is_offered_by_role(source: BasePage, translator: Any, reviewer: Any) -> None:
    for user, offered in ((translator, False), (reviewer, True)):
        page = desk_of(source, user).get().content.decode()
        assert (f"/admin/translation/{record(source).pk}/publish/" in page) is offered
