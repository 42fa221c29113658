"""Files out and in: :func:`export` and :func:`read`. What a file changes is said by ``compare``."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from cms.translation.exchange import po, table, xliff1, xliff2
from cms.translation.exchange.collect import parts_of, room_path
from cms.translation.exchange.formats import MOST_ROWS, Format
from cms.translation.exchange.guard import Upload, is_xml, text_of, xml_root
from cms.translation.exchange.texts import Part, Row
from cms.translation.models import TranslationRecord

_WRITERS: dict[Format, Callable[[Iterable[Part], str], Iterator[bytes]]] = {
    Format.XLIFF_1: xliff1.write,
    Format.XLIFF_2: xliff2.write,
    Format.PO: po.write,
    Format.CSV: table.write,
}


def export(
    records: Iterable[TranslationRecord], kind: str, path: Callable[[TranslationRecord], str] = room_path
) -> Iterator[bytes]:
    """The records' texts as a file, a page at a time; five queries a page, and the memory's and glossary's.

    All of one language. ``path`` gives the address on this site at which a record is translated.
    Whoever calls has asked the policy. Raises ``ValidationError`` where there is nothing to send out,
    or more languages than one.
    """
    records = list(records)
    languages = {record.language for record in records}
    if len(languages) != 1:
        raise ValidationError(
            _("A file holds texts of one language: choose the language.")
            if languages
            else _("There is nothing to send out.")
        )
    return _WRITERS[Format(kind)](parts_of(records, path), languages.pop())


def read(file: Upload) -> tuple[Format, list[Row]]:
    """The file's format, by what stands in it, and its rows. Raises ``ValidationError`` with a sentence.

    Nothing is compared or written here. A row that can't be read says so in ``problem``.
    """
    text = text_of(file)
    name = (file.name or "").lower()
    if is_xml(text):
        kind, rows = _xliff(xml_root(text))
    elif name.endswith((".po", ".pot")) or (not name.endswith(".csv") and "msgid" in text):
        kind, rows = Format.PO, po.read(text)
    else:
        kind, rows = Format.CSV, table.read(text)
    if not rows:
        raise ValidationError(_("The file holds no texts."))
    if len(rows) > MOST_ROWS:
        raise ValidationError(_("The file holds more than %(count)d texts. Divide it.") % {"count": MOST_ROWS})
    return kind, rows


def _xliff(root: Any) -> tuple[Format, list[Row]]:
    version = str(root.get("version", ""))
    if root.tag == f"{{{xliff1.NAMESPACE}}}xliff":
        return Format.XLIFF_1, xliff1.read(root)
    if root.tag == f"{{{xliff2.NAMESPACE}}}xliff" and version.startswith("2."):
        return Format.XLIFF_2, xliff2.read(root)
    raise ValidationError(_("This is no XLIFF file of version 1.2 or 2.1."))
