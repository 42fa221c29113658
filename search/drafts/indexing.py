"""Keeping what editors find in step with the pages, in the transaction of each change."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from typing import NamedTuple

from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.db.models import Q, QuerySet
from wagtail.models import Page

from pages.models import BasePage, LocalRootPage
from search.backends.database import delete
from search.backends.fulltext import full_text
from search.contracts import Record
from search.documents import VERSION, analyse
from search.drafts.models import TABLE, DraftRecord
from search.eligibility import FINDABLE
from search.records import build

BATCH = 100
#: What ``search.records`` reads of a page, as a revision has it.
_FIELDS = ("title", "search_description", "body", "alternative_titles", "search_words")
_UPDATED = ["page_id", "language", "live", "summary", "text", "stamp", "version"]

#: Told how many of how many pages are done.
Progress = Callable[[int, int], None]


class _Text(NamedTuple):
    """A text of a page: its id in the index, whether it is what is published, and what is indexed."""

    key: int
    live: bool
    record: Record
    stamp: str


def indexable() -> QuerySet[Page]:
    """The pages that editors can find: those that the public could, were they published."""
    pages: QuerySet[Page] = Page.objects.filter(FINDABLE)
    return pages


def _read(ids: Sequence[int], model: type[BasePage] | None) -> Iterator[BasePage]:
    """These pages with their latest revisions; a query a type, and one for the types where they aren't known."""
    if model is not None:
        yield from model._default_manager.filter(pk__in=ids).select_related("latest_revision")
        return
    rows = indexable().filter(pk__in=ids).order_by("content_type_id", "pk").values_list("content_type_id", "pk")
    for type_id, of_type in groupby(rows, key=lambda row: row[0]):
        found = ContentType.objects.get_for_id(type_id).model_class()
        if found is not None and issubclass(found, BasePage):
            yield from _read([pk for _type, pk in of_type], found)


def _latest(page: BasePage) -> BasePage:
    """The page as its latest revision has it; the page itself without one."""
    if page.latest_revision is None:
        return page
    content = page.latest_revision.content
    # Not by the revision's own method: that asks for the page's parent and comments, too.
    return type(page)(
        pk=page.pk,
        url_path=page.url_path,
        content_type_id=page.content_type_id,
        **{name: content.get(name) or "" for name in _FIELDS},
    )


def _texts(pages: Sequence[BasePage]) -> Iterator[_Text]:
    """What is to be found of these pages."""
    live = [page for page in pages if page.live]
    # Of the texts, not of their state: what is published without another word needs no writing.
    records = [
        replace(record, updated=None, machine_translated=False) for record in build([*map(_latest, pages), *live])
    ]
    published = {page.pk: record for page, record in zip(live, records[len(pages) :], strict=True)}
    for page, latest in zip(pages, records, strict=False):
        public = published.get(page.pk)
        yield _Text(DraftRecord.key(page.pk, latest=True), latest == public, latest, _stamp(latest))
        if public and public != latest:
            yield _Text(DraftRecord.key(page.pk, latest=False), True, public, _stamp(public))


def _stamp(record: Record) -> str:
    # Of the words before they are analysed, which takes a hundred times as long.
    return hashlib.blake2b(repr(record).encode(errors="replace"), digest_size=12).hexdigest()


def refresh(page_ids: Iterable[int], model: type[BasePage] | None = None, *, anew: bool = False) -> int:
    """Make what editors find of these pages what they say now, and return the number of texts.

    What has not changed is not written, unless ``anew``. With ``model``, the type of all of these
    pages: two or three queries, and three more where a text is another.
    """
    ids = sorted(set(page_ids))
    number = 0
    for start in range(0, len(ids), BATCH):
        batch = ids[start : start + BATCH]
        with transaction.atomic(savepoint=False):
            texts = list(_texts(sorted(_read(batch, model), key=lambda page: page.pk)))
            _keep(texts, batch, anew)
        number += len(texts)
    return number


def _keep(texts: Sequence[_Text], page_ids: Sequence[int], anew: bool) -> None:
    rows = DraftRecord.objects.filter(page_id__in=page_ids).values_list("pk", "stamp", "version", "live", "language")
    stored = {pk: state for pk, *state in rows}
    changed = []
    for text in texts:
        state = [text.stamp, VERSION, text.live, text.record.language]
        if anew or stored.get(text.key) != state:
            changed.append(text)
    surplus = stored.keys() - {text.key for text in texts}
    if surplus:
        _delete("search_drafts_draftrecord", "id", surplus)
    words = [text for text in changed if anew or stored.get(text.key, [])[:2] != [text.stamp, VERSION]]
    gone = surplus | {text.key for text in words}
    if gone:
        _delete(TABLE, full_text().key, gone)
    if words:
        with connection.cursor() as cursor:
            documents = [analyse(replace(text.record, page_id=text.key)) for text in words]
            full_text(table=TABLE).insert(cursor, documents)
    if changed:
        DraftRecord.objects.bulk_create(
            map(_row, changed), update_conflicts=True, unique_fields=["id"], update_fields=_UPDATED
        )


def _row(text: _Text) -> DraftRecord:
    return DraftRecord(
        id=text.key,
        page_id=text.record.page_id,
        language=text.record.language,
        live=text.live,
        summary=text.record.summary,
        text=text.record.body,
        stamp=text.stamp,
        version=VERSION,
    )


def _delete(table: str, column: str, keys: Iterable[int]) -> int:
    return delete(table, column, sorted(keys))


def forget(page_ids: Iterable[int]) -> None:
    """Take these pages out of what editors find; two queries for those that were there, one for others."""
    ids = sorted(set(page_ids))
    for start in range(0, len(ids), BATCH):
        keys = [DraftRecord.key(pk, latest=latest) for pk in ids[start : start + BATCH] for latest in (True, False)]
        with transaction.atomic(savepoint=False):
            if _delete("search_drafts_draftrecord", "id", keys):
                _delete(TABLE, full_text().key, keys)


def _silent(_done: int, _of: int) -> None:
    pass


def rebuild(progress: Progress = _silent) -> int:
    """Make the index anew from the pages, and return the number of pages. Editors find them meanwhile."""
    ids = list(indexable().order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(ids), BATCH):
        batch = ids[start : start + BATCH]
        with transaction.atomic():
            # Whoever changes one of these meanwhile waits, and writes after us.
            list(Page.objects.filter(pk__in=batch).order_by("pk").select_for_update(of=("self",)).values_list("pk"))
            refresh(batch, anew=True)
        progress(min(start + BATCH, len(ids)), len(ids))
    gone = DraftRecord.objects.exclude(page_id__in=indexable().values("pk"))
    forget(gone.values_list("page_id", flat=True).distinct())
    return len(ids)


def needed() -> bool:
    """Whether the index lacks pages, has others, or was made by another release; three queries."""
    if DraftRecord.objects.exclude(version=VERSION).exists():
        return True
    pages, indexed = indexable().values("pk"), DraftRecord.objects.values("page_id")
    return indexable().exclude(pk__in=indexed).exists() or DraftRecord.objects.exclude(page_id__in=pages).exists()


def below(condition: Q) -> list[int]:
    """The pages that the condition finds, by id."""
    return list(indexable().filter(condition).values_list("pk", flat=True))


def type_of(page: Page) -> type[BasePage] | None:
    """The model of a page that editors can find; ``None`` for another."""
    found = page.cached_content_type.model_class()
    return found if found is not None and issubclass(found, BasePage) and found is not LocalRootPage else None
