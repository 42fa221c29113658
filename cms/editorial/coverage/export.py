"""The coverage as a CSV file: a line a page and language, for the whole filter, read in pieces."""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from wagtail.admin.views.mixins import Echo

from cms.access.audit.views import without_formula
from cms.access.scopes import scope_of
from cms.editorial.coverage.matrix import Cell, Row, pages_of, rows_of, shown_languages
from cms.editorial.coverage.states import label_of
from cms.languages.registry import SOURCE

#: Pages that are read at a time.
_CHUNK = 500


def csv_lines(user: Any, ids: list[int], code: str) -> Iterator[bytes]:
    """The lines in UTF-8, the headings first; two queries for each 500 pages."""
    writer = csv.writer(Echo())
    # Without the mark, Excel reads UTF-8 as something else.
    yield codecs.BOM_UTF8
    yield writer.writerow(
        [
            _("Address"),
            _("Title"),
            _("County"),
            _("Language"),
            _("State"),
            _("Outdated texts"),
            _("Words left"),
            _("Deadline"),
        ]
    )
    languages = [language for language in shown_languages(code) if language.code != SOURCE]
    for start in range(0, len(ids), _CHUNK):
        pages = pages_of(ids[start : start + _CHUNK])
        for page, row in zip(pages, rows_of(user, pages, languages), strict=True):
            scope = scope_of(page)
            county = (scope.county_slug if scope else None) or ""
            yield b"".join(writer.writerow(_cells(row, cell, county)) for cell in row.cells)


def _cells(row: Row, cell: Cell, county: str) -> list[str]:
    texts = (f"/{row.path}", row.title, county, cell.language.code, label_of(cell.state))
    numbers = (cell.outdated, cell.words_left, cell.deadline.isoformat() if cell.deadline else "")
    return [without_formula(text) for text in (*texts, *map(str, numbers))]
