"""Building, rolling back and mending the index."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator

from django.db import transaction
from django.db.models import Q
from wagtail.models import Page

from cms.languages.registry import CODES
from search.contracts import EngineError, Record
from search.documents import VERSION, analyse
from search.eligibility import findable
from search.engines import SecondEngine, second_engine
from search.indexing import BATCH, forget, keep
from search.keeping import changed
from search.models import SearchBuild, SearchChange, SearchRecord, SearchWord
from search.outbox import document_of, note, telling
from search.records import build

#: Documents that a built index is given at a time; pages that are compared with it one by one.
_FILL, _SAMPLE = 500, 200

#: Told how many of how many pages are done.
Progress = Callable[[int, int], None]


def _silent(_done: int, _of: int) -> None:
    pass


def _public(language: str) -> list[int]:
    """The pages of a language that can be found."""
    return list(findable(Q(locale__language_code=language)).order_by("pk").values_list("pk", flat=True))


def rebuild_records(language: str, progress: Progress = _silent) -> int:
    """Make the database's records of a language anew from the pages, and return their number.

    Page by page, in transactions of a hundred: readers find pages meanwhile, each as it was or as it is.
    """
    ids = _public(language)
    counted: Counter[str] = Counter()
    known: set[str] = set(SearchWord.objects.filter(language=language).values_list("word", flat=True))
    number = 0
    for start in range(0, len(ids), BATCH):
        batch = ids[start : start + BATCH]
        with transaction.atomic():
            # Whoever changes one of these meanwhile waits, and writes after us. What was unpublished
            # since the list was made is no longer found.
            list(Page.objects.filter(pk__in=batch).order_by("pk").select_for_update(of=("self",)).values_list("pk"))
            kept = keep(build(findable(Q(pk__in=batch)).specific()), known)
        number += len(kept)
        for document in kept:
            counted.update({word for words, _marked in document.fields for word in words.split()})
        progress(min(start + BATCH, len(ids)), len(ids))
    stored = SearchRecord.objects.filter(language=language)
    with transaction.atomic():
        public = findable(Q(locale__language_code=language)).values("pk")
        gone = list(stored.exclude(pk__in=public).values_list("pk", flat=True))
        for start in range(0, len(gone), BATCH):
            forget(gone[start : start + BATCH])
    _recount(language, counted)
    changed()
    return number


def _recount(language: str, counted: Counter[str]) -> None:
    rows = SearchWord.objects.filter(language=language)
    with transaction.atomic():
        recounted, gone = [], []
        for row in rows.iterator():
            pages = counted.get(row.word, 0)
            if not pages:
                gone.append(row.pk)
            elif pages != row.pages:
                row.pages = pages
                recounted.append(row)
        SearchWord.objects.bulk_update(recounted, ["pages"], batch_size=500)
        for start in range(0, len(gone), 500):
            rows.filter(pk__in=gone[start : start + 500]).delete()


def rebuild_index(language: str, progress: Progress = _silent) -> int:
    """Build the second engine's index of a language from the records, beside the one that answers.

    A build that was stopped goes on where it was. Changes meanwhile are told to both. It answers
    only once it was compared with the records. Returns the number of its documents. Raises
    ``EngineError`` if the engine could not, or if the comparison failed.
    """
    engine = second_engine()
    if engine is None:
        return 0
    started = _start(engine, language)
    total = SearchRecord.objects.filter(language=language).count()
    done = SearchRecord.objects.filter(language=language, pk__lte=started.cursor).count()
    mine = SearchBuild.objects.filter(pk=language, index=started.index)
    while True:
        # Read and told under one lock: a change that comes between waits, and is told after it.
        with telling():
            if not mine.exists():
                # Another process went on with the same build, and is done with it.
                number, wrong = (
                    done,
                    [] if engine.version(language) == str(VERSION) else ["Another process gave it up."],
                )
                break
            after = SearchRecord.objects.filter(language=language, pk__gt=started.cursor)
            rows = list(after.order_by("pk").defer("text")[:_FILL])
            if not rows:
                number, wrong = _finish(engine, language, started.index)
                break
            engine.fill(started.index, map(document_of, rows))
            started.cursor = rows[-1].page_id
            mine.update(cursor=started.cursor)
        done += len(rows)
        progress(done, max(done, total))
    changed()
    # Not before the lock is given back: on PostgreSQL it is a transaction, and what was tidied stays so.
    if wrong:
        raise EngineError(f"The new index of {language} is not right, and the old one goes on: {' '.join(wrong[:5])}")
    return number


def _start(engine: SecondEngine, language: str) -> SearchBuild:
    with telling():
        unfinished = SearchBuild.objects.filter(pk=language).first()
        if unfinished:
            if unfinished.version == str(VERSION) and engine.exists(unfinished.index):
                return unfinished
            engine.drop(unfinished.index)
            unfinished.delete()
        return SearchBuild.objects.create(language=language, index=engine.create(language), version=str(VERSION))


def _finish(engine: SecondEngine, language: str, index: str) -> tuple[int, list[str]]:
    stamps = dict(SearchRecord.objects.filter(language=language).values_list("page_id", "stamp"))
    # What waits to be told is not in it yet, and comes after.
    waiting = set(SearchChange.objects.values_list("page_id", flat=True))
    compared = random.sample(sorted(stamps), min(_SAMPLE, len(stamps)))
    wrong = engine.compare(index, {pk: stamps[pk] for pk in compared if pk not in waiting})
    missing = len(stamps) - engine.count_in(index)
    if abs(missing) > len(waiting):
        wrong.append(f"It has {len(stamps) - missing} pages and not {len(stamps)}.")
    if wrong:
        engine.drop(index)
    else:
        engine.swap(language, index)
    SearchBuild.objects.filter(pk=language).delete()
    return len(stamps), wrong


def lacking(engine: SecondEngine) -> list[str]:
    """The languages whose index is missing, not ours, or of an earlier version than the records that it is made of.

    One of a later version belongs to a release that comes: whoever is left of this one leaves it alone.
    """
    versions = {code: engine.version(code) for code in CODES}
    without = [code for code, said in versions.items() if not said.isdigit() or int(said) < VERSION]
    if not without:
        return []
    old = SearchRecord.objects.filter(language__in=without).exclude(version=VERSION)
    return sorted(set(without) - set(old.values_list("language", flat=True).distinct()))


def rebuild(language: str, progress: Progress = _silent) -> int:
    """Build all that search knows of a language anew, in every engine, and return the number of its pages."""
    number = rebuild_records(language, progress)
    rebuild_index(language, progress)
    return number


def roll_back(language: str) -> str:
    """Let the second engine's index before the last rebuild answer again, mended; returns its name."""
    engine = second_engine()
    if engine is None:
        raise EngineError("There is no second engine: ELASTICSEARCH_URL is not set.")
    with telling():
        index = engine.roll_back(language)
    changed()
    mend_index(language)
    return index


def wrong_in_records(language: str) -> list[int]:
    """The pages of a language whose record is missing, differs from the page, or should not be there."""
    stored = dict(SearchRecord.objects.filter(language=language).values_list("page_id", "stamp"))
    wrong = []
    for _path, record in records_of(language):
        if stored.pop(record.page_id, None) != analyse(record).stamp:
            wrong.append(record.page_id)
    return sorted([*wrong, *stored])


def records_of(language: str) -> Iterator[tuple[str, Record]]:
    """Every page of a language that can be found: its reading path and its record, made from the page."""
    ids = _public(language)
    for start in range(0, len(ids), BATCH):
        pages = {page.pk: page for page in findable(Q(pk__in=ids[start : start + BATCH])).specific()}
        for record in build(pages.values()):
            yield pages[record.page_id].reading_path, record


def wrong_in_index(language: str) -> list[int]:
    """The pages of a language that the second engine has otherwise than the records, and is not about to be told."""
    engine = second_engine()
    if engine is None:
        return []
    stored = dict(SearchRecord.objects.filter(language=language).values_list("page_id", "stamp"))
    indexed = engine.stamps(language)
    waiting = set(SearchChange.objects.filter(set_aside=False).values_list("page_id", flat=True))
    return sorted(
        pk for pk in stored.keys() | indexed.keys() if stored.get(pk) != indexed.get(pk) and pk not in waiting
    )


def mend_index(language: str) -> int:
    """Note every page that the second engine has wrongly, so that it is told; returns their number."""
    wrong = wrong_in_index(language)
    for start in range(0, len(wrong), 1000):
        with transaction.atomic():
            note(wrong[start : start + 1000])
    return len(wrong)
