"""XLIFF 1.2, out and in. https://docs.oasis-open.org/xliff/v1.2/os/xliff-core.html

Written and read element by element: translate-toolkit has neither the hash of the source nor a line's number.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from cms.languages.registry import SOURCE, get
from cms.translation.exchange.formats import TextState
from cms.translation.exchange.inline import Unreadable, add, coded_of, fill
from cms.translation.exchange.texts import Part, Row, Term, Text, clean, code_of, mark_of

NAMESPACE = "urn:oasis:names:tc:xliff:document:1.2"
_NS = f"{{{NAMESPACE}}}"
_PLACE, _HASH, _WAS = "x-place", "x-source-hash", "x-target-hash"
_CTYPE = {"b": "bold", "i": "italic", "a": "link", "br": "lb"}
_STATES = {
    TextState.NEW: {"state": "new"},
    TextState.NEEDS: {"state": "needs-translation"},
    TextState.MACHINE: {"state": "needs-review-translation", "state-qualifier": "mt-suggestion"},
    TextState.TRANSLATED: {"state": "translated"},
    TextState.FINAL: {"state": "final"},
}


def write(parts: Iterable[Part], language: str) -> Iterator[bytes]:
    """The parts as a file, a page at a time."""
    from lxml import etree

    yield f'<?xml version="1.0" encoding="UTF-8"?>\n<xliff xmlns="{NAMESPACE}" version="1.2">\n'.encode()
    for part in parts:
        yield etree.tostring(_file(part), encoding="UTF-8") + b"\n"
    yield b"</xliff>\n"


def _file(part: Part) -> Any:
    from lxml import etree

    root = etree.Element(_NS + "xliff", nsmap={None: NAMESPACE})
    file = add(
        root,
        _NS + "file",
        original=part.key,
        datatype="html",
        **{"source-language": get(SOURCE).tag, "target-language": get(part.language).tag},
    )
    file.text, file.tail = "\n", None
    header = add(file, _NS + "header")
    header.text = "\n"
    reference = add(header, _NS + "reference")
    add(reference, _NS + "external-file", href=part.preview)
    add(header, _NS + "note", clean(part.title), **{"from": "title"})
    if part.comment:
        add(header, _NS + "note", part.comment, **{"from": "order"})
    body = add(file, _NS + "body")
    body.text = "\n"
    for text in part.texts:
        _unit(body, text)
    return file


def _unit(body: Any, text: Text) -> None:
    unit = add(body, _NS + "trans-unit", id=text.id, xml_space="preserve")
    unit.text = "\n"

    def make(parent: Any, number: int, void: bool) -> Any:
        from lxml import etree

        kind = text.kinds.get(number, "")
        attributes = {"id": str(number)} | ({"ctype": _CTYPE[kind]} if kind in _CTYPE else {})
        return etree.SubElement(parent, _NS + ("x" if void else "g"), attributes)

    fill(add(unit, _NS + "source"), text.source, make)
    fill(add(unit, _NS + "target", **_STATES[text.state]), text.text, make)
    group = add(unit, _NS + "context-group", purpose="information")
    add(group, _NS + "context", clean(text.place), **{"context-type": _PLACE})
    add(group, _NS + "context", text.hash, **{"context-type": _HASH})
    add(group, _NS + "context", mark_of(text.text), **{"context-type": _WAS})
    for term in text.terms:
        add(unit, _NS + "note", note_of(term), **{"from": "glossary"})
    for match in text.suggestions:
        found = add(unit, _NS + "alt-trans", origin=match.origin or "memory", **{"match-quality": f"{match.likeness}%"})
        fill(add(found, _NS + "source"), match.source, make)
        fill(add(found, _NS + "target"), match.text, make)


def note_of(term: Term) -> str:
    """A term in one line: «personnummer = رقم شخصي; not: رقم; a number that…»."""
    parts = [f"{term.source} = {', '.join(term.approved) or '?'}"]
    if term.forbidden:
        parts.append(_("not: %(terms)s") % {"terms": ", ".join(term.forbidden)})
    if term.definition:
        parts.append(term.definition)
    return clean("; ".join(parts))


def read(root: Any) -> list[Row]:
    """The rows of a parsed file. Raises ``ValidationError`` where it is not from Swedish."""
    rows: list[Row] = []
    for file in root.iter(_NS + "file"):
        if code_of(file.get("source-language", "")) != SOURCE:
            raise ValidationError(_("The file's source language must be Swedish (sv)."))
        language = code_of(file.get("target-language", ""))
        rows += [_row(unit, language) for unit in file.iter(_NS + "trans-unit")]
    return rows


def _row(unit: Any, language: str) -> Row:
    row = Row(unit.sourceline or 0, unit.get("id", ""), language)
    contexts = {one.get("context-type"): (one.text or "").strip() for one in unit.iter(_NS + "context")}
    row.hash, row.was = contexts.get(_HASH, ""), contexts.get(_WAS)
    source, target = unit.find(_NS + "source"), unit.find(_NS + "target")
    try:
        row.source = clean(coded_of(source, NAMESPACE)) if source is not None else None
        if target is not None:
            row.text = clean(coded_of(target, NAMESPACE))
            row.state = _state(target)
    except Unreadable as error:
        row.problem = str(error)
    return row


def _state(target: Any) -> str:
    for state, attributes in _STATES.items():
        if all(target.get(name) == value for name, value in attributes.items()):
            return state.value
    return ""
