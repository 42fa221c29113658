"""The glossary as CSV: UTF-8, commas, a line a concept, terms of a language apart by ``|``.

A file may hold some of the columns: of the others it says nothing. ``concept`` is the one that it must have.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from django.utils.translation import gettext as _

from cms.languages.registry import CODES, SOURCE
from cms.translation.glossary.entries import Entry, tidy
from cms.translation.glossary.rows import Fault, FileRefusedError, Row, Said, decoded, once, several

KEY, FORBIDDEN, FORMS = "concept", "forbidden", f"{SOURCE}_forms"
FIELDS = ("definition", "source", "source_url", "status")
COLUMNS = (KEY, *FIELDS, SOURCE, FORMS, *(code for code in CODES if code != SOURCE), FORBIDDEN)


def write(entries: Iterable[Entry], languages: Iterable[str] = CODES) -> bytes:
    """The concepts with their terms in ``languages``; Swedish, which says what they are, is always there."""
    codes = {SOURCE, *languages}
    columns = [name for name in COLUMNS if name not in CODES or name in codes]
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    for entry in entries:
        cells = {KEY: entry.key, FORMS: "|".join(entry.of(SOURCE).forms)}
        cells |= {name: str(getattr(entry, name)) for name in FIELDS}
        cells |= {code: "|".join(entry.of(code).approved) for code in codes}
        cells[FORBIDDEN] = "|".join(f"{c}:{term}" for c in CODES if c in codes for term in entry.of(c).forbidden)
        writer.writerow([cells[name] for name in columns])
    return out.getvalue().encode()


def read(content: bytes) -> list[Row]:
    """The rows of a file. Raises :class:`FileRefusedError` with everything that is wrong, by line."""
    reader = csv.reader(io.StringIO(decoded(content), newline=""), strict=True)
    rows: list[Row] = []
    faults: list[Fault] = []
    line = 1
    try:
        columns = _columns(next(reader, []))
        while True:
            line = reader.line_num + 1
            cells = next(reader, None)
            if cells is None:
                break
            if any(cells):
                row, said = _row(line, columns, cells)
                rows.append(row)
                faults += said
    except csv.Error as error:
        raise FileRefusedError.whole(_("This can't be read as CSV (%(error)s).") % {"error": error}, line) from None
    if faults:
        raise FileRefusedError(faults)
    return once(rows)


def _columns(header: list[str]) -> list[str]:
    columns = [name.strip() for name in header]
    unknown = [name for name in columns if name not in COLUMNS]
    what = ""
    if KEY not in columns:
        what = _("The first line must name the columns, “%(name)s” among them.") % {"name": KEY}
    elif unknown:
        what = _("There is no column “%(name)s”.") % {"name": unknown[0][:40]}
    elif len(set(columns)) < len(columns):
        what = _("A column stands there twice.")
    if what:
        raise FileRefusedError.whole(what, 1)
    return columns


def _row(line: int, columns: list[str], cells: list[str]) -> tuple[Row, list[Fault]]:
    if len(cells) != len(columns):
        counts = {"count": len(cells), "expected": len(columns)}
        return Row(line, ""), [Fault(line, _("%(count)d cells, where there are %(expected)d columns.") % counts)]
    values = dict(zip(columns, cells, strict=True))
    forbidden, faults = _forbidden(line, values) if FORBIDDEN in values else (None, [])
    terms = {
        code: Said(
            approved=several(values[code]),
            forbidden=forbidden.get(code, ()) if forbidden is not None else None,
            forms=several(values[FORMS]) if code == SOURCE and FORMS in values else None,
        )
        for code in CODES
        if code in values
    }
    if SOURCE not in values and FORMS in values:
        terms[SOURCE] = Said(forms=several(values[FORMS]))
    fields = {name: tidy(values[name]) for name in FIELDS if name in values}
    return Row(line, values[KEY].strip(), fields, terms), faults


def _forbidden(line: int, values: dict[str, str]) -> tuple[dict[str, tuple[str, ...]], list[Fault]]:
    """The forbidden terms by language: of those that have a column, so that the others' stay."""
    found: dict[str, tuple[str, ...]] = {}
    faults = []
    for part in several(values[FORBIDDEN]):
        code, colon, term = (piece.strip() for piece in part.partition(":"))
        if not colon or not term:
            faults.append(
                Fault(line, _("A forbidden term is written as language:term, not “%(text)s”.") % {"text": part[:80]})
            )
        elif code not in values or code not in CODES:
            faults.append(Fault(line, _("“%(code)s” of a forbidden term has no column.") % {"code": code[:40]}))
        else:
            found[code] = (*found.get(code, ()), term)
    return found, faults
