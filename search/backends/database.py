"""The embedded engine: the site's own database. Always filled, so that it can stand in for another."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice

from django.db import DatabaseError, connection, transaction

from search import analysis
from search.backends.fulltext import Fields, full_text
from search.contracts import BackendResult, Record, SearchQuery
from search.models import SearchRecord

_FILTERS = ("type", "county", "municipality")
_BATCH = 200
_UPDATED = ["language", "type", "county", "municipality", "machine_translated", "text"]


def _delete(table: str, key: str, ids: list[int]) -> int:
    """Delete rows without Django's signals, which would cost a query and tell nobody anything."""
    marks = ", ".join(["%s"] * len(ids))
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {table} WHERE {key} IN ({marks})", ids)  # noqa: S608  (names of ours)
        return int(cursor.rowcount)


def fields_of(record: Record) -> Fields:
    """The record's tokens in the order of ``fulltext.FIELDS``."""
    texts = (record.title, "\n".join(record.alternative), "\n".join((record.summary, *record.headings)), record.body)
    return [analysis.tokens(text, record.language) for text in texts]


class DatabaseBackend:
    """Implements ``SearchBackend``. It writes in the transaction that it is called in."""

    name = "database"

    def index(self, records: Sequence[Record]) -> None:
        if not records:
            return
        engine = full_text()
        ids = [record.page_id for record in records]
        with transaction.atomic():
            SearchRecord.objects.bulk_create(
                [
                    SearchRecord(
                        page_id=record.page_id,
                        language=record.language,
                        type=record.type,
                        county=record.county,
                        municipality=record.municipality,
                        machine_translated=record.machine_translated,
                        text=record.body,
                    )
                    # In one order, so that two who write the same pages wait and do not deadlock.
                    for record in sorted(records, key=lambda record: record.page_id)
                ],
                update_conflicts=True,
                unique_fields=["page"],
                update_fields=_UPDATED,
            )
            self._forget(ids)
            with connection.cursor() as cursor:
                engine.insert(cursor, ((record.page_id, fields_of(record)) for record in records))

    def remove(self, page_ids: Iterable[int]) -> None:
        ids = sorted(page_ids)
        with transaction.atomic():
            for start in range(0, len(ids), _BATCH):
                batch = ids[start : start + _BATCH]
                # Most pages that are saved and not public never were.
                if _delete("search_searchrecord", "page_id", batch):
                    self._forget(batch)

    @staticmethod
    def _forget(ids: list[int]) -> None:
        _delete("search_index", full_text().key, ids)

    def replace(self, language: str, records: Iterable[Record]) -> int:
        number = 0
        remaining = iter(records)
        with transaction.atomic():
            self.remove(SearchRecord.objects.filter(language=language).values_list("pk", flat=True))
            while batch := list(islice(remaining, _BATCH)):
                self.index(batch)
                number += len(batch)
        return number

    def search(self, query: SearchQuery, limits: dict[str, int]) -> dict[str, BackendResult]:
        return {language: self._search(query, language, limit) for language, limit in limits.items()}

    def _search(self, query: SearchQuery, language: str, limit: int) -> BackendResult:
        words = analysis.asked(query.text, language)
        if not words:
            return BackendResult(())
        engine = full_text()
        each = " UNION ALL ".join([engine.select()] * len(words))
        parameters: list[str | int] = [value for word in words for value in engine.match(word)]
        conditions = ["record.language = %s"]
        parameters.append(language)
        for name in _FILTERS:
            if value := getattr(query, name):
                conditions.append(f"record.{name} = %s")
                parameters.append(value)
        # A page has a row for each word that it answers. Materialized: SQLite's bm25 can't be joined to.
        sql = (
            f"WITH found AS MATERIALIZED ({each}) "  # noqa: S608  (built of our own text; what the reader typed is a parameter)
            "SELECT found.page_id FROM found JOIN search_searchrecord record ON record.page_id = found.page_id "
            f"WHERE {' AND '.join(conditions)} "
            "GROUP BY found.page_id HAVING count(*) >= %s "
            "ORDER BY count(*) = %s DESC, sum(found.score) DESC, found.page_id LIMIT %s"
        )
        parameters += [analysis.least(len(words)), len(words), limit]
        with connection.cursor() as cursor:
            cursor.execute(sql, parameters)
            return BackendResult(tuple(row[0] for row in cursor.fetchall()))

    def count(self, language: str) -> int:
        return SearchRecord.objects.filter(language=language).count()

    def healthy(self) -> bool:
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("SELECT count(*) FROM search_searchrecord")
        except DatabaseError:
            return False
        return True
