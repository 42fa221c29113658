"""The files are what their standards say, and open in other programs."""

from __future__ import annotations

import csv
import io
import os
from importlib import import_module
from pathlib import Path
from typing import Any

import polib
import pytest
from lxml import etree

from cms.translation.exchange.formats import Format
from cms.translation.markup import tags_of, to_coded
from cms.translation.models import Order, OrderItem, Origin, TranslationRecord
from cms.translation.work import NewText, save_texts
from pages.models import BasePage
from tests.factories import publish
from tests.translation.exchange.conftest import file_of, fill, record_of, unit_of, units

pytestmark = pytest.mark.django_db
#: Without types.
pypo, xliff, xliff2 = (import_module(f"translate.storage.{name}") for name in ("pypo", "xliff", "xliff2"))

ONE = "urn:oasis:names:tc:xliff:document:1.2"
TWO = "urn:oasis:names:tc:xliff:document:2.0"
#: A folder with OASIS's schemas (xliff-core-1.2-transitional.xsd, xliff_core_2.0.xsd and its modules), which are
#: not the project's to hand on. Where it is given, the files are held against them too.
SCHEMAS = os.environ.get("XLIFF_SCHEMAS")


@pytest.fixture
def translated(rich: BasePage) -> TranslationRecord:
    """Every kind of block, every state, a changed text, an order with a comment, glossary and memory as they are."""
    record = record_of(rich)
    fill(record, None)
    machine = units(record)[1]
    save_texts(record, [NewText(machine.id, to_coded(machine.source, tags_of(machine.source)), Origin.MACHINE)], None)
    changed = units(record)[2]
    assert changed.path == "search_description" or changed.text
    order = Order.objects.create(token="t", comment="Bråttom & <viktigt>")
    record.item = OrderItem.objects.create(order=order, record=record)
    record.save()
    title = rich.title
    publish(rich, title=f"{title} idag")
    return record_of(rich)


def names(element: Any) -> list[str]:
    return [etree.QName(child).localname for child in element]


# --- XLIFF 1.2 ------------------------------------------------------------------------------------


def test_xliff_1_is_built_as_the_standard_says(translated: TranslationRecord) -> None:
    root = etree.fromstring(file_of(translated, Format.XLIFF_1))
    assert (root.tag, root.get("version"), names(root)) == (f"{{{ONE}}}xliff", "1.2", ["file"])
    (file,) = root
    assert set(file.attrib) == {"original", "datatype", "source-language", "target-language"}
    assert names(file) == ["header", "body"]
    assert set(names(file[0])) <= {"reference", "note"}
    seen: set[str] = set()
    for unit in file[1]:
        assert etree.QName(unit).localname == "trans-unit"
        assert unit.get("id") not in seen
        seen.add(unit.get("id"))
        assert names(unit)[:2] == ["source", "target"]
        assert set(names(unit)[2:]) <= {"context-group", "note", "alt-trans"}
        assert unit[1].get("state") in {"new", "needs-translation", "needs-review-translation", "translated", "final"}
        for text in (unit[0], unit[1]):
            ids = [child.get("id") for child in text.iterdescendants()]
            assert len(ids) == len(set(ids))
            assert {etree.QName(child).localname for child in text.iterdescendants()} <= {"g", "x"}
            assert all(not len(x) and not x.text for x in text.iter(f"{{{ONE}}}x"))
    assert len(seen) == len(units(translated))


def test_xliff_1_says_formatting_state_place_order_and_address(translated: TranslationRecord) -> None:
    data = file_of(translated, Format.XLIFF_1).decode()
    assert '<g id="1" ctype="bold">' in data
    assert 'ctype="link"' in data
    assert 'ctype="lb"/>' in data
    assert '<note from="order">Bråttom &amp; &lt;viktigt&gt;</note>' in data
    assert f"/admin/translation/{translated.pk}/" in data
    assert '<context context-type="x-place">block 1 (text)</context>' in data
    assert 'state-qualifier="mt-suggestion"' in data


# --- XLIFF 2.1 ------------------------------------------------------------------------------------

_MODULES = {
    "urn:oasis:names:tc:xliff:matches:2.0": "matches",
    "urn:oasis:names:tc:xliff:glossary:2.0": "glossary",
    "urn:oasis:names:tc:xliff:metadata:2.0": "metadata",
}


def test_xliff_2_is_built_as_the_standard_says(translated: TranslationRecord) -> None:
    root = etree.fromstring(file_of(translated, Format.XLIFF_2))
    assert (root.tag, root.get("version"), root.get("srcLang"), root.get("trgLang")) == (
        f"{{{TWO}}}xliff",
        "2.1",
        "sv",
        "ar",
    )
    (file,) = root
    assert names(file)[0] == "notes"
    assert set(names(file)[1:]) == {"unit"}
    seen: set[str] = set()
    for unit in file[1:]:
        # An NMTOKEN, once a file.
        assert unit.get("id").replace("-", "").isdigit()
        assert unit.get("id") not in seen
        seen.add(unit.get("id"))
        core = [child for child in unit if etree.QName(child).namespace == TWO]
        modules = [etree.QName(child) for child in unit if child not in core]
        assert all(_MODULES[one.namespace] == one.localname for one in modules)
        # The modules come first, each once.
        assert list(unit)[len(modules) :] == core
        assert len({one.localname for one in modules}) == len(modules)
        assert [etree.QName(child).localname for child in core] == ["notes", "segment"]
        segment = core[1]
        assert names(segment) in (["source"], ["source", "target"])
        assert segment.get("state") in {"initial", "translated", "final"}
        ids = [segment.get("id"), *(child.get("id") for child in segment[0].iterdescendants())]
        assert len(ids) == len(set(ids))
        assert {etree.QName(child).localname for child in segment[0].iterdescendants()} <= {"pc", "ph"}
        if len(segment) == 2:
            # A tag of the translation is one of the source's.
            assert {child.get("id") for child in segment[1].iterdescendants()} <= set(ids)
        for reference in unit.iterdescendants():
            assert reference.get("ref", "#s") == "#s"


def test_xliff_2_says_formatting_state_place_order_and_address(translated: TranslationRecord) -> None:
    data = file_of(translated, Format.XLIFF_2).decode()
    assert '<pc id="1" type="fmt" subType="xlf:b">' in data
    assert 'type="link">' in data
    assert 'type="fmt" subType="xlf:lb"/>' in data
    assert '<note category="order">Bråttom &amp; &lt;viktigt&gt;</note>' in data
    assert f"/admin/translation/{translated.pk}/" in data
    assert 'trgDir="rtl"' in data
    assert 'subState="vagvisare:machine"' in data


@pytest.mark.skipif(not SCHEMAS, reason="XLIFF_SCHEMAS names no folder")
@pytest.mark.parametrize(
    ("kind", "schemas"),
    [
        (Format.XLIFF_1, ["xliff-core-1.2-transitional.xsd"]),
        (Format.XLIFF_2, ["xliff_core_2.0.xsd", "matches.xsd", "glossary.xsd", "metadata.xsd"]),
    ],
)
def test_xliff_is_valid_against_the_official_schemas(
    translated: TranslationRecord, kind: Format, schemas: list[str]
) -> None:
    root = etree.fromstring(file_of(translated, kind))
    namespaces = {
        (xsd := etree.parse(str(Path(str(SCHEMAS)) / name))).getroot().get("targetNamespace"): etree.XMLSchema(xsd)
        for name in schemas
    }
    own = ONE if kind is Format.XLIFF_1 else TWO
    namespaces[own].assertValid(root)
    for element in root.iter():
        # Of a module the outermost element: those of the core lie within it.
        name = etree.QName(element)
        if name.namespace != own and etree.QName(element.getparent()).namespace == own:
            namespaces[name.namespace].assertValid(element)


# --- Other programs -------------------------------------------------------------------------------


def test_translate_toolkit_opens_xliff(translated: TranslationRecord) -> None:
    sources = [to_coded(unit.source, tags_of(unit.source)) for unit in units(translated)]
    plain = [source for source in sources if "⟦" not in source]
    for store in (
        xliff.xlifffile.parsestring(file_of(translated, Format.XLIFF_1)),
        xliff2.Xliff2File.parsestring(file_of(translated, Format.XLIFF_2)),
    ):
        assert store.gettargetlanguage() == "ar"
        assert len(store.units) == len(sources)
        assert [unit.source for unit in store.units if unit.source in plain] == plain


def test_translate_toolkit_and_polib_open_po(translated: TranslationRecord) -> None:
    data = file_of(translated, Format.PO)
    sources = [to_coded(unit.source, tags_of(unit.source)) for unit in units(translated)]
    store = pypo.pofile.parsestring(data)
    assert [str(unit.source) for unit in store.units if not unit.isheader()] == sources
    opened = polib.pofile(data.decode())
    assert opened.metadata["Language"] == "ar"
    assert [entry.msgid for entry in opened] == sources
    assert len(opened.fuzzy_entries()) == 1


def test_a_spreadsheet_reads_csv_and_finds_no_formula(record: TranslationRecord) -> None:
    unit = unit_of(record, "A &amp; B")
    assert save_texts(record, [NewText(unit.id, '=HYPERLINK("x")')], None) == []
    data = file_of(record, Format.CSV)
    assert data.startswith(b"\xef\xbb\xbfid,language,")
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
    assert [row["target"] for row in rows if row["source"] == "A & B"] == ['\'=HYPERLINK("x")']
    assert {row["language"] for row in rows} == {"ar"}


# --- Help -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (Format.XLIFF_1, ['origin="earlier" match-quality="71%"', "<target>قبل</target>", "needs-translation"]),
        (Format.XLIFF_2, ['matchQuality="71" origin="earlier"', ">قبل</target>", "needs-translation"]),
        (Format.PO, ["71 %: A & B → قبل", "state: needs-translation"]),
        (Format.CSV, ["71 %: A & B → قبل", ",needs-translation,"]),
    ],
)
def test_a_changed_text_takes_along_what_it_was_before(
    source: BasePage, record: TranslationRecord, kind: Format, expected: list[str]
) -> None:
    unit = unit_of(record, "A &amp; B")
    assert save_texts(record, [NewText(unit.id, "قبل")], None) == []
    body = [dict(block) for block in source.body.raw_data]
    body[3] |= {"value": "<p>A &amp; B &amp; C</p>"}
    publish(source, body=body)
    data = file_of(record_of(source), kind).decode()
    assert [part for part in expected if part not in data] == []
