"""CSV and TBX, out and in: nothing is lost, and what is wrong is refused with its line."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from contextlib import suppress

import pytest
from defusedxml.ElementTree import fromstring

from cms.languages.registry import CODES
from cms.translation.glossary import csvfile, tbx
from cms.translation.glossary.entries import Entry, Terms, entries, problems
from cms.translation.glossary.importing import compare, difference
from cms.translation.glossary.models import Concept, Status
from cms.translation.glossary.rows import LARGEST, FileRefusedError, Row
from tests.translation.glossary.conftest import ALL, FOLKBOKFORING, HYRA

Write = Callable[[Iterable[Entry]], bytes]
both = pytest.mark.parametrize(
    ("write", "read", "name"), [(csvfile.write, csvfile.read, "g.csv"), (tbx.write, tbx.read, "g.tbx")]
)
PROPOSED = Entry(
    "e-legitimation",
    'Säger "jag", på nätet, <säkert> & snabbt.',
    "Digg",
    "",
    Status.PROPOSED,
    {
        "sv": Terms(("e-legitimation", "elektronisk legitimation"), ("mobilt id",), ("e-leget",)),
        "ru": Terms((), ("ID",)),
    },
)


def refusal(read: Callable[[bytes], list[Row]], content: bytes | str) -> list[str]:
    with pytest.raises(FileRefusedError) as refused:
        read(content.encode() if isinstance(content, str) else content)
    return [str(fault) for fault in refused.value.faults]


@both
def test_what_goes_out_comes_in(write: Write, read: Callable[[bytes], list[Row]], name: str) -> None:
    everything = [*ALL, PROPOSED]
    assert [row.over(None) for row in read(write(everything))] == everything


@both
def test_the_glossary_s_own_file_changes_nothing(
    write: Write, read: object, name: str, glossary: dict[str, Entry]
) -> None:
    found = compare(name, write(entries().values()))
    assert (found.changes, found.same) == ((), len(ALL))


@both
@pytest.mark.usefixtures("glossary")
def test_a_file_of_one_language_says_nothing_of_the_others(write: Write, read: object, name: str) -> None:
    content = csvfile.write(ALL, ["ar"]) if name == "g.csv" else tbx.write(ALL, ["ar"])
    Concept.objects.get(key="hyra").terms.filter(language="en").update(text="rental fee")
    found = compare(name, content)
    assert (found.changes, found.same) == ((), len(ALL))
    assert "population" not in content.decode()


def test_the_header_is_the_agreed_one() -> None:
    header = "concept,definition,source,source_url,status,sv,sv_forms,en,ar,prs,fa,so,ti,ru,es,fr,uk,forbidden"
    assert csvfile.write(ALL).decode().splitlines()[0] == header


def test_tbx_has_one_section_a_language_and_the_preferred_term_first() -> None:
    root = fromstring(tbx.write([FOLKBOKFORING]))
    sections = [one.get("{http://www.w3.org/XML/1998/namespace}lang") for one in root.iter("langSet")]
    assert sections == ["sv", "en", "ar", "fa-AF", "fa", "so", "ti", "ru", "es", "fr", "uk"]
    assert len(sections) == len(CODES)
    notes = [note.text for note in root.iter("termNote")][:5]
    assert notes == [
        "preferredTerm-admn-sts",
        "variant",
        "variant",
        "preferredTerm-admn-sts",
        "deprecatedTerm-admn-sts",
    ]


@pytest.mark.usefixtures("glossary")
def test_columns_that_are_not_there_leave_what_is() -> None:
    found = difference(csvfile.read("concept,ti\nhyra,ክራይ\n".encode()))
    (change,) = found.changes
    assert (found.languages, change.line) == ({"ti"}, 2)
    assert [(detail.language, detail.before, detail.after) for detail in change.details] == [("ti", "", "ክራይ")]
    assert change.after.of("en") == HYRA.of("en")


@pytest.mark.usefixtures("glossary")
def test_an_empty_cell_takes_a_term_away() -> None:
    (change,) = difference(csvfile.read(b"concept,en\nhyra,\n")).changes
    assert [(detail.before, detail.after) for detail in change.details] == [("rent", "")]


@pytest.mark.parametrize(
    ("content", "sentences"),
    [
        ("", ["Line 1: The first line must name the columns, “concept” among them."]),
        ("a,b\n", ["Line 1: The first line must name the columns, “concept” among them."]),
        ("concept,de\n", ["Line 1: There is no column “de”."]),
        ("concept,en,en\n", ["Line 1: A column stands there twice."]),
        ('"concept"x,en\n', ["Line 1: This can't be read as CSV (',' expected after '\"')."]),
        ("concept,en\n", ["There is no concept in the file."]),
        (
            "concept,en\nx\ny,b,c\n",
            ["Line 2: 1 cells, where there are 2 columns.", "Line 3: 3 cells, where there are 2 columns."],
        ),
        ('concept,en\nx,"a\nb"\nx,c\n', ["Line 4: “x” stands there already."]),
        ('concept,en\nx,a\ny,"b', ["Line 3: This can't be read as CSV (unexpected end of data)."]),
        ("concept,en,forbidden\nx,a,b\n", ["Line 2: A forbidden term is written as language:term, not “b”."]),
        ("concept,en,forbidden\nx,a,ar:b\n", ["Line 2: “ar” of a forbidden term has no column."]),
        (b"concept,en\nx,\xff\n", ["The file is not written in UTF-8."]),
        ("concept,en\nx,a\n".encode("utf-16"), ["The file is not written in UTF-8."]),
        ("concept,en\nx,a\0\n", ["The file is not a text file."]),
        (b"x" * (LARGEST + 1), ["The file is larger than 2 megabytes."]),
    ],
)
def test_a_csv_that_is_wrong_is_refused_with_its_line(content: bytes | str, sentences: list[str]) -> None:
    assert refusal(csvfile.read, content) == sentences


def test_a_csv_from_a_spreadsheet_is_read() -> None:
    (row,) = csvfile.read("\ufeffconcept,en\r\nx,  a  b | c\r\n,\r\n".encode())
    assert row.terms["en"].approved == ("a b", "c")


BOMB = """<?xml version="1.0"?><!DOCTYPE m [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>
<martif><text><body><termEntry id="c-x"><descrip type="definition">&b;</descrip></termEntry></body></text></martif>"""
OUTSIDE = """<?xml version="1.0"?><!DOCTYPE m [<!ENTITY a SYSTEM "file:///etc/passwd">]>
<martif><text><body><termEntry id="c-x"><descrip type="definition">&a;</descrip></termEntry></body></text></martif>"""
ENTITIES = "The file declares entities or asks for other files, which is not read."
BODY = "<martif><text><body>\n{}\n</body></text></martif>"


@pytest.mark.parametrize(
    ("content", "sentences"),
    [
        (BOMB, [ENTITIES]),
        (OUTSIDE, [ENTITIES]),
        ("", ["Line 1: This is not well-formed XML."]),
        ("<martif>\n<text>", ["Line 2: This is not well-formed XML."]),
        ("<html/>", ["Line 1: This is not a TBX file."]),
        ("<martif>" + "<a>" * 100_000, ["Line 1: This is not a TBX file."]),
        ('<?xml version="1.0" encoding="utf-16"?><martif/>'.encode("utf-16"), ["The file is not written in UTF-8."]),
        ('<?xml version="1.0" encoding="no-such"?><martif/>', ["There is no concept in the file."]),
        (BODY.format('<termEntry id="x"><langSet xml:lang="de"/></termEntry>'), ["Line 2: There is no language “de”."]),
        (BODY.format('<termEntry id="x"><langSet/></termEntry>'), ["Line 2: There is no language “”."]),
        (
            BODY.format('<termEntry id="x"><langSet xml:lang="fa-AF"/>\n<langSet xml:lang="prs"/></termEntry>'),
            ["Line 3: The language stands there twice."],
        ),
        (BODY.format('<termEntry id="x"/>\n<termEntry id="c-x"/>'), ["Line 3: “x” stands there already."]),
    ],
)
def test_a_tbx_that_is_wrong_or_hostile_is_refused_with_a_sentence(content: bytes | str, sentences: list[str]) -> None:
    assert refusal(tbx.read, content) == sentences


def test_a_tbx_of_others_is_read() -> None:
    content = """<?xml version="1.0" encoding="utf-8"?>
    <!DOCTYPE martif SYSTEM "TBXcoreStructV02.dtd">
    <tbx xmlns="urn:iso:std:iso:30042:ed-2" type="TBX-Basic"><text><body><conceptEntry id="c1">
    <langSec xml:lang="en-GB"><termSec><term>levy</term></termSec><termSec><term>the <hi>tax</hi></term>
    <termNote type="administrativeStatus">preferredTerm-admn-sts</termNote></termSec></langSec>
    </conceptEntry></body></text></tbx>"""
    (row,) = tbx.read(content.strip().encode())
    assert (row.key, row.fields, row.terms["en"].approved) == ("c1", {}, ("the tax", "levy"))


@both
def test_no_mutated_file_is_more_than_refused(write: Write, read: Callable[[bytes], list[Row]], name: str) -> None:
    whole = write([*ALL, PROPOSED])
    chance = random.Random(5)  # noqa: S311  (the same files every time)
    for _number in range(2000):
        content = bytearray(whole)
        for _mutation in range(chance.randint(1, 4)):
            at = chance.randrange(len(content))
            match chance.randrange(4):
                case 0:
                    content[at] = chance.randrange(256)
                case 1:
                    del content[at : at + chance.randint(1, 200)]
                case 2:
                    content[at:at] = chance.choice(
                        [
                            b"<",
                            b'"',
                            b"&x;",
                            b"\0",
                            b",",
                            b"|",
                            b"\n",
                            b"\xff",
                            b"]]>",
                            b"<!ENTITY x 'y'>",
                            b"<!DOCTYPE a [",
                        ]
                    )
                case _:
                    del content[max(at, 1) :]
        with suppress(FileRefusedError):
            for row in read(bytes(content)):
                problems(row.over(None))
