"""What enters the memory: approved text, and nothing else."""

from __future__ import annotations

from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cms.translation.approval import approved
from cms.translation.localize import units_of
from cms.translation.memory import index
from cms.translation.memory.models import MemoryEntry, MemoryOrigin, MemorySource
from cms.translation.memory.store import Approved, fill, forget, put, remember
from cms.translation.models import TranslationRecord
from cms.translation.moderation import publish_translation, send_for_review
from cms.translation.states import TranslationState
from cms.translation.work import NewText, save_texts
from pages.models import BasePage
from tests.access.test_sync import person
from tests.factories import page_at, paragraphs, publish
from tests.translation.memory.conftest import texts
from tests.translation.test_records import record, translate, with_text

pytestmark = pytest.mark.django_db

NEW = "Barn börjar skolan vid sju."


def _write(source: BasePage, user: Any, text: str, *, says: str = NEW, language: str = "ar") -> None:
    """Write the working translation of what the source says."""
    unit = next(unit for unit in units_of(source.translation_key, language) if unit.source == says)
    assert save_texts(record(source, language), [NewText(unit.id, text)], user) == []


def test_what_a_reviewer_publishes_enters_with_its_tags_and_her_name(source: BasePage) -> None:
    translate(source)
    assert texts() == {}
    reviewer = person("reviewer", language="ar")
    _write(source, reviewer, "اتصل على ⟦1⟧112⟦/1⟧", says="Ring <b>112</b> i nöd.")
    assert texts() == {}
    publish_translation(page_at("om/", "ar"), reviewer)
    kept = texts()
    assert kept["Ring ⟦1⟧112⟦/1⟧ i nöd."] == "اتصل على ⟦1⟧112⟦/1⟧"
    assert len(kept) == 5
    entry = MemoryEntry.objects.select_related("source").get(source__plain="Ring 112 i nöd.")
    assert (entry.domain, entry.origin, entry.reviewer) == ("national", MemoryOrigin.PAGE, reviewer)
    assert entry.translation_key == source.translation_key
    assert entry.path.startswith("body.")
    assert texts("ti") == {}


def test_what_nobody_reviewed_does_not_enter(source: BasePage) -> None:
    target = translate(source, state=TranslationState.MACHINE)
    publish(target, title="عنوان")
    assert texts() == {}
    approved.send(TranslationRecord, record=record(source), revision=None, user=None, reviewed=False)
    assert texts() == {}
    assert fill().added == 0


def test_what_was_written_after_it_was_sent_does_not_enter_with_it(source: BasePage) -> None:
    translate(source)
    _write(source, person("translator", language="ar"), "اتصل على ⟦1⟧112⟦/1⟧.", says="Ring <b>112</b> i nöd.")
    publish(source, body=with_text(source, 1, NEW))
    translator = person("translator", language="ar")
    _write(source, translator, "نص مرسل")
    send_for_review(page_at("om/", "ar"), translator)
    # Who translates may no longer write; a reviewer may, and approves elsewhere what was sent.
    reviewer = person("reviewer", language="ar")
    _write(source, reviewer, "نص لم يره أحد")
    page = page_at("om/", "ar")
    page.current_workflow_task.specific.on_action(page.current_workflow_task_state, reviewer, "approve")
    assert texts()[NEW] == "نص مرسل"
    assert "نص لم يره أحد" not in texts().values()


def test_a_text_of_what_the_source_says_since_does_not_enter(source: BasePage) -> None:
    translate(source)
    _write(source, person("translator", language="ar"), "اتصل على ⟦1⟧112⟦/1⟧.", says="Ring <b>112</b> i nöd.")
    translator = person("translator", language="ar")
    _write(source, translator, "عنوان", says="Om sidan")
    send_for_review(page_at("om/", "ar"), translator)
    publish(source, body=with_text(source, 1, NEW))
    _write(source, person("reviewer", language="ar"), "ar 1")
    page = page_at("om/", "ar")
    page.current_workflow_task.specific.on_action(
        page.current_workflow_task_state, person("reviewer", language="ar"), "approve"
    )
    assert NEW not in texts()
    assert texts()["Om sidan"] == "عنوان"


def test_the_newest_approval_takes_the_place_of_the_older(source: BasePage) -> None:
    translate(source)
    reviewer = person("reviewer", language="ar")
    for text in ("قديم", "جديد"):
        _write(source, reviewer, text, says="Du kan få hjälp.")
        publish_translation(page_at("om/", "ar"), reviewer)
    assert texts()["Du kan få hjälp."] == "جديد"
    assert MemoryEntry.objects.count() == 5


def test_the_text_of_an_older_source_stays(source: BasePage) -> None:
    translate(source)
    reviewer = person("reviewer", language="ar")
    publish_translation(page_at("om/", "ar"), reviewer)
    publish(source, body=with_text(source, 1, NEW))
    _write(source, reviewer, "سبعة")
    publish_translation(page_at("om/", "ar"), reviewer)
    assert texts()["Barn börjar skolan vid sex."] == "ar 1"
    assert texts()[NEW] == "سبعة"


def test_empty_texts_and_copies_of_the_source_do_not_enter() -> None:
    wanted = [Approved("Skatteverket", "Skatteverket"), Approved("Tomt", "  "), Approved("Hej", "مرحبا")]
    assert put("ar", wanted, MemoryOrigin.PAGE, None).added == 1
    assert texts() == {"Hej": "مرحبا"}


@pytest.mark.parametrize("count", [3, 40])
def test_keeping_takes_the_same_queries_for_any_number(source: BasePage, count: int) -> None:
    body = paragraphs(*(f"Stycke nummer {number} i texten." for number in range(count)))
    publish(source, body=body)
    translate(source)
    one = TranslationRecord.objects.select_related("source").get(pk=record(source).pk)
    with CaptureQueriesContext(connection) as captured:
        assert remember(one, None).added == count + 2
    # SQLite is asked once more, for the words of the new sources; PostgreSQL has an index of its own.
    expected = 10 if connection.vendor == "sqlite" else 9
    assert len([one for one in captured if "SAVEPOINT" not in one["sql"]]) == expected


def test_filling_keeps_what_is_published_and_can_be_run_again(source: BasePage) -> None:
    translate(source)
    translate(source, "ti")
    out = StringIO()
    call_command("translation_memory", "fill", stdout=out)
    assert out.getvalue() == "New: 10. Replaced: 0. There already: 0.\n"
    before = list(MemoryEntry.objects.order_by("pk").values())
    assert fill().same == 10
    assert list(MemoryEntry.objects.order_by("pk").values()) == before


def test_a_text_that_is_taken_out_is_gone_with_its_source() -> None:
    put("ar", [Approved("Hej på dig", "مرحبا")], MemoryOrigin.PAGE, None)
    put("ti", [Approved("Hej på dig", "ሰላም")], MemoryOrigin.PAGE, None)
    forget(MemoryEntry.objects.get(language="ar"))
    assert MemorySource.objects.count() == 1
    forget(MemoryEntry.objects.get(language="ti"))
    assert MemorySource.objects.count() == 0
    assert index.candidates("Hej på dig", 60) == []
