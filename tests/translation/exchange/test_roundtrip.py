"""What is sent out comes back as it was: every format, every language, every kind of block."""

from __future__ import annotations

import pytest

from cms.languages.registry import CODES, SOURCE, get
from cms.translation.exchange.formats import Format
from cms.translation.exchange.rows import Outcome
from cms.translation.models import Origin, TranslationRecord
from cms.translation.work import NewText, save_texts
from pages.blocks.body import BodyBlock
from pages.models import BasePage
from tests.access.test_sync import person
from tests.translation.exchange.conftest import file_of, fill, record_of, shown, texts_of, unit_of, units

pytestmark = pytest.mark.django_db

LANGUAGES = [code for code in CODES if code != SOURCE]
#: Texts as the languages write them: right to left, with marks of direction, Ge'ez, apostrophes, ZWNJ.
WORDS = {
    "ar": "«السكن»، ⟦1⟧112⟦/1⟧؟",
    "fa": "می‌خواهم ⟦1⟧112⟦/1⟧؛",
    "prs": "\u200fخانه⟦1⟧ ‏112⟦/1⟧",
    "ti": "ገዛ፡ ⟦1⟧112⟦/1⟧።",
    "uk": "пам’ятка „⟦1⟧112⟦/1⟧“ & <b>",
}


@pytest.mark.parametrize("kind", list(Format))
def test_every_kind_of_block_comes_back_as_it_was(rich: BasePage, kind: Format) -> None:
    assert {block.block_type for block in rich.body} == set(BodyBlock().child_blocks)
    for code in LANGUAGES:
        record = record_of(rich, code)
        fill(record, None, WORDS.get(code, "{language}").partition("⟦")[0] + " {coded}")
        user = person("translator", language=code)
        before = texts_of(record)
        preview = shown(file_of(record, kind), user, kind)
        rows = preview.rows
        assert len(rows) == len(units(record)) == 47
        assert [(row.outcome, row.reason, row.old, row.new) for row in rows if row.outcome != Outcome.UNCHANGED] == []
        assert [row.new for row in rows if row.new] == [row.old for row in rows if row.old] != []
        assert texts_of(record) == before


@pytest.mark.parametrize("kind", list(Format))
@pytest.mark.parametrize("code", LANGUAGES)
def test_a_text_in_any_script_is_the_same_again(source: BasePage, kind: Format, code: str) -> None:
    record = record_of(source, code)
    unit = unit_of(record, "112")
    text = WORDS.get(code, "=Ring ⟦1⟧112⟦/1⟧ 'nu'\n\\n \"å\"; a,b\ttab ")
    assert save_texts(record, [NewText(unit.id, text)], None) == []
    (row,) = [row for row in shown(file_of(record, kind), person("translator", language=code), kind).rows if row.old]
    assert (row.outcome, row.old, row.new) == (Outcome.UNCHANGED, text, text)


@pytest.mark.parametrize("kind", list(Format))
def test_what_a_translator_changes_is_what_is_shown(record: TranslationRecord, kind: Format) -> None:
    data = file_of(record, kind).decode().replace("الآن.", "فورًا!")
    preview = shown(data.encode(), person("translator", language="ar"), kind)
    (row,) = [row for row in preview.rows if row.outcome != Outcome.UNCHANGED]
    assert (row.outcome, row.old, row.new) == (
        Outcome.CHANGED,
        "اتصل بـ ⟦1⟧112⟦/1⟧ الآن.",
        "اتصل بـ ⟦1⟧112⟦/1⟧ فورًا!",
    )
    assert row.written == "اتصل بـ <b>112</b> فورًا!"
    assert row.place == "block 1 (text)"
    assert row.line > 1


@pytest.mark.parametrize("kind", list(Format))
def test_a_machine_s_text_that_nobody_touched_stays_the_machine_s(record: TranslationRecord, kind: Format) -> None:
    unit = unit_of(record, "A &amp; B")
    assert save_texts(record, [NewText(unit.id, "أ & ب", Origin.MACHINE, tool="x")], None) == []
    user = person("translator", language="ar")
    data = file_of(record, kind)
    assert {row.outcome for row in shown(data, user, kind).rows} == {Outcome.UNCHANGED}
    marks = {
        Format.XLIFF_1: (b'state="needs-review-translation" state-qualifier="mt-suggestion"', b'state="translated"'),
        Format.XLIFF_2: (b' subState="vagvisare:machine"', b""),
        Format.PO: (b"#, fuzzy\n", b""),
        Format.CSV: (b",machine,", b",translated,"),
    }
    machine, read = marks[kind]
    assert data.count(machine) == 1
    (row,) = [row for row in shown(data.replace(machine, read), user, kind).rows if row.outcome != Outcome.UNCHANGED]
    assert (row.outcome, row.new, row.was_machine) == (Outcome.CHANGED, "أ & ب", True)


def test_a_file_says_its_language_as_other_tools_do(source: BasePage) -> None:
    record = record_of(source, "prs")
    assert get("prs").tag == "fa-AF"
    assert b'target-language="fa-AF"' in file_of(record, Format.XLIFF_1)
    assert b'trgLang="fa-AF"' in file_of(record, Format.XLIFF_2)
    assert b"Language: fa_AF" in file_of(record, Format.PO)
