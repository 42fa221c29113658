"""CSV, out and in: a text a row, for spreadsheets.

By Python's own reader: translate-toolkit's guesses columns and their separator, and has no lines' numbers.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from cms.translation.exchange.texts import Part, Row, Text, clean, code_of, mark_of
from cms.translation.exchange.xliff1 import note_of

_COLUMNS = (
    "id",
    "language",
    "page",
    "place",
    "source",
    "target",
    "state",
    "hash",
    "was",
    "comment",
    "terms",
    "memory",
    "preview",
)
_NEEDED = ("id", "language", "target")
#: What makes a spreadsheet take a cell for a formula; the apostrophe, so that it can be taken away again.
_MARKED = ("=", "+", "-", "@", "\t", "\r", "'")


def write(parts: Iterable[Part], language: str) -> Iterator[bytes]:
    """The parts as a file in UTF-8 with its mark (Excel needs it), a page at a time."""
    yield b"\xef\xbb\xbf" + _lines([_COLUMNS])
    for part in parts:
        yield _lines(_cells(part, text) for text in part.texts)


def _lines(rows: Iterable[Iterable[str]]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out)
    for row in rows:
        writer.writerow([f"'{cell}" if cell.startswith(_MARKED) else cell for cell in row])
    return out.getvalue().encode()


def _cells(part: Part, text: Text) -> tuple[str, ...]:
    return (
        text.id,
        part.language,
        clean(part.title),
        clean(text.place),
        text.source,
        text.text,
        text.state.value,
        text.hash,
        mark_of(text.text),
        part.comment,
        "\n".join(note_of(term) for term in text.terms),
        "\n".join(f"{match.likeness} %: {match.source} → {match.text}" for match in text.suggestions),
        part.preview,
    )


def read(text: str) -> list[Row]:
    """The rows of a file. Raises ``ValidationError`` where a column that is needed is missing."""
    first = text.partition("\n")[0]
    # Swedish spreadsheets save with semicolons.
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        header = [cell.strip().lower() for cell in next(reader, [])]
        missing = [name for name in _NEEDED if name not in header]
        if missing:
            raise ValidationError(
                _("The table lacks the column %(names)s. Its first row names the columns.")
                % {"names": ", ".join(f"“{name}”" for name in missing)}
            )
        return list(_rows(reader, header))
    except csv.Error as error:
        raise ValidationError(
            _("Line %(line)d of the table can't be read: %(why)s") % {"line": reader.line_num, "why": error}
        ) from error


def _rows(reader: Iterator[list[str]], header: list[str]) -> Iterator[Row]:
    end = getattr(reader, "line_num", 1)
    for cells in reader:
        line, end = end + 1, getattr(reader, "line_num", 0)
        if not any(cell.strip() for cell in cells):
            continue
        values = {name: _plain(cell) for name, cell in zip(header, cells, strict=False)}
        row = Row(
            line,
            values.get("id", "").strip(),
            code_of(values.get("language", "")),
            text=clean(values.get("target", "")),
            source=clean(values["source"]) if "source" in values else None,
            hash=values.get("hash", "").strip(),
            was=values["was"].strip() if "was" in values else None,
            state=values.get("state", "").strip(),
        )
        if len(cells) != len(header):
            row.problem = _("The row has %(here)d cells, the first row %(there)d.") % {
                "here": len(cells),
                "there": len(header),
            }
        yield row


def _plain(cell: str) -> str:
    return cell[1:] if cell[:1] == "'" and cell[1:].startswith(_MARKED) else cell
