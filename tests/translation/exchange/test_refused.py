"""What a file can be wrong in: a sentence, and nothing written."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from cms.translation.exchange.compare import compare
from cms.translation.exchange.formats import LARGEST_FILE, Format
from cms.translation.exchange.rows import Outcome
from cms.translation.exchange.service import export, read
from cms.translation.models import TranslationRecord
from cms.translation.work import NewText, save_texts
from pages.models import BasePage, LocalPage
from tests.access.test_sync import person
from tests.factories import make_home, make_page, page_at, paragraphs, publish
from tests.translation.exchange.conftest import file_of, record_of, shown, unit_of, upload

pytestmark = pytest.mark.django_db

XML = '<?xml version="1.0" encoding="{encoding}"?>\n'
ONE = '<xliff xmlns="urn:oasis:names:tc:xliff:document:1.2" version="1.2"><file source-language="{source}" '
ONE += 'target-language="ar"><body>{body}</body></file></xliff>'


def xliff(body: str = "", source: str = "sv", encoding: str = "UTF-8", before: str = "") -> bytes:
    return (XML.format(encoding=encoding) + before + ONE.format(source=source, body=body)).encode()


UNIT = '<trans-unit id="x#1-1"><source>a</source><target>{}</target></trans-unit>'
BOMB = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize(
    ("data", "name", "sentence"),
    [
        (xliff(UNIT.format("&b;"), before=BOMB), "a.xlf", "document type"),
        (xliff(UNIT.format("&a;"), before=OUTSIDE), "a.xlf", "document type"),
        (xliff(before='<!DOCTYPE x SYSTEM "https://example.org/x.dtd">'), "a.xlf", "document type"),
        (xliff(before="<!doctype x>"), "a.xlf", "document type"),
        (xliff(UNIT.format("&a;")), "a.xlf", "Entity 'a' not defined"),
        (xliff(UNIT.format("a"))[:150], "a.xlf", "The file is not whole, or broken: line 2"),
        (xliff(UNIT.format("<g id='1'>" * 500 + "</g>" * 500)), "a.xlf", "The file is not whole, or broken"),
        (xliff(UNIT.format("a"), encoding="ISO-8859-1"), "a.xlf", "ISO-8859-1"),
        (xliff(UNIT.format("å")).decode().encode("latin-1"), "a.xlf", "line 2 can't be read. Save it in UTF-8."),
        (xliff(UNIT.format("a"), source="en"), "a.xlf", "must be Swedish"),
        (xliff(), "a.xlf", "holds no texts"),
        (b"<html></html>", "a.xlf", "no XLIFF file of version 1.2 or 2.1"),
        (xliff().replace(b"1.2", b"1.0"), "a.xlf", "no XLIFF file of version 1.2 or 2.1"),
        (b"", "a.xlf", "empty"),
        (b" \n ", "a.po", "empty"),
        (b"PK\x03\x04" + b"x" * 50, "a.xlf", "This is a ZIP file"),
        (b"\xd0\xcf\x11\xe0" + b"x" * 50, "a.csv", "This is a Office file"),
        (b'msgid "a"\nmsgstr "\0"\n', "a.po", "NUL"),
        (b'msgctxt "x#1-1"\nmsgid "a"\nmsgstr "b"\n', "a.po", "no header that names its language"),
        (b'msgid ""\nmsgstr "Language: ar\\n"\n\nmsgid "a\nmsgstr "b"\n', "a.po", "line 4"),
        (b"garbage\n", "a.po", "This PO file is broken"),
        (b"/etc/passwd", "a.po", "This PO file is broken"),
        (b"id,source,target\n", "a.csv", "lacks the column \u201clanguage\u201d"),
        (b"", "a.csv", "empty"),
        (b'id,language,target\nx,ar,"open\n', "a.csv", "of the table can't be read"),
        (b"id,language,target\nx,ar," + b"x" * 200_000 + b"\n", "a.csv", "Line 2 of the table can't be read"),
    ],
)
def test_a_bad_file_is_refused_with_a_sentence(data: bytes, name: str, sentence: str) -> None:
    with pytest.raises(ValidationError) as refused:
        read(upload(data, name))
    (message,) = refused.value.messages
    assert sentence in message
    assert "root:" not in message


def test_too_large_a_file_is_not_read() -> None:
    class Large(SimpleUploadedFile):
        def read(self, *args: Any) -> bytes:
            raise AssertionError

    file = Large("a.xlf", b"x")
    file.size = 50 * 1024 * 1024
    with pytest.raises(ValidationError) as refused:
        read(file)
    assert refused.value.messages == ["The file is too large: 50.0\xa0MB. At most 10.0\xa0MB are read."]
    assert LARGEST_FILE == 10 * 1024 * 1024


def test_a_file_holds_one_language(source: BasePage) -> None:
    with pytest.raises(ValidationError, match="one language"):
        export([record_of(source), record_of(source, "ti")], "po")
    with pytest.raises(ValidationError, match="nothing to send out"):
        export([], "po")


# --- Rows -----------------------------------------------------------------------------------------


def refusals(data: bytes, user: Any, kind: Format = Format.XLIFF_1, language: str = "") -> list[tuple[str, str]]:
    rows = shown(data, user, kind, language).rows
    return [(row.code, row.reason) for row in rows if row.outcome in (Outcome.REFUSED, Outcome.FUZZY)]


@pytest.fixture
def translator() -> Any:
    return person("translator", language="ar")


def test_a_text_that_is_not_there(record: TranslationRecord, translator: Any) -> None:
    data = file_of(record, Format.XLIFF_1)
    unit = unit_of(record, "112")
    key = str(record.source_id).encode()
    assert refusals(data.replace(f"#{unit.id}".encode(), b"#999999-1"), translator) == [
        ("unknown", "The original has no such text; it may have changed since.")
    ]
    assert {code for code, _why in refusals(data.replace(key, b"a" * 8 + key[8:]), translator)} == {"unknown"}
    assert {code for code, _why in refusals(data.replace(key, b"../../etc"), translator)} == {"unknown"}
    # Written in another way it is the same key.
    assert refusals(data.replace(key, key.upper()), translator) == []


def test_a_source_that_has_changed_since(source: BasePage, record: TranslationRecord, translator: Any) -> None:
    data = file_of(record, Format.XLIFF_1)
    body = [dict(block) for block in source.body.raw_data]
    body[0] |= {"value": "<p>Ring <b>113</b> nu.</p>"}
    # The words are the same, the address is another.
    body[1] |= {"value": '<p>Se <a href="https://example.com/">mer <i>här</i></a>.</p>'}
    publish(source, body=body)
    said = refusals(data, translator)
    assert said == [("source-changed", "The original has changed since the file was made.")] * 2


@pytest.mark.parametrize(
    ("broken", "code", "reason"),
    [
        ('<g id="7">112</g>', "tags", "The original has no tag ⟦7⟧."),
        ('<g id="1">1</g><g id="1">2</g>', "tags", "⟦1⟧ stands twice."),
        ('<x id="1"/>', "tags", "The original has no tag ⟦1/⟧."),
        ("⟦1⟧112⟦/1⟧", "unreadable", "⟦ and ⟧ stand for formatting only."),
        ('<g id="a">112</g>', "unreadable", "The formatting has an id that was not in the file that was sent out."),
        ("<b>112</b>", "unreadable", "<b> is no formatting of the file that was sent out."),
        ("<script xmlns='urn:x'>1</script>", "unreadable", "<{urn:x}script> is no formatting of the file that was"),
    ],
)
def test_broken_formatting(record: TranslationRecord, translator: Any, broken: str, code: str, reason: str) -> None:
    good = '<g id="1" ctype="bold">112</g> الآن'
    data = file_of(record, Format.XLIFF_1).decode()
    assert good in data
    ((found, why),) = refusals(data.replace(good, broken + " الآن").encode(), translator)
    assert (found, why[: len(reason)]) == (code, reason)


def test_markup_is_text(record: TranslationRecord, translator: Any) -> None:
    data = file_of(record, Format.XLIFF_1).decode().replace("الآن", "&lt;script&gt;")
    (row,) = [row for row in shown(data.encode(), translator).rows if row.outcome == Outcome.CHANGED]
    assert row.written == "اتصل بـ <b>112</b> &lt;script&gt;."


def test_another_language_than_was_asked_for(record: TranslationRecord, translator: Any) -> None:
    data = file_of(record, Format.XLIFF_1)
    assert set(refusals(data, translator, language="ti")) == {
        ("language", "The text is in العربية, the file was to be in ትግርኛ.")
    }
    for wrong in (b"sv", b"xx", b""):
        said = refusals(data.replace(b'target-language="ar"', b'target-language="%s"' % wrong), translator)
        assert {code for code, _why in said} == {"language"}


def test_a_page_that_she_may_not_import_into(source: BasePage, record: TranslationRecord) -> None:
    data = file_of(record, Format.XLIFF_1)
    preview = shown(data, person("translator", language="ti"))
    assert preview.parts == []
    assert {row.code for row in preview.refused} == {"forbidden"}
    assert "Importing here takes the role Translator العربية" in preview.refused[0].reason
    # Nothing of the text is told.
    assert {(row.old, row.source) for row in preview.refused} == {("", "")}


def test_a_foreign_county_s_page(record: TranslationRecord) -> None:
    make_home("ar")
    publish(page_at("lan/skane/"))
    page = make_page("lan/skane/sfi/", model=LocalPage, body=paragraphs("Sfi."))
    data = file_of(record_of(page), Format.XLIFF_1).replace(b'<target state="new"></target>', b"<target>x</target>")
    foreign = person("translator", "01", "ar")
    assert {code for code, _why in refusals(data, foreign)} == {"forbidden"}
    own = person("translator", "12", "ar")
    assert refusals(data, own) == []


def test_a_fuzzy_entry_is_not_taken(record: TranslationRecord, translator: Any) -> None:
    unit = unit_of(record, "112")
    context = f'msgctxt "{record.source_id}#{unit.id}"'
    data = file_of(record, Format.PO).decode().replace("الآن", "فورا")
    data = data.replace(context, f"#, fuzzy\n{context}")
    assert refusals(data.encode(), translator, Format.PO) == [
        ("fuzzy", "The entry is marked as fuzzy. Take the mark away in the file, and read it in again.")
    ]


def test_a_text_that_stands_twice(record: TranslationRecord, translator: Any) -> None:
    lines = file_of(record, Format.CSV).decode().splitlines(keepends=True)
    line = next(line for line in lines if "112" in line)
    (said,) = refusals("".join([*lines, line]).encode(), translator, Format.CSV)
    assert said[0] == "duplicate"
    assert "already, in line" in said[1]
    two = refusals("".join([*lines, line.replace("الآن", "فورا")]).encode(), translator, Format.CSV)
    assert [code for code, _why in two] == ["duplicate", "duplicate"]
    assert "not the same each time" in two[0][1]


def test_what_somebody_changed_here_meanwhile_is_not_taken_unless_chosen(
    record: TranslationRecord, translator: Any
) -> None:
    data = file_of(record, Format.XLIFF_1)
    unit = unit_of(record, "112")
    assert save_texts(record, [NewText(unit.id, "نص أحدث")], None) == []
    # Not touched by the translator: the newer text stays, without a word.
    assert {row.outcome for row in shown(data, translator).rows} == {Outcome.UNCHANGED}
    touched = shown(data.decode().replace("الآن", "فورا").encode(), translator).rows
    assert [row.outcome for row in touched if row.new and row.outcome != Outcome.UNCHANGED] == [Outcome.NEWER]
    assert [row.is_taken for row in touched if row.outcome == Outcome.NEWER] == [False]


def test_an_empty_text_takes_nothing_away(record: TranslationRecord, translator: Any) -> None:
    data = file_of(record, Format.CSV).decode().replace("اتصل بـ ⟦1⟧112⟦/1⟧ الآن.", "")
    assert {row.outcome for row in shown(data.encode(), translator, Format.CSV).rows} == {Outcome.UNCHANGED}


def test_a_spreadsheet_of_a_swede_has_semicolons(record: TranslationRecord, translator: Any) -> None:
    unit = unit_of(record, "112")
    table = f"ID;Language;Target\r\n{record.source_id}#{unit.id};AR;نص؛ جديد\r\nx;ar\r\n"
    _kind, rows = read(upload(table.encode("utf-16"), "a.csv"))
    preview = compare(rows, translator)
    assert [(row.outcome, row.line, row.new) for row in preview.rows] == [
        (Outcome.CHANGED, 2, "نص؛ جديد"),
        (Outcome.REFUSED, 3, ""),
    ]


def test_comparing_costs_the_same_for_few_and_for_many(
    record: TranslationRecord, translator: Any, django_assert_num_queries: Any
) -> None:
    data = file_of(record, Format.CSV)
    _kind, rows = read(upload(data, "a.csv"))
    for some in (rows[:1], rows):
        user = type(translator).objects.get(pk=translator.pk)
        with django_assert_num_queries(5):
            compare(some, user)
