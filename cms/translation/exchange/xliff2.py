"""XLIFF 2.1, out and in. https://docs.oasis-open.org/xliff/xliff-core/v2.1/os/xliff-core-v2.1-os.html

With its modules for translation candidates, glossary and metadata. Written and read element by element:
translate-toolkit keeps neither ``pc`` and ``ph`` nor the modules.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from cms.languages.registry import SOURCE, get
from cms.translation.exchange.formats import TextState
from cms.translation.exchange.inline import Unreadable, add, coded_of, fill
from cms.translation.exchange.texts import Part, Row, Text, clean, code_of, mark_of
from cms.translation.exchange.xliff1 import note_of

NAMESPACE = "urn:oasis:names:tc:xliff:document:2.0"
MATCHES = "urn:oasis:names:tc:xliff:matches:2.0"
GLOSSARY = "urn:oasis:names:tc:xliff:glossary:2.0"
METADATA = "urn:oasis:names:tc:xliff:metadata:2.0"
_NS, _MTC, _GLS, _MDA = (f"{{{one}}}" for one in (NAMESPACE, MATCHES, GLOSSARY, METADATA))
_NSMAP = {None: NAMESPACE, "mtc": MATCHES, "gls": GLOSSARY, "mda": METADATA}
_HASH, _WAS = "source-hash", "target-hash"
_KINDS = {
    "b": {"type": "fmt", "subType": "xlf:b"},
    "i": {"type": "fmt", "subType": "xlf:i"},
    "a": {"type": "link"},
    "br": {"type": "fmt", "subType": "xlf:lb"},
}
_STATES = {
    TextState.NEW: {"state": "initial"},
    TextState.NEEDS: {"state": "initial", "subState": "vagvisare:needs-translation"},
    TextState.MACHINE: {"state": "translated", "subState": "vagvisare:machine"},
    TextState.TRANSLATED: {"state": "translated"},
    TextState.FINAL: {"state": "final"},
}
_CODE_POINT = re.compile(r"[0-9A-Fa-f]{1,6}")


def write(parts: Iterable[Part], language: str) -> Iterator[bytes]:
    """The parts as a file, a page at a time."""
    from lxml import etree

    names = "".join(f' xmlns{":" + prefix if prefix else ""}="{uri}"' for prefix, uri in _NSMAP.items())
    languages = f'srcLang="{get(SOURCE).tag}" trgLang="{get(language).tag}"'
    yield f'<?xml version="1.0" encoding="UTF-8"?>\n<xliff{names} version="2.1" {languages}>\n'.encode()
    for part in parts:
        yield etree.tostring(_file(part), encoding="UTF-8") + b"\n"
    yield b"</xliff>\n"


def _file(part: Part) -> Any:
    from lxml import etree

    root = etree.Element(_NS + "xliff", nsmap=_NSMAP)
    file = add(root, _NS + "file", id=part.key, original=part.preview, trgDir=get(part.language).direction)
    file.text, file.tail = "\n", None
    notes = add(file, _NS + "notes")
    for category, said in (("title", part.title), ("preview", part.preview), ("order", part.comment)):
        if said:
            add(notes, _NS + "note", clean(said), category=category)
    for text in part.texts:
        _unit(file, text)
    return file


def _unit(file: Any, text: Text) -> None:
    from lxml import etree

    def make(parent: Any, number: int, void: bool) -> Any:
        attributes = {"id": str(number)} | _KINDS.get(text.kinds.get(number, ""), {})
        return etree.SubElement(parent, _NS + ("ph" if void else "pc"), attributes)

    unit = add(file, _NS + "unit", id=text.unit, canResegment="no")
    unit.text = "\n"
    if text.suggestions:
        matches = add(unit, _MTC + "matches")
        for match in text.suggestions:
            # What it is a match of: the segment, by its id.
            found = add(
                matches,
                _MTC + "match",
                ref="#s",
                type="tm",
                matchQuality=str(match.likeness),
                origin=match.origin or "memory",
            )
            fill(add(found, _NS + "source", xml_space="preserve"), match.source, make)
            fill(add(found, _NS + "target", xml_space="preserve"), match.text, make)
    terms = [term for term in text.terms if term.approved or term.definition]
    if terms:
        glossary = add(unit, _GLS + "glossary")
        for term in terms:
            entry = add(glossary, _GLS + "glossEntry", ref="#s")
            add(entry, _GLS + "term", term.source)
            for approved in term.approved:
                add(entry, _GLS + "translation", clean(approved))
            if term.definition:
                add(entry, _GLS + "definition", term.definition)
    metadata = add(unit, _MDA + "metadata")
    group = add(metadata, _MDA + "metaGroup", category="vagvisare")
    add(group, _MDA + "meta", text.hash, type=_HASH)
    add(group, _MDA + "meta", mark_of(text.text), type=_WAS)
    notes = add(unit, _NS + "notes")
    add(notes, _NS + "note", clean(text.place), category="place")
    for term in text.terms:
        if term.forbidden:
            add(notes, _NS + "note", note_of(term), category="glossary")
    segment = add(unit, _NS + "segment", id="s", **_STATES[text.state])
    fill(add(segment, _NS + "source", xml_space="preserve"), text.source, make)
    if text.text:
        fill(add(segment, _NS + "target", xml_space="preserve"), text.text, make)


def read(root: Any) -> list[Row]:
    """The rows of a parsed file. Raises ``ValidationError`` where it is not from Swedish."""
    if code_of(root.get("srcLang", "")) != SOURCE:
        raise ValidationError(_("The file's source language must be Swedish (sv)."))
    language = code_of(root.get("trgLang", ""))
    return [
        _row(unit, f"{file.get('id', '')}#{unit.get('id', '')}", language)
        for file in root.iter(_NS + "file")
        for unit in file.iter(_NS + "unit")
    ]


def _row(unit: Any, id_: str, language: str) -> Row:
    row = Row(unit.sourceline or 0, id_, language)
    metas = {one.get("type"): (one.text or "").strip() for one in unit.iter(_MDA + "meta")}
    row.hash, row.was = metas.get(_HASH, ""), metas.get(_WAS)
    parts = [child for child in unit if child.tag in (_NS + "segment", _NS + "ignorable")]
    try:
        row.source = "".join(_coded(part.find(_NS + "source")) for part in parts)
        targets = [part.find(_NS + "target") for part in parts]
        if any(target is not None and target.get("order") for target in targets):
            row.problem = _("The segments of a text were put in another order; join them before they are sent.")
        row.text = "".join(
            # Of what is between two segments the source stands where the translation says nothing.
            _coded(target if target is not None or part.tag == _NS + "segment" else part.find(_NS + "source"))
            for part, target in zip(parts, targets, strict=True)
        )
        row.state = _state([part for part in parts if part.tag == _NS + "segment"])
    except Unreadable as error:
        row.problem = str(error)
    return row


def _coded(element: Any) -> str:
    if element is None:
        return ""
    for point in list(element.iter(_NS + "cp")):
        # A character that XML can't hold; no text of ours has one.
        if not _CODE_POINT.fullmatch(point.get("hex", "")):
            raise Unreadable(_("<%(name)s> is no formatting of the file that was sent out.") % {"name": "cp"})
        point.tag, point.text = _NS + "mrk", ""
    return clean(coded_of(element, NAMESPACE))


def _state(segments: list[Any]) -> str:
    said = {(segment.get("state", "initial"), segment.get("subState")) for segment in segments}
    for state, attributes in _STATES.items():
        if said == {(attributes["state"], attributes.get("subState"))}:
            return state.value
    return ""
