"""The queries of each language, in two files: one to tune with, and one held back from it."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent / "queries"
KINDS = ("known", "inflected", "variant", "compound", "typo", "cross", "not")
#: The files' names by the set that they hold.
SETS = {"tuning": "{}.tsv", "held": "{}.held.tsv"}
_HEADER = ["kind", "query", "pages", "suggestion"]


@dataclass(frozen=True, slots=True)
class Judged:
    """A query and the reading paths of the pages that answer it; for ``not``, of those that must not be found.

    ``suggestion`` is the spelling that a ``typo`` should be led to.
    """

    kind: str
    text: str
    pages: tuple[str, ...]
    suggestion: str


def load(language: str, chosen: str, folder: Path = FOLDER) -> list[Judged]:
    """The queries of a language; none where it has no file.

    Raises ``KeyError`` for an unknown set, and ``ValueError`` that names file and line for a wrong row.
    """
    path = folder / SETS[chosen].format(language)
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    if not rows or rows[0] != _HEADER:
        raise ValueError(f"{path.name}: the first line must be {' '.join(_HEADER)}, separated by tabs.")
    found = []
    for number, row in enumerate(rows[1:], start=2):
        kind, text, pages, suggestion = (cell.strip() for cell in [*row, "", "", "", ""][:4])
        if kind not in KINDS or not text or not pages or (kind == "typo") != bool(suggestion):
            raise ValueError(f"{path.name}, line {number}: not a query: {row}")
        found.append(Judged(kind, text, tuple(pages.split()), suggestion))
    return found
