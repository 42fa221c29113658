"""The embedded engine: the site's own database. Always filled, so that it can stand in for another."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Sequence

from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from search import analysis
from search.backends.fulltext import full_text, narrowed
from search.contracts import BackendResult, Document, Question, nothing
from search.models import SearchRecord

_BATCH = 200
#: What a page of the reader's county, and one that was changed within half a year, counts more.
NEAR, FRESH = 0.2, 0.05
FRESH_DAYS = 183


def delete(table: str, key: str, ids: Sequence[int]) -> int:
    """Delete rows without Django's signals, which would cost a query and tell nobody anything."""
    marks = ", ".join(["%s"] * len(ids))
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {table} WHERE {key} IN ({marks})", ids)  # noqa: S608  (names of ours)
        return int(cursor.rowcount)


class DatabaseBackend:
    """Implements ``SearchBackend``. It writes in the transaction that it is called in.

    The rows of ``SearchRecord`` are ``search.indexing``'s; this keeps ``search_index`` beside them.
    """

    name = "database"

    def index(self, documents: Sequence[Document]) -> None:
        if documents:
            with transaction.atomic():
                self.remove(document.page_id for document in documents)
                with connection.cursor() as cursor:
                    full_text().insert(cursor, documents)

    def remove(self, page_ids: Iterable[int]) -> None:
        ids = sorted(page_ids)
        with transaction.atomic():
            for start in range(0, len(ids), _BATCH):
                delete("search_index", full_text().key, ids[start : start + _BATCH])

    def search(self, asked: Sequence[Question], meanwhile: Callable[[], None] = nothing) -> list[BackendResult]:
        return [self._search(question) for question in asked]

    def _search(self, question: Question) -> BackendResult:
        words = question.words
        if not words:
            return BackendResult(())
        found, parameters = full_text().found(question)
        condition, narrowing = narrowed(question)
        since = connection.ops.adapt_datetimefield_value(timezone.now() - datetime.timedelta(days=FRESH_DAYS)) or ""
        # The order of the parameters is that of the statement: what is counted comes after what is found.
        ranked = (
            "sum(found.score) * (1 + CASE WHEN record.county = %s THEN %s ELSE 0 END"
            " + CASE WHEN record.updated > %s THEN %s ELSE 0 END)"
        )
        # Materialized: SQLite's bm25 can't be joined to.
        sql = (
            f"WITH found AS MATERIALIZED ({found}) "  # noqa: S608  (built of our own text; what the reader typed is a parameter)
            f"SELECT found.page_id, {ranked} AS rank "
            "FROM found JOIN search_searchrecord record ON record.page_id = found.page_id "
            f"WHERE {condition} "
            "GROUP BY found.page_id, record.county, record.updated HAVING sum(found.word) >= %s "
            "ORDER BY CASE WHEN sum(found.word) = %s THEN 0 ELSE 1 END, rank DESC, found.page_id LIMIT %s"
        )
        values = [*parameters, question.near or "-", NEAR, since, FRESH, *narrowing]
        values += [analysis.least(len(words)), len(words), question.limit]
        with connection.cursor() as cursor:
            cursor.execute(sql, values)
            return BackendResult(tuple(row[0] for row in cursor.fetchall()))

    def suggest(self, text: str, limits: dict[str, int]) -> dict[str, BackendResult]:
        return {language: self._suggest(text, language, limit) for language, limit in limits.items()}

    def _suggest(self, text: str, language: str, limit: int) -> BackendResult:
        words = analysis.typed(text, language)
        if not words:
            return BackendResult(())
        found, parameters = full_text().titles(words, language)
        sql = (
            f"WITH found AS MATERIALIZED ({found}) "  # noqa: S608  (as above)
            "SELECT found.page_id FROM found JOIN search_searchrecord record ON record.page_id = found.page_id "
            "WHERE record.language = %s ORDER BY found.score DESC, found.page_id LIMIT %s"
        )
        with connection.cursor() as cursor:
            cursor.execute(sql, [*parameters, language, limit])
            return BackendResult(tuple(row[0] for row in cursor.fetchall()))

    def count(self, language: str) -> int:
        return SearchRecord.objects.filter(language=language).count()

    def stamps(self, language: str) -> dict[int, str]:
        return dict(SearchRecord.objects.filter(language=language).values_list("page_id", "stamp"))

    def healthy(self) -> bool:
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("SELECT count(*) FROM search_searchrecord")
        except DatabaseError:
            return False
        return True
