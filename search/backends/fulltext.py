"""The full-text index ``search_index`` in SQLite (FTS5) and in PostgreSQL (tsvector with GIN).

Neither parses a text: they get tokens (``search.analysis``) and keep them as they are. A row is a
page; its tokens lie in four fields of different weight, best first.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from django.db import NotSupportedError, connection
from django.db.backends.utils import CursorWrapper

from search.analysis import Asked

#: title; alternative titles and search words; summary and headings; body.
FIELDS = ("title", "alternative", "summary", "body")
WEIGHTS = (10.0, 6.0, 3.0, 1.0)

Fields = Sequence[Sequence[str]]


class FullText(Protocol):
    """What the two databases do in their own way."""

    key: str

    def insert(self, cursor: CursorWrapper, rows: Iterable[tuple[int, Fields]]) -> None:
        """Add pages that are not there: id and tokens of each field."""

    def select(self) -> str:
        """SQL for the pages that fit one word: ``page_id`` and ``score``, more is better."""

    def match(self, word: Asked) -> tuple[str, ...]:
        """The parameters of ``select`` for a word."""


@dataclass(frozen=True, slots=True)
class SQLite:
    """FTS5. Its ``ascii`` tokenizer takes every character beyond ASCII for part of a word, so ours stay whole."""

    key = "rowid"

    def insert(self, cursor: CursorWrapper, rows: Iterable[tuple[int, Fields]]) -> None:
        cursor.executemany(
            "INSERT INTO search_index (rowid, title, alternative, summary, body) VALUES (%s, %s, %s, %s, %s)",
            [(page_id, *(" ".join(tokens) for tokens in fields)) for page_id, fields in rows],
        )

    def select(self) -> str:
        weights = ", ".join(str(weight) for weight in WEIGHTS)
        return (
            f"SELECT rowid AS page_id, -bm25(search_index, {weights}) AS score "  # noqa: S608  (numbers of ours)
            "FROM search_index WHERE search_index MATCH %s"
        )

    def match(self, word: Asked) -> tuple[str, ...]:
        # A quoted token is text to FTS5 whatever it holds; a token holds letters and digits only.
        parts = [f'"{token}"' for token in word.tokens] + [f'"{token}" *' for token in word.beginnings]
        return (" OR ".join(parts),)


@dataclass(frozen=True, slots=True)
class PostgreSQL:
    """A tsvector made of our tokens, which no configuration of the server parses or drops."""

    key = "page_id"

    def insert(self, cursor: CursorWrapper, rows: Iterable[tuple[int, Fields]]) -> None:
        cursor.executemany(
            "INSERT INTO search_index (page_id, tokens) VALUES (%s, %s::tsvector)",
            [(page_id, self._vector(fields)) for page_id, fields in rows],
        )

    @staticmethod
    def _vector(fields: Fields) -> str:
        labelled = ((token, label) for tokens, label in zip(fields, "ABCD", strict=True) for token in tokens)
        # 16383 is the last position that there is.
        return " ".join(
            f"'{token}':{min(place, 16383)}{label}" for place, (token, label) in enumerate(labelled, start=1)
        )

    def select(self) -> str:
        heaviest = max(WEIGHTS)
        weights = ", ".join(str(weight / heaviest) for weight in reversed(WEIGHTS))
        # 1: divided by 1 + the logarithm of the length.
        return (
            f"SELECT page_id, ts_rank('{{{weights}}}', tokens, %s::tsquery, 1) AS score "  # noqa: S608  (as above)
            "FROM search_index WHERE tokens @@ %s::tsquery"
        )

    def match(self, word: Asked) -> tuple[str, ...]:
        parts = [f"'{token}'" for token in word.tokens] + [f"'{token}':*" for token in word.beginnings]
        query = " | ".join(parts)
        return query, query


_BY_VENDOR: dict[str, FullText] = {"sqlite": SQLite(), "postgresql": PostgreSQL()}


def full_text(vendor: str | None = None) -> FullText:
    """The index as this database has it. Raises ``NotSupportedError`` for another than the two."""
    vendor = vendor or connection.vendor
    if vendor not in _BY_VENDOR:
        raise NotSupportedError(f"Search knows SQLite and PostgreSQL, not {vendor}.")
    return _BY_VENDOR[vendor]
