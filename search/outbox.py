"""What a second engine has to be told, in the order in which it happened, until it has been told.

A note is written in the transaction of the change (``note``) and told after it (``drain``): by
the worker (``search_worker``), or without one right after the commit. What is told is how the
page's record is by then, so telling twice does no harm. One process at a time tells.
"""

from __future__ import annotations

import fcntl
import logging
import re
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F

from search.contracts import Document, EngineError
from search.documents import FIELDS, unpacked
from search.engines import SecondEngine, second_engine
from search.keeping import changed
from search.models import SearchBuild, SearchChange, SearchRecord

logger = logging.getLogger(__name__)

BATCH = 100
#: After so many refusals of its own document a change is set aside.
MOST_ATTEMPTS = 3
_LOCK = 0x76617373  # any number that nobody else locks
_IN_MEMORY = re.compile(r":memory:|mode=memory")  # a test's database, which no other process has
_in_process = threading.RLock()


def note(page_ids: Iterable[int]) -> None:
    """Note, in the transaction of a change, that the second engine has to be told of these pages."""
    SearchChange.objects.bulk_create([SearchChange(page_id=pk) for pk in page_ids])
    if not settings.SEARCH_WORKER:
        _tell_after_commit()


def _tell_after_commit() -> None:
    # Once a transaction: four hundred imported pages are told in one go, and a cluster that does not
    # answer is waited for once. What is registered in a savepoint that is undone goes with it.
    if not any(entry[1] is _tell for entry in connection.run_on_commit):
        transaction.on_commit(_tell, robust=True)


def _tell() -> None:
    try:
        drain()
    except EngineError as error:
        logger.warning("The second engine was not told: %s", error)


@contextmanager
def telling() -> Iterator[None]:
    """While this is held nobody else tells the engine anything: what was read is not old when it is told.

    Not to be held twice by one. Readers and editors do not wait for it.
    """
    with _in_process:
        if connection.vendor == "postgresql":
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
                yield
        elif _IN_MEMORY.search(str(connection.settings_dict["NAME"])):
            yield
        else:
            # No transaction: SQLite has one writer, and editors would wait for an engine that does not answer.
            with Path(f"{connection.settings_dict['NAME']}.telling").open("w") as file:
                fcntl.flock(file, fcntl.LOCK_EX)
                yield


def documents(page_ids: Iterable[int]) -> list[Document]:
    """The documents of these pages as the database has them; one query."""
    return [document_of(row) for row in SearchRecord.objects.filter(pk__in=list(page_ids)).defer("text")]


def document_of(row: SearchRecord) -> Document:
    """The document that a record keeps."""
    return Document(
        page_id=row.page_id,
        language=row.language,
        type=row.type,
        theme=row.theme,
        county=row.county,
        municipality=row.municipality,
        updated=row.updated,
        fields=unpacked(row.document) if row.document else (("", ""),) * len(FIELDS),
        stamp=row.stamp,
    )


def drain() -> int:
    """Tell the second engine all that waits, oldest first, and return the number of changes told.

    Raises ``EngineError`` if the engine can't be told anything; what it was not told stays noted. A
    change whose own document it refuses is tried again, and set aside in the end.
    """
    engine = second_engine()
    if engine is None:
        return 0
    told = 0
    while True:
        with telling():
            number = _drain_batch(engine)
        if not number:
            return told
        changed()
        told += number


def _drain_batch(engine: SecondEngine) -> int:
    rows = list(SearchChange.objects.filter(set_aside=False).order_by("id").values_list("id", "page_id")[:BATCH])
    if not rows:
        return 0
    ids = {page_id for _, page_id in rows}
    found = documents(ids)
    building = {build.language: build.index for build in SearchBuild.objects.all()}
    refused = engine.tell(found, ids - {document.page_id for document in found}, building)
    done = [row_id for row_id, page_id in rows if page_id not in refused]
    SearchChange.objects.filter(pk__in=done).delete()
    for page_id, reason in refused.items():
        logger.warning("%s refused page %d: %s", engine.name, page_id, reason)
        waiting = SearchChange.objects.filter(pk__in=[row for row, page in rows if page == page_id])
        waiting.update(attempts=F("attempts") + 1, error=reason[:1000])
        waiting.filter(attempts__gte=MOST_ATTEMPTS).update(set_aside=True)
    return len(rows)
