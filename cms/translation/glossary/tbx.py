"""The glossary as TBX, ISO 30042 of 2008, in the data categories of its default (TBX-Basic's and the status).

What is read: martif files of any of its dialects, and the element names of the edition of 2019. Of a language
that a concept has no section for, the file says nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any
from xml.etree.ElementTree import Element, ElementTree, SubElement, TreeBuilder, indent
from xml.etree.ElementTree import ParseError as XmlError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser
from django.utils.translation import gettext as _

from cms.languages.registry import CODES, LANGUAGES, SOURCE, get
from cms.translation.glossary.entries import Entry, tidy
from cms.translation.glossary.models import Status
from cms.translation.glossary.rows import Fault, FileRefusedError, Row, Said, decoded, once

_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_LINE = "{urn:line}line"
_DOCTYPE = b'<?xml version="1.0" encoding="UTF-8"?>\n'
#: The state of a whole entry.
_WORKING = {Status.PROPOSED: "workingElement", Status.APPROVED: "consolidatedElement"}
_PREFERRED, _ADMITTED, _DEPRECATED = "preferredTerm-admn-sts", "admittedTerm-admn-sts", "deprecatedTerm-admn-sts"
_FORBIDDEN = {_DEPRECATED, "supersededTerm-admn-sts"}
_FORM = "variant"
#: Elements that have other names in the edition of 2019.
_SAME = {"conceptEntry": "termEntry", "langSec": "langSet", "termSec": "tig", "ntig": "tig"}
_DEEPEST = 30


def write(entries: Iterable[Entry], languages: Iterable[str] = CODES) -> bytes:
    """The concepts with their terms in ``languages``, and in Swedish."""
    codes = {SOURCE, *languages}
    root = Element("martif", {"type": "TBX", "xml:lang": get(SOURCE).tag})
    header = SubElement(root, "martifHeader")
    SubElement(SubElement(SubElement(header, "fileDesc"), "sourceDesc"), "p").text = "Vägvisare"
    SubElement(SubElement(header, "encodingDesc"), "p", {"type": "XCSURI"}).text = "TBXXCSV02.xcs"
    body = SubElement(SubElement(root, "text"), "body")
    for entry in entries:
        _write_entry(body, entry, codes)
    indent(root, " ")
    out = _Bytes()
    ElementTree(root).write(out, encoding="utf-8")
    return _DOCTYPE + out.content + b"\n"


class _Bytes:
    def __init__(self) -> None:
        self.content = b""

    def write(self, data: bytes) -> int:
        self.content += data
        return len(data)


def _write_entry(body: Element, entry: Entry, codes: set[str]) -> None:
    element = SubElement(body, "termEntry", {"id": f"c-{entry.key}"})
    group = SubElement(element, "descripGrp")
    SubElement(group, "descrip", {"type": "definition"}).text = entry.definition
    SubElement(group, "admin", {"type": "source"}).text = entry.source
    SubElement(element, "admin", {"type": "elementWorkingStatus"}).text = _WORKING[Status(entry.status)]
    if entry.source_url:
        SubElement(element, "xref", {"type": "externalCrossReference", "target": entry.source_url}).text = entry.source
    for code in CODES:
        if code in codes and entry.of(code):
            _write_language(element, entry, code)


def _write_language(element: Element, entry: Entry, code: str) -> None:
    terms = entry.of(code)
    section = SubElement(element, "langSet", {"xml:lang": get(code).tag})
    for number, text in enumerate(terms.approved):
        _write_term(section, text, "administrativeStatus", _ADMITTED if number else _PREFERRED)
    for text in terms.forms:
        _write_term(section, text, "termType", _FORM)
    for text in terms.forbidden:
        _write_term(section, text, "administrativeStatus", _DEPRECATED)


def _write_term(section: Element, text: str, kind: str, value: str) -> None:
    tig = SubElement(section, "tig")
    SubElement(tig, "term").text = text
    SubElement(tig, "termNote", {"type": kind}).text = value


class _Lines(TreeBuilder):
    """Builds the tree with each element's line in it, and no deeper than anybody needs."""

    parser: Any = None
    depth = 0

    def start(self, tag: Any, attrs: Any) -> Element:
        self.depth += 1
        if self.depth > _DEEPEST:
            raise FileRefusedError.whole(_("This is not a TBX file."), self.parser.CurrentLineNumber)
        name = tag.rpartition("}")[2]
        return super().start(_SAME.get(name, name), {**attrs, _LINE: str(self.parser.CurrentLineNumber)})

    def end(self, tag: Any) -> Element:
        self.depth -= 1
        name = tag.rpartition("}")[2]
        return super().end(_SAME.get(name, name))


def read(content: bytes) -> list[Row]:
    """The concepts of a file. Raises :class:`FileRefusedError` with everything that is wrong, by line.

    Entities and what lies outside of the file are refused, not resolved.
    """
    text = decoded(content)
    target = _Lines()
    # Read as UTF-8 whatever its first line says: that is what it was found to be.
    parser = DefusedXMLParser(target=target, encoding="utf-8")
    target.parser = parser.parser
    try:
        parser.feed(text.encode())
        root: Element = parser.close()
    except DefusedXmlException:
        raise FileRefusedError.whole(
            _("The file declares entities or asks for other files, which is not read.")
        ) from None
    except XmlError as error:
        line = error.position[0]
        raise FileRefusedError.whole(_("This is not well-formed XML."), line) from None
    except (ValueError, LookupError) as error:
        if isinstance(error, FileRefusedError):
            raise
        raise FileRefusedError.whole(_("This is not a TBX file.")) from None
    if root.tag not in {"martif", "tbx"}:
        raise FileRefusedError.whole(_("This is not a TBX file."), 1)
    rows, faults = [], []
    for element in root.iter("termEntry"):
        row, said = _read_entry(element)
        rows.append(row)
        faults += said
    if faults:
        raise FileRefusedError(faults)
    return once(rows)


def _read_entry(element: Element) -> tuple[Row, list[Fault]]:
    line = int(element.get(_LINE, "0"))
    fields: dict[str, str] = {}
    for name, kind in (("definition", "definition"), ("source", "source"), ("status", "elementWorkingStatus")):
        found = next((child for child in _own(element) if child.get("type") == kind), None)
        if found is not None:
            fields[name] = _text(found)
    if "status" in fields:
        fields["status"] = Status.APPROVED if fields["status"] == _WORKING[Status.APPROVED] else Status.PROPOSED
    reference = next((child for child in _own(element) if child.get("type") == "externalCrossReference"), None)
    if reference is not None:
        fields["source_url"] = reference.get("target", "").strip()
    elif fields:
        fields["source_url"] = ""
    terms: dict[str, Said] = {}
    faults = []
    for section in element.iter("langSet"):
        tag = section.get(_LANG, "")
        code = _code(tag)
        at = int(section.get(_LINE, "0"))
        if code is None:
            faults.append(Fault(at, _("There is no language “%(code)s”.") % {"code": tag[:40]}))
        elif code in terms:
            faults.append(Fault(at, _("The language stands there twice.")))
        else:
            terms[code] = _read_language(section)
    return Row(line, element.get("id", "").removeprefix("c-"), fields, terms), faults


def _own(element: Element) -> Iterator[Element]:
    """What is below the entry but not of one language."""
    for child in element:
        if child.tag != "langSet":
            yield from child.iter()


def _read_language(section: Element) -> Said:
    approved: list[str] = []
    forbidden: list[str] = []
    forms: list[str] = []
    for tig in section.iter("tig"):
        notes = {note.get("type"): _text(note) for note in tig.iter("termNote")}
        term = _text(next(tig.iter("term"), None))
        status = notes.get("administrativeStatus", "")
        if not term:
            continue
        if status in _FORBIDDEN:
            forbidden.append(term)
        elif notes.get("termType") == _FORM and not status:
            forms.append(term)
        else:
            approved.insert(0 if status == _PREFERRED else len(approved), term)
    return Said(tuple(approved), tuple(forbidden), tuple(forms))


def _text(element: Element | None) -> str:
    return tidy("".join(element.itertext())) if element is not None else ""


def _code(tag: str) -> str | None:
    wanted = tag.lower().replace("_", "-")
    exact = {name.lower(): language.code for language in LANGUAGES for name in (language.code, language.tag)}
    return exact.get(wanted) or exact.get(wanted.partition("-")[0])
