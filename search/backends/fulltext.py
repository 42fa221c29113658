"""The full-text index in SQLite (FTS5) and in PostgreSQL (tsvector with GIN), in ``search_index`` or a table like it.

Neither parses a text: they get tokens (``search.analysis``) and keep them as they are, behind the
code of their language, so that a word of one language is never counted among those of another. A
row is a page; its tokens lie in four fields of different weight, best first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar, Protocol

from django.db import NotSupportedError, connection
from django.db.backends.utils import CursorWrapper

from search import analysis
from search.analysis import Asked
from search.contracts import Document, Question
from search.documents import FIELDS

#: What a word in each of the fields weighs. Measured: docs/search.md.
WEIGHTS = (10.0, 6.0, 3.0, 1.0)
#: What the words of a query count where they stand one after another, beside each of them alone.
PHRASE = 1.0
#: For each page that is wanted so many are ranked by all of their words.
_LIKELY = 2
#: Between a language and a token; a letter to FTS5, whose tokenizer parts at ASCII's signs.
_OF = "·"


def _tokens(document: Document) -> list[list[str]]:
    """The tokens of each field: the words in their order, then the marked ones."""
    before = document.language + _OF
    return [[before + token for token in f"{words} {marked}".split()] for words, marked in document.fields]


def _expression(word: Asked, one: Callable[[str], str], beginning: str, either: str, both: str) -> str:
    """Any form of a word in a database's own signs: ``one`` quotes a token, the others stand behind and between."""
    parts = [one(token) for token in word.tokens] + [one(token) + beginning for token in word.beginnings]
    for way in word.ways:
        each = [f"({either.join(map(one, tokens))})" for tokens in way]
        parts.append(f"({both.join(each)})")
    return either.join(parts)


class FullText(Protocol):
    """What the two databases do in their own way."""

    key: ClassVar[str]

    def insert(self, cursor: CursorWrapper, documents: Iterable[Document]) -> None:
        """Add pages that are not there."""

    def select(self) -> str:
        """SQL for the pages that fit one word: ``page_id`` and ``score``, more is better."""

    def match(self, word: Asked, language: str) -> tuple[str, ...]:
        """The parameters of ``select`` for a word."""

    def phrase(self, words: Sequence[str], language: str) -> tuple[str, ...]:
        """The parameters of ``select`` for the words as they are written, one after another."""

    def found(self, question: Question) -> Statement:
        """SQL for what is found: ``page_id``, ``score``, ``word``. A row stands for so many words of a page."""

    def titles(self, words: Sequence[Asked], language: str) -> tuple[str, tuple[str, ...]]:
        """SQL, with its parameters, for the pages with all of the words in one of their titles."""


#: SQL and its parameters.
Statement = tuple[str, list[str | int]]


def narrowed(question: Question) -> Statement:
    """The condition that a ``record`` fits what a question asks for beside its words."""
    conditions = ["record.language = %s", *(f"record.{name} = %s" for name in question.filters)]
    return " AND ".join(conditions), [question.language, *question.filters.values()]


def _phrase(question: Question) -> list[str]:
    return [one for word in question.words for one in word.exact.split()]


@dataclass(frozen=True, slots=True)
class SQLite:
    """FTS5. Its ``ascii`` tokenizer takes every character beyond ASCII for part of a word, so ours stay whole."""

    table: str = "search_index"
    key: ClassVar[str] = "rowid"

    def insert(self, cursor: CursorWrapper, documents: Iterable[Document]) -> None:
        columns = ", ".join(FIELDS)
        cursor.executemany(
            f"INSERT INTO {self.table} (rowid, {columns}) VALUES (%s, %s, %s, %s, %s)",  # noqa: S608  (names of ours)
            [(document.page_id, *(" ".join(tokens) for tokens in _tokens(document))) for document in documents],
        )

    def select(self) -> str:
        weights = ", ".join(str(weight) for weight in WEIGHTS)
        return (
            f"SELECT rowid AS page_id, -bm25({self.table}, {weights}) AS score "  # noqa: S608  (numbers of ours)
            f"FROM {self.table} WHERE {self.table} MATCH %s"
        )

    def match(self, word: Asked, language: str) -> tuple[str, ...]:
        return (self._any(word, language),)

    @staticmethod
    def _any(word: Asked, language: str) -> str:
        # A quoted token is text to FTS5 whatever it holds; a token holds letters, digits and a mark.
        return _expression(word, lambda token: f'"{language}{_OF}{token}"', " *", " OR ", " AND ")

    def phrase(self, words: Sequence[str], language: str) -> tuple[str, ...]:
        return ('"' + " ".join(f"{language}{_OF}{word}" for word in words) + '"',)

    def found(self, question: Question) -> Statement:
        # A row for each word that a page answers.
        selects = [f"SELECT page_id, score, 1 AS word FROM ({self.select()}) each_word"] * len(question.words)  # noqa: S608  (text of ours)
        parameters: list[str | int] = [v for word in question.words for v in self.match(word, question.language)]
        if len(question.words) > 1:
            selects.append(f"SELECT page_id, score * {PHRASE}, 0 FROM ({self.select()}) phrase")  # noqa: S608  (as above)
            parameters += self.phrase(_phrase(question), question.language)
        return " UNION ALL ".join(selects), parameters

    def titles(self, words: Sequence[Asked], language: str) -> tuple[str, tuple[str, ...]]:
        all_of = " AND ".join(f"({self._any(word, language)})" for word in words)
        sql = self.select() + " ORDER BY rank LIMIT 200"
        return sql, (f"{{title alternative}} : ({all_of})",)


@dataclass(frozen=True, slots=True)
class PostgreSQL:
    """A tsvector made of our tokens, which no configuration of the server parses or drops."""

    table: str = "search_index"
    key: ClassVar[str] = "page_id"

    def insert(self, cursor: CursorWrapper, documents: Iterable[Document]) -> None:
        cursor.executemany(
            f"INSERT INTO {self.table} (page_id, tokens, titles) VALUES (%s, %s::tsvector, %s::tsvector)",  # noqa: S608  (a name of ours)
            [
                (document.page_id, self._vector(tokens), self._vector(tokens[:2]))
                for document in documents
                for tokens in [_tokens(document)]
            ],
        )

    @staticmethod
    def _vector(fields: Sequence[Sequence[str]]) -> str:
        # Each token once, with its places: half as much to parse. 16383 is the last place that there is.
        places: dict[str, list[str]] = {}
        labelled = ((token, label) for tokens, label in zip(fields, "ABCD", strict=False) for token in tokens)
        for place, (token, label) in enumerate(labelled, start=1):
            places.setdefault(token, []).append(f"{min(place, 16383)}{label}")
        return " ".join(f"'{token}':{','.join(at)}" for token, at in places.items())

    @staticmethod
    def _weights() -> str:
        heaviest = max(WEIGHTS)
        return "{" + ", ".join(str(weight / heaviest) for weight in reversed(WEIGHTS)) + "}"

    def select(self) -> str:
        # 1: divided by 1 + the logarithm of the length.
        return (
            f"SELECT page_id, ts_rank('{self._weights()}', tokens, %s::tsquery, 1) AS score "  # noqa: S608  (as above)
            f"FROM {self.table} WHERE tokens @@ %s::tsquery"
        )

    def match(self, word: Asked, language: str) -> tuple[str, ...]:
        query = self._any(word, language)
        return query, query

    @staticmethod
    def _any(word: Asked, language: str) -> str:
        return _expression(word, lambda token: f"'{language}{_OF}{token}'", ":*", " | ", " & ")

    def phrase(self, words: Sequence[str], language: str) -> tuple[str, ...]:
        query = " <-> ".join(f"'{language}{_OF}{word}'" for word in words)
        return query, query

    def found(self, question: Question) -> Statement:
        # ts_rank unpacks a page's tokens, for which a common word has too many pages. So the likeliest are
        # chosen first by what the index and the small vector of the titles say.
        queries = [self._any(word, question.language) for word in question.words]
        hits = " UNION ALL ".join(["SELECT search_index_with(%s::tsquery) AS page_id"] * len(queries))
        condition, narrowing = narrowed(question)
        likely = (
            f"SELECT word, {self.table}.page_id, tokens FROM "  # noqa: S608  (as above)
            f"(SELECT page_id, count(*) AS word FROM ({hits}) hit GROUP BY page_id HAVING count(*) >= %s) enough "
            f"JOIN {self.table} USING (page_id) JOIN search_searchrecord record USING (page_id) WHERE {condition} "
            "ORDER BY CASE WHEN word = %s THEN 0 ELSE 1 END, "
            f"ts_rank('{self._weights()}', titles, %s::tsquery, 1) DESC, "
            "CASE WHEN record.county = %s THEN 0 ELSE 1 END, record.updated DESC NULLS LAST, "
            f"{self.table}.page_id LIMIT %s"
        )
        least = analysis.least(len(queries))
        parameters: list[str | int] = [*queries, least, *narrowing, len(queries), " | ".join(queries)]
        parameters += [question.near or "-", _LIKELY * question.limit]
        rank = f"ts_rank('{self._weights()}', tokens, %s::tsquery, 1)"
        score = " + ".join([rank] * len(queries))
        if len(queries) > 1:
            score += f" + CASE WHEN tokens @@ %s::tsquery THEN {PHRASE} * {rank} ELSE 0 END"
            queries += self.phrase(_phrase(question), question.language)
        return f"SELECT page_id, {score} AS score, word FROM ({likely}) likely", [*queries, *parameters]  # noqa: S608  (as above)

    def titles(self, words: Sequence[Asked], language: str) -> tuple[str, tuple[str, ...]]:
        query = " & ".join(f"({self._any(word, language)})" for word in words)
        sql = (
            f"SELECT page_id, ts_rank('{self._weights()}', titles, %s::tsquery, 1) AS score "  # noqa: S608  (as above)
            f"FROM {self.table} WHERE titles @@ %s::tsquery"
        )
        return sql, (query, query)


_BY_VENDOR: dict[str, type[SQLite] | type[PostgreSQL]] = {"sqlite": SQLite, "postgresql": PostgreSQL}


def full_text(vendor: str | None = None, table: str = "search_index") -> FullText:
    """The index in ``table`` as this database has it. Raises ``NotSupportedError`` for another than the two."""
    vendor = vendor or connection.vendor
    if vendor not in _BY_VENDOR:
        raise NotSupportedError(f"Search knows SQLite and PostgreSQL, not {vendor}.")
    return _BY_VENDOR[vendor](table)
