"""Tables: pipes and dashes, both ways.

The first row is the header; a header whose cells are all empty is none. A first column whose cells
are all bold below the header is a header too.
"""

from __future__ import annotations

import re
from typing import Any

from django.utils.translation import gettext as _
from markdown_it.rules_block.table import escapedSplit
from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode

from pages.content.inline import read_plain, write_plain
from pages.content.problems import Notes
from pages.content.richtext import plain

CAPTION = ": "


def _cells(row: SyntaxTreeNode) -> list[list[Token]]:
    inline = [cell.children[0].token if cell.children else None for cell in row.children]
    return [list((token.children if token else None) or []) for token in inline]


def _without_bold(tokens: list[Token]) -> list[Token] | None:
    """The tokens within, where the whole cell is bold."""
    kept = [token for token in tokens if token.type != "text" or token.content]
    if len(kept) < 3 or kept[0].type != "strong_open" or kept[-1].type != "strong_close":
        return None
    inside = kept[1:-1]
    return None if any(token.type.startswith("strong") for token in inside) else inside


def read_table(node: SyntaxTreeNode, lines: list[str], notes: Notes) -> dict[str, Any]:
    """``{rows, header_row, header_column, caption}`` of a table."""
    rows = [row for part in node.children for row in part.children]
    width = len(rows[0].children)
    caption = ""
    cells = []
    for row in rows:
        first = row.map[0] if row.map else 0
        line = lines[first].strip()
        written = _split(line)
        if line.startswith(CAPTION) and len(written) == 1 and row is rows[-1]:
            # A caption without an empty line before it is read as a row.
            caption = read_plain(_cells(row)[0], notes, first, _("A caption")).removeprefix(CAPTION).strip()
            continue
        if len(written) > width:
            what = _("The row has %(cells)d cells, the header %(width)d.")
            notes.add(first, what % {"cells": len(written), "width": width})
        cells.append((first, _cells(row)))
    header_column = _take_bold([row for _line, row in cells[1:]])
    data = [[read_plain(tokens, notes, first, _("A cell")) for tokens in row] for first, row in cells]
    return canonical_table(data, header_row=True, header_column=header_column, caption=caption)


def _take_bold(rows: list[list[list[Token]]]) -> bool:
    """Take the bold off the rows' first cells if all that have text have it."""
    firsts = [(row, _without_bold(row[0])) for row in rows if row[0]]
    if not firsts or any(tokens is None for _row, tokens in firsts):
        return False
    for row, tokens in firsts:
        row[0] = tokens or []
    return True


def canonical_table(rows: list[list[str]], *, header_row: bool, header_column: bool, caption: str) -> dict[str, Any]:
    """The table as Markdown can say it: rows of one length, headers that have text."""
    cells = [[plain(text) for text in row] for row in rows]
    width = max((len(row) for row in cells), default=0)
    cells = [row + [""] * (width - len(row)) for row in cells]
    header_row = header_row and bool(cells) and any(cells[0])
    if not header_row:
        # Without a header row the first row would be taken for one, were it empty.
        while cells and not any(cells[0]):
            cells.pop(0)
    below = cells[1:] if header_row else cells
    return {
        "rows": cells,
        "header_row": header_row,
        "header_column": header_column and any(row and row[0] for row in below),
        "caption": plain(caption),
    }


def _split(line: str) -> list[str]:
    """The cells of a row as they are written."""
    parts = escapedSplit(line)
    if parts and not parts[0].strip():
        parts = parts[1:]
    if parts and not parts[-1].strip():
        parts = parts[:-1]
    return parts


def _cell(text: str) -> str:
    def wrap(markdown: str) -> str:
        return f"| {markdown} |\n| --- |"

    escaped = write_plain(text, lambda markdown: wrap(_pipes(markdown))) if text else ""
    return _pipes(escaped)


def _pipes(markdown: str) -> str:
    return re.sub(r"(?<!\\)\|", r"\\|", markdown)


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def write_table(value: dict[str, Any]) -> str:
    """The table as Markdown; its caption in a paragraph of its own."""
    rows = [[_cell(text) for text in row] for row in value["rows"]]
    width = len(rows[0])
    if not value["header_row"]:
        rows.insert(0, [""] * width)
    if value["header_column"]:
        rows[1:] = [[f"**{row[0]}**" if row[0] else "", *row[1:]] for row in rows[1:]]
    lines = [_row(rows[0]), _row(["---"] * width), *(_row(row) for row in rows[1:])]
    if value["caption"]:
        lines += ["", f"{CAPTION}{write_plain(value['caption'])}"]
    return "\n".join(lines)
