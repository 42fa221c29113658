"""What was shown is taken in, once, and taken back; the policy is asked each time; nothing is published."""

from __future__ import annotations

import random
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from cms.access.audit.events import Event
from cms.access.models import AuditEntry, RoleAssignment
from cms.translation.exchange.compare import compare
from cms.translation.exchange.formats import Format
from cms.translation.exchange.importing import carry_out, confirm, store, undo
from cms.translation.exchange.models import BatchStatus, ImportBatch, PartStatus
from cms.translation.exchange.service import export, read
from cms.translation.models import Origin, TextVersion, TranslationRecord
from cms.translation.work import NewText, save_texts
from infra.benchmarks.mutate_exchange import attempt, files_of, mutate
from pages.models import BasePage
from tests.access.test_sync import person
from tests.factories import make_page, paragraphs
from tests.translation.exchange.conftest import file_of, record_of, unit_of, units, upload

pytestmark = pytest.mark.django_db
OLD, NEW = "اتصل بـ <b>112</b> الآن.", "اتصل بـ <b>112</b> فورا."


@pytest.fixture
def translator() -> Any:
    return person("translator", language="ar")


def shown_batch(data: bytes, user: Any) -> ImportBatch:
    kind, rows = read(upload(data))
    return store(compare(rows, user), user, "file.xlf", kind)


def press(batch: ImportBatch, button: Any = confirm, **more: Any) -> ImportBatch:
    """As the person's button and then the worker do."""
    button(batch, **more)
    batch = ImportBatch.objects.get(pk=batch.pk)
    carry_out(batch)
    return ImportBatch.objects.get(pk=batch.pk)


def changed(record: TranslationRecord) -> bytes:
    """A file in which a text is changed and another added."""
    data = file_of(record, Format.XLIFF_1).decode().replace("الآن", "فورا")
    return data.replace(
        '<source>A &amp; B</source>\n<target state="new"></target>',
        "<source>A &amp; B</source>\n<target>أ &amp; ب</target>",
    ).encode()


def text(record: TranslationRecord, word: str) -> str | None:
    return unit_of(record, word).text


def results(batch: ImportBatch) -> list[str]:
    return [row["result"] for part in batch.parts.all() for row in part.rows if row["result"]]


def test_what_was_shown_is_taken_in_and_nothing_published(record: TranslationRecord, translator: Any) -> None:
    batch = shown_batch(changed(record), translator)
    assert (text(record, "112"), text(record, "A &amp;")) == (OLD, None)
    batch = press(batch)
    assert batch.status == BatchStatus.DONE
    assert (text(record, "112"), text(record, "A &amp;")) == (NEW, "أ &amp; ب")
    assert results(batch) == ["taken", "taken"]
    versions = TextVersion.objects.filter(origin=Origin.IMPORT)
    assert {(version.user, version.text) for version in versions} == {(translator, NEW), (translator, "أ &amp; ب")}
    now = record_of(record.source.page)
    assert (now.live, now.page) == (False, None)
    entry = AuditEntry.objects.get(event=Event.IMPORTED)
    assert (entry.about, entry.language, entry.detail["texts"]) == ("/sv/om/", "ar", 2)


def test_twice_pressed_is_once_taken(record: TranslationRecord, translator: Any) -> None:
    batch = press(shown_batch(changed(record), translator))
    carry_out(batch)
    with pytest.raises(ValidationError, match="already"):
        confirm(batch)
    assert TextVersion.objects.filter(origin=Origin.IMPORT).count() == 2
    assert AuditEntry.objects.filter(event=Event.IMPORTED).count() == 1


def test_a_text_that_was_changed_after_the_preview_is_not_overwritten(
    record: TranslationRecord, translator: Any
) -> None:
    batch = shown_batch(changed(record), translator)
    save_texts(record, [NewText(unit_of(record, "112").id, "نص أحدث")], None)
    batch = press(batch)
    assert (text(record, "112"), text(record, "A &amp;")) == ("نص أحدث", "أ &amp; ب")
    (row,) = [row for part in batch.parts.all() for row in part.rows if row["code"]]
    assert (row["code"], row["reason"]) == ("conflict", "Somebody else has changed this text meanwhile.")
    assert results(batch) == ["taken"]


def test_what_was_changed_here_meanwhile_is_taken_where_it_is_chosen(
    record: TranslationRecord, translator: Any
) -> None:
    data = changed(record)
    unit = unit_of(record, "112")
    save_texts(record, [NewText(unit.id, "نص أحدث")], None)
    press(shown_batch(data, translator))
    assert text(record, "112") == "نص أحدث"
    press(shown_batch(data, translator), chosen={f"{record.source_id}#{unit.id}"})
    assert text(record, "112") == NEW


def test_undo_takes_back_what_nobody_has_changed_since(record: TranslationRecord, translator: Any) -> None:
    machine = unit_of(record, "två")
    save_texts(record, [NewText(machine.id, "واحد⟦1/⟧اثنان", Origin.MACHINE, tool="engine")], None)
    data = changed(record).replace("واحد".encode(), "الأول".encode())
    batch = press(shown_batch(data, translator))
    assert len(results(batch)) == 3
    save_texts(record, [NewText(unit_of(record, "A &amp;").id, "نص أحدث")], None)
    batch = press(batch, undo)
    assert batch.status == BatchStatus.UNDONE
    assert (text(record, "112"), text(record, "A &amp;")) == (OLD, "نص أحدث")
    again = unit_of(record, "två")
    assert (again.text, again.is_machine, again.tool) == ("واحد<br/>اثنان", True, "engine")
    assert sorted(results(batch)) == ["kept", "undone", "undone"]
    (row,) = [row for part in batch.parts.all() for row in part.rows if row["result"] == "kept"]
    assert row["reason"] == "Somebody else has changed this text meanwhile."
    with pytest.raises(ValidationError, match="nothing to undo"):
        undo(batch)


def test_undo_takes_away_what_was_not_there(record: TranslationRecord, translator: Any) -> None:
    press(press(shown_batch(changed(record), translator)), undo)
    assert text(record, "A &amp;") is None


def test_the_policy_is_asked_again_at_confirmation_and_at_undoing(record: TranslationRecord, translator: Any) -> None:
    first, second = (shown_batch(changed(record), translator) for _turn in range(2))
    done = press(first)
    RoleAssignment.objects.filter(user=translator).delete()
    refused = press(second)
    (part,) = refused.parts.all()
    assert part.status == PartStatus.REFUSED
    assert "Importing here takes the role" in part.reason
    kept = press(done, undo)
    (part,) = kept.parts.all()
    assert (kept.status, part.status) == (BatchStatus.DONE, PartStatus.DONE)
    assert "Importing here takes the role" in part.reason
    assert text(record, "112") == NEW


def test_what_was_interrupted_goes_on_and_doubles_nothing(
    source: BasePage, record: TranslationRecord, translator: Any
) -> None:
    other = record_of(make_page("om/mer/", title="Mer", body=paragraphs("Ring 113.")))
    save_texts(other, [NewText(unit_of(other, "113").id, "الآن")], None)
    data = b"".join(export([record, record_of(other.source.page)], Format.XLIFF_1))
    batch = shown_batch(data.decode().replace("الآن", "فورا").encode(), translator)
    confirm(batch)
    batch = ImportBatch.objects.get(pk=batch.pk)
    # As if it had been killed after the first page.
    last = batch.parts.last()
    assert last is not None
    batch.parts.filter(pk=last.pk).update(status=PartStatus.REFUSED)
    carry_out(batch)
    ImportBatch.objects.filter(pk=batch.pk).update(status=BatchStatus.CONFIRMED)
    batch.parts.filter(pk=last.pk).update(status=PartStatus.WAITING)
    batch = press(batch)
    assert batch.status == BatchStatus.DONE
    assert (text(record, "112"), text(other, "113")) == (NEW, "فورا")
    assert TextVersion.objects.filter(origin=Origin.IMPORT).count() == 2


def test_hundreds_of_broken_files_leave_nothing_half(record: TranslationRecord, translator: Any) -> None:
    chance = random.Random(7)  # noqa: S311  (the same files in every run)
    files = files_of(record)
    became = set()
    for number in range(300):
        extension, data = files[number % len(files)]
        became.add(attempt(mutate(data, chance), extension, translator, record))
    assert became == {"refused whole", "taken in", "taken in in part", "nothing to take in"}
    assert len(units(record)) == 6
