"""Finding source texts that may be like another, quickly: what is then compared letter by letter.

PostgreSQL has a GIN index of ``pg_trgm``, which is asked for the text's longest words: its own
similarity of whole texts takes ten times as long (infra/benchmarks/memory.py), and finds no more.
SQLite has an FTS5 table of the texts' words, each cut to its first letters so that its inflections
meet; its frequencies say which words are worth asking for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction

TABLE = "translation_memory_words"
FREQUENCIES = "translation_memory_frequencies"

#: Candidates that are compared, at most.
MOST = 1000
#: Letters of a word that count.
STEM = 6
#: Words of a text that are asked for, at most: the rarest.
WORDS = 10
#: Texts that the words of one question may stand in, together.
_BUDGET = 3000
#: For PostgreSQL: the longest words of a text that are asked for, and how many letters of each.
_LONGEST_WORDS = 3
_LETTERS = 12
#: A text with no longer words is asked for as a whole, by ``pg_trgm``'s similarity. Trigrams need three letters.
_SHORT = 4
_SIMILARITY = 0.3

_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A source text that may be like the one asked for."""

    id: int
    plain: str


def stems(plain: str) -> list[str]:
    """The words of a text as the index has them, each once."""
    return list(dict.fromkeys(word[:STEM] for word in _WORD.findall(plain.casefold())))


def add(sources: Iterable[tuple[int, str]]) -> None:
    """Note source texts: number and plain text. PostgreSQL's index is kept by itself."""
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT OR REPLACE INTO {TABLE} (rowid, words) VALUES (%s, %s)",  # noqa: S608  (a name of ours)
            [(pk, " ".join(stems(plain))) for pk, plain in sources],
        )


def remove(ids: Sequence[int]) -> None:
    """Forget source texts."""
    if connection.vendor != "sqlite" or not ids:
        return
    with connection.cursor() as cursor:
        cursor.executemany(f"DELETE FROM {TABLE} WHERE rowid = %s", [(pk,) for pk in ids])  # noqa: S608


def candidates(plain: str, least: int, language: str | None = None) -> list[Candidate]:
    """Source texts that may be like ``plain`` by at least ``least`` per cent, of those that have a
    translation into ``language``; two queries. At most ``MOST``.
    """
    # PostgreSQL has no text with a null in it.
    plain = plain.replace("\0", "")
    # A text of another length can't be as like: of two, only the shorter one's letters are shared.
    share = least / 100
    shortest, longest = int(len(plain) * share / (2 - share)), int(len(plain) * (2 - share) / share) + 1
    find = _by_words if connection.vendor == "sqlite" else _by_trigrams
    return find(plain, shortest, longest, language)


_TRANSLATED = """
    AND EXISTS (SELECT 1 FROM translation_memory_memoryentry AS entry
                WHERE entry.source_id = source.id AND entry.language = %s)
"""


def _by_words(plain: str, shortest: int, longest: int, language: str | None) -> list[Candidate]:
    with connection.cursor() as cursor:
        asked = _question(cursor, stems(plain))
        if not asked:
            return []
        # The nearest in length first: where there are too many, the likest are among them.
        cursor.execute(
            f"""
            SELECT source.id, source.plain FROM {TABLE}
            JOIN translation_memory_memorysource AS source ON source.id = {TABLE}.rowid
            WHERE {TABLE} MATCH %s AND source.length BETWEEN %s AND %s {_TRANSLATED if language else ""}
            ORDER BY abs(source.length - %s) LIMIT {MOST}
            """,  # noqa: S608  (names of ours)
            [asked, shortest, longest, *([language] if language else []), len(plain)],
        )
        return [Candidate(*row) for row in cursor.fetchall()]


def _question(cursor: Any, words: list[str]) -> str:
    """The words that say most, as FTS5 is asked: any of the rare ones, or two of the common ones together."""
    if not words:
        return ""
    marks = ", ".join(["%s"] * len(words))
    cursor.execute(f"SELECT term, doc FROM {FREQUENCIES} WHERE term IN ({marks})", words)  # noqa: S608
    known = sorted(cursor.fetchall(), key=lambda row: (row[1], row[0]))[:WORDS]
    rare: list[str] = []
    common: list[str] = []
    left = _BUDGET
    for word, count in known:
        left -= count
        (rare if left >= 0 else common).append(f'"{word}"')
    pairs = [f"({one} AND {other})" for n, one in enumerate(common[:3]) for other in common[n + 1 : 3]]
    if not rare and len(common) == 1:
        return common[0]
    return " OR ".join(rare if len(rare) > 2 else rare + pairs)


def _by_trigrams(plain: str, shortest: int, longest: int, language: str | None) -> list[Candidate]:
    words = sorted({word[:_LETTERS] for word in _WORD.findall(plain.casefold())}, key=lambda word: (-len(word), word))
    asked = [f"%{word}%" for word in words[:_LONGEST_WORDS] if len(word) >= _SHORT]
    like = " OR ".join(["source.plain ILIKE %s"] * len(asked)) or "source.plain %% %s"
    with transaction.atomic(), connection.cursor() as cursor:
        if not asked:
            cursor.execute("SELECT set_config('pg_trgm.similarity_threshold', %s, true)", [str(_SIMILARITY)])
        cursor.execute(
            f"""
            SELECT source.id, source.plain FROM translation_memory_memorysource AS source
            WHERE ({like}) AND source.length BETWEEN %s AND %s {_TRANSLATED if language else ""}
            ORDER BY abs(source.length - %s) LIMIT {MOST}
            """,  # noqa: S608  (names of ours)
            [*(asked or [plain]), shortest, longest, *([language] if language else []), len(plain)],
        )
        return [Candidate(*row) for row in cursor.fetchall()]
