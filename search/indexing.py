"""Keeping the engines in step with the pages."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Q

from pages.models.base import BasePage
from search.backends.database import DatabaseBackend
from search.contracts import EngineError, Record, SearchBackend
from search.eligibility import findable
from search.models import SearchPending
from search.records import build

logger = logging.getLogger(__name__)

_BATCH = 100


def second_engine() -> SearchBackend | None:
    """The engine beside the database, where the settings name one."""
    if not settings.ELASTICSEARCH_URL:
        return None
    # Its client is heavy, and most installations never need it.
    from search.backends.elasticsearch import ElasticsearchBackend

    return ElasticsearchBackend()


def _pages(condition: Q) -> list[BasePage]:
    return list(findable(condition).specific())


def refresh(page_ids: Iterable[int]) -> None:
    """Make what is found of these pages what the public may see of them now.

    The database's engine is written in the transaction of the change; another engine gets a note in
    it and is told after the commit. Six queries for a page that is public, five a batch of a hundred more.
    """
    ids = sorted(set(page_ids))
    database = DatabaseBackend()
    for start in range(0, len(ids), _BATCH):
        batch = ids[start : start + _BATCH]
        with transaction.atomic():
            records = build(_pages(Q(pk__in=batch)))
            database.index(records)
            gone = set(batch) - {record.page_id for record in records}
            if gone:
                database.remove(gone)
            if settings.ELASTICSEARCH_URL:
                SearchPending.objects.bulk_create([SearchPending(page_id=pk) for pk in batch])
                _tell_after_commit()


def _tell_after_commit() -> None:
    # Once a transaction: four hundred imported pages are told in one go, and a cluster that does not
    # answer is waited for once. What is registered in a savepoint that is undone goes with it.
    if not any(entry[1] is _tell for entry in connection.run_on_commit):
        transaction.on_commit(_tell, robust=True)


def _tell() -> None:
    drain()


def drain() -> int:
    """Tell the second engine what it has not been told, oldest first, and return the number of changes left.

    Where it can't be told, the changes stay noted: for the next change of any page, or for a rebuild.
    """
    engine = second_engine()
    while engine and (rows := list(SearchPending.objects.order_by("id").values_list("id", "page_id")[:_BATCH])):
        ids = {page_id for _, page_id in rows}
        records = build(_pages(Q(pk__in=ids)))
        try:
            engine.index(records)
            engine.remove(ids - {record.page_id for record in records})
        except EngineError as error:
            left = SearchPending.objects.count()
            logger.warning("%s was not told of %d changes: %s", engine.name, left, error)
            return left
        SearchPending.objects.filter(pk__in=[row_id for row_id, _ in rows]).delete()
    return 0


def all_records(language: str) -> Iterator[Record]:
    """The record of every page of a language that can be found, read in batches."""
    ids = list(findable(Q(locale__language_code=language)).order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(ids), _BATCH):
        yield from build(_pages(Q(pk__in=ids[start : start + _BATCH])))


def rebuild(language: str) -> int:
    """Build a language's index anew in every engine, and return the number of its records.

    Raises ``EngineError`` if the second engine could not; the database's is built then.
    """
    number = DatabaseBackend().replace(language, all_records(language))
    engine = second_engine()
    return engine.replace(language, all_records(language)) if engine else number
