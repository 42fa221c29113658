"""Keeping what search knows in step with the pages: the database at once, another engine by the outbox."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from pages.models.base import BasePage
from search import outbox
from search.analysis import STEM, forms
from search.backends.database import DatabaseBackend, delete
from search.contracts import Document, Record
from search.documents import VERSION, analyse, packed
from search.eligibility import findable
from search.models import SearchRecord, SearchWord
from search.normalise import LONGEST_WORD, written
from search.records import build

BATCH = 100
_UPDATED = [
    "language",
    "type",
    "theme",
    "county",
    "municipality",
    "machine_translated",
    "updated",
    "text",
    "document",
    "stamp",
    "version",
]
#: Words that other spellings are looked up in: what is shorter, or a number, has none.
_SHORTEST_WORD = 3


def _pages(condition: Q) -> list[BasePage]:
    return list(findable(condition).specific())


def refresh(page_ids: Iterable[int]) -> None:
    """Make what is found of these pages what the public may see of them now.

    The database's engine is written in the transaction of the change; another engine gets a note in
    it. Seven queries for a page that is public, six a batch of a hundred more.
    """
    ids = sorted(set(page_ids))
    for start in range(0, len(ids), BATCH):
        batch = ids[start : start + BATCH]
        with transaction.atomic():
            records = build(_pages(Q(pk__in=batch)))
            keep(records)
            forget(set(batch) - {record.page_id for record in records})
            if settings.ELASTICSEARCH_URL:
                outbox.note(batch)


def keep(records: Sequence[Record], known: set[str] | None = None) -> list[Document]:
    """Write these records, in the place of what there was of their pages.

    ``known`` are words that need not be noted again; those of these records are added to it.
    """
    documents = [analyse(record) for record in records]
    if not documents:
        return []
    with transaction.atomic():
        SearchRecord.objects.bulk_create(
            # In one order, so that two who write the same pages wait and do not deadlock.
            sorted(map(_row, records, documents), key=lambda row: row.page_id),
            update_conflicts=True,
            unique_fields=["page"],
            update_fields=_UPDATED,
        )
        DatabaseBackend().index(documents)
        _note_words(records, documents, known)
    return documents


def _row(record: Record, document: Document) -> SearchRecord:
    return SearchRecord(
        page_id=record.page_id,
        language=record.language,
        type=record.type,
        theme=record.theme,
        county=record.county,
        municipality=record.municipality,
        machine_translated=record.machine_translated,
        updated=record.updated,
        text=record.body,
        document=packed(document),
        stamp=document.stamp,
        version=VERSION,
    )


def forget(page_ids: Iterable[int]) -> None:
    """Take these pages out of what the database finds."""
    ids = sorted(page_ids)
    # Most pages that are saved and not public never were.
    if ids and delete("search_searchrecord", "page_id", ids):
        DatabaseBackend().remove(ids)


def _note_words(records: Sequence[Record], documents: Sequence[Document], known: set[str] | None) -> None:
    rows: dict[tuple[str, str], SearchWord] = {}
    for record, document in zip(records, documents, strict=True):
        here = {word for words, _marked in document.fields for word in words.split()}
        # A page whose words are all known is not read again for how they are written.
        if known is None or not known.issuperset(here):
            for row in _words_of(record, known or set()):
                rows.setdefault((row.language, row.word), row)
    if known is not None:
        known.update(word for _language, word in rows)
    SearchWord.objects.bulk_create([rows[pair] for pair in sorted(rows)], ignore_conflicts=True, batch_size=500)


def _words_of(record: Record, known: set[str]) -> Iterator[SearchWord]:
    """The words of a record that other spellings may be looked up in, but for those that are known."""
    texts = (record.title, *record.alternative, record.summary, *record.headings, *record.places, record.body)
    for word in dict.fromkeys(word for text in texts for word in written(text, record.language)):
        form = forms(word, record.language)
        if form and form.exact not in known and len(form.exact) >= _SHORTEST_WORD and form.exact.isalpha():
            stem = form.indexed[0].removeprefix(STEM)[:LONGEST_WORD]
            yield SearchWord(language=record.language, word=form.exact, stem=stem, written=word.lower()[:LONGEST_WORD])
