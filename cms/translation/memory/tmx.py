"""TMX 1.4, out and in.

Written and read here and not by translate-toolkit: its TMX is one tree in memory and takes a segment's
inline tags for text, so that neither a large memory nor a text with formatting makes the journey. What
is written here opens there; tests hold that.

A tag of the numbered form is TMX's own: ``⟦1⟧`` is ``<bpt i="1" x="1"/>``, ``⟦/1⟧`` is
``<ept i="1"/>``, ``⟦2/⟧`` is ``<ph x="2"/>``. Tags of another house are numbered in the source's order.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import IO, Any
from xml.etree.ElementTree import ParseError
from xml.sax.saxutils import escape, quoteattr

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.languages.registry import BY_CODE, SOURCE
from cms.translation.memory.models import MemoryEntry, MemoryOrigin
from cms.translation.memory.store import Approved, Kept, put
from cms.translation.memory.tmx_units import Target

#: Bytes of a file that somebody sends through the browser, and of one that a command reads.
LARGEST_UPLOAD = 10 * 1024 * 1024
LARGEST_FILE = 500 * 1024 * 1024
_BATCH = 1000
_BLOCK = 64 * 1024
_DATE = "%Y%m%dT%H%M%SZ"

_MARK = re.compile(r"⟦(/?)(\d+)(/?)⟧")
#: What no XML file can hold.
_NOT_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff￾￿]")

# --- out ------------------------------------------------------------------------------------------


def write(language: str) -> Iterator[bytes]:
    """The memory of a language as a TMX file in UTF-8, piece by piece, with places and domains; without people."""
    yield (
        '<?xml version="1.0" encoding="UTF-8"?>\n<tmx version="1.4">\n'
        '<header creationtool="Vagvisare" creationtoolversion="1" segtype="block" o-tmf="Vagvisare" '
        f'adminlang="en" srclang="{BY_CODE[SOURCE].tag}" datatype="html"/>\n<body>\n'
    ).encode()
    entries = MemoryEntry.objects.filter(language=language).select_related("source").order_by("pk")
    for entry in entries.iterator(chunk_size=_BATCH):
        yield _unit(entry).encode()
    yield b"</body>\n</tmx>\n"


def _unit(entry: MemoryEntry) -> str:
    properties = {"x-domain": entry.domain, "x-origin": entry.origin}
    if entry.translation_key:
        properties |= {"x-page": str(entry.translation_key), "x-path": entry.path}
    return (
        f'<tu changedate="{entry.approved_at.astimezone(datetime.UTC):{_DATE}}">\n'
        + "".join(f"<prop type={quoteattr(name)}>{_text(value)}</prop>\n" for name, value in properties.items())
        + f'<tuv xml:lang="{BY_CODE[SOURCE].tag}"><seg>{_segment(entry.source.coded)}</seg></tuv>\n'
        + f'<tuv xml:lang="{BY_CODE[entry.language].tag}"><seg>{_segment(entry.text)}</seg></tuv>\n</tu>\n'
    )


def _text(text: str) -> str:
    # A line's end would be read as another one.
    return escape(_NOT_XML.sub("", text), {"\r": "&#13;"})


def _segment(coded: str) -> str:
    def tag(match: re.Match[str]) -> str:
        closes, number, void = match.groups()
        if void:
            return f'<ph x="{number}"/>'
        return f'<ept i="{number}"/>' if closes else f'<bpt i="{number}" x="{number}"/>'

    return _MARK.sub(tag, _text(coded))


# --- in -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Imported:
    """What came of a file: texts kept, and how many were left out, by the reason, for people."""

    kept: Kept
    refused: dict[str, int]


@transaction.atomic
def read(file: IO[bytes], language: str, user: Any, largest: int = LARGEST_UPLOAD) -> Imported:
    """Put a TMX file's texts from Swedish into ``language`` into the memory, as approved by ``user``.

    A text that is no good by itself is left out and counted. Raises ``ValidationError`` with a
    sentence, and writes nothing, where the file is too large, is no TMX or can't be read to its end,
    has entities or refers to others, or has nothing in the two languages.
    """
    target = Target(language)
    kept, now = Kept(), timezone.now()
    for batch in _batches(_parsed(file, target, largest), target):
        kept += put(language, batch, MemoryOrigin.TMX, user, now)
    if not target.is_tmx:
        raise ValidationError(_("This is not a TMX file. Nothing was changed."))
    if not target.found:
        raise ValidationError(
            _("The file has no texts from Swedish into %(language)s. Nothing was changed.")
            % {"language": BY_CODE[language].autonym}
        )
    return Imported(kept, target.refused)


def _batches(steps: Iterable[None], target: Target) -> Iterator[list[Approved]]:
    for _step in steps:
        while len(target.texts) >= _BATCH:
            yield target.texts[:_BATCH]
            del target.texts[:_BATCH]
    yield target.texts


def _parsed(file: IO[bytes], target: Target, largest: int) -> Iterator[None]:
    """Feed the file to ``target``, a step a block. Raises ``ValidationError``."""
    parser = DefusedXMLParser(target=target, forbid_dtd=False, forbid_entities=True, forbid_external=True)
    size = 0
    try:
        while block := file.read(_BLOCK):
            size += len(block)
            if size > largest:
                raise ValidationError(
                    _("The file is larger than %(size)d MB. Nothing was changed.") % {"size": largest // 1024 // 1024}
                )
            parser.feed(block)
            yield
        parser.close()
    except DefusedXmlException as error:
        raise ValidationError(
            _("The file defines or refers to entities, which no translation memory needs. Nothing was changed.")
        ) from error
    # Expat answers an encoding that it doesn't know by what Python says of it.
    except (ParseError, ValueError, LookupError) as error:
        line = getattr(error, "position", (0, 0))[0]
        sentence = (
            _("The file can't be read: it is broken off, damaged or in another encoding than it says (line %(line)d).")
            if line
            else _("The file can't be read: it is broken off, damaged or in another encoding than it says.")
        )
        raise ValidationError(f"{sentence % {'line': line}} {_('Nothing was changed.')}") from error
    yield
