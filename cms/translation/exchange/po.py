"""PO files, out and in, through translate-toolkit: it knows the lines, and takes a file for no file's name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from importlib import import_module
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from cms.languages.registry import get
from cms.translation.exchange.formats import TextState
from cms.translation.exchange.texts import Part, Row, Text, clean, code_of, mark_of
from cms.translation.exchange.xliff1 import note_of

_ABOUT = re.compile(r"^(hash|was|state):[ \t]*(\S*)[ \t]*$", re.MULTILINE)
#: Line ends that a comment's line must not have.
_LINES = re.compile(r"[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+")


def write(parts: Iterable[Part], language: str) -> Iterator[bytes]:
    """The parts as a file, a page at a time. A machine's text is fuzzy: nobody has read it yet."""
    pypo = _pypo()
    target = get(language)
    store = pypo.pofile()
    store.updateheader(
        add=True,
        Project_Id_Version="Vägvisare",
        Language=target.tag.replace("-", "_"),
        MIME_Version="1.0",
        Content_Type="text/plain; charset=UTF-8",
        Content_Transfer_Encoding="8bit",
        Plural_Forms=target.plural,
    )
    # Whoever opens the file need not look through what we wrote.
    store.units[0].markfuzzy(False)
    yield bytes(store)
    for part in parts:
        yield "".join(f"\n{_entry(pypo, part, text)}" for text in part.texts).encode()


def _pypo() -> Any:
    """The toolkit's module, which has no types; imported where it is used."""
    return import_module("translate.storage.pypo")


def _entry(pypo: Any, part: Part, text: Text) -> Any:
    unit = pypo.pounit(text.source)
    unit.target = text.text
    unit.setcontext(text.id)
    lines = [
        f"{part.title}: {text.place}",
        part.preview,
        *([_("Order: %(comment)s") % {"comment": part.comment}] if part.comment else []),
        *(note_of(term) for term in text.terms),
        *(f"{match.likeness} %: {match.source} → {match.text}" for match in text.suggestions),
        f"hash: {text.hash}",
        f"was: {mark_of(text.text)}",
        f"state: {text.state.value}",
    ]
    unit.addnote("\n".join(_LINES.sub(" ", clean(line)) for line in lines), origin="developer")
    if text.state is TextState.MACHINE:
        unit.markfuzzy()
    return unit


def read(text: str) -> list[Row]:
    """The rows of a file. Raises ``ValidationError`` where it is no PO file, or doesn't name its language."""
    from translate.storage.base import ParseError

    pypo = _pypo()

    try:
        # In UTF-8 already, whatever the header says.
        store = pypo.pofile.parsestring(text.encode())
    except (ParseError, ValueError, IndexError, KeyError, AttributeError, UnicodeError) as error:
        raise ValidationError(
            _("This PO file is broken: %(why)s") % {"why": str(error).splitlines()[0][:200] if str(error) else "?"}
        ) from error
    header = next((unit for unit in store.units if unit.isheader()), None)
    named = re.search(r"^Language: *(\S+)", str(header.target), re.MULTILINE) if header is not None else None
    if named is None:
        raise ValidationError(_("The PO file has no header that names its language (“Language: ar”)."))
    language = code_of(named[1])
    return [_row(unit, language) for unit in store.units if not unit.isheader() and not unit.isobsolete()]


def _row(unit: Any, language: str) -> Row:
    row = Row(unit.line_number or 0, unit.getcontext(), language, source=clean(str(unit.source)))
    about = dict(_ABOUT.findall(unit.getnotes("developer")))
    row.hash, row.was, row.state = about.get("hash", ""), about.get("was"), about.get("state", "")
    if unit.hasplural():
        row.problem = _("A text has no plural forms here.")
    row.text, row.fuzzy = clean(str(unit.target)), unit.isfuzzy()
    if row.state == TextState.MACHINE and not row.fuzzy:
        # The translator has taken the mark away: she has read it.
        row.state = TextState.TRANSLATED
    return row
