"""Putting approved texts into the memory, and taking them out.

Only approved text enters: what stands on a page that a reviewer published, and what somebody who may
import for the language brought in a file.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from wagtail.models import Page

from cms.translation.alignment import Kind
from cms.translation.localize import Source, Unit, units_of
from cms.translation.markup import plain, tags_of, to_coded
from cms.translation.memory import index
from cms.translation.memory.models import NATIONAL, MemoryEntry, MemoryOrigin, MemorySource, hash_of, place_of
from cms.translation.models import TextVersion, TranslationRecord

_REPLACED = ["text", "path", "domain", "origin", "reviewer", "approved_at"]


@dataclass(frozen=True, slots=True)
class Approved:
    """A text to be kept: source and text in the numbered form, and where it stands."""

    source: str
    text: str
    translation_key: Any = None
    path: str = ""
    domain: str = NATIONAL


@dataclass(frozen=True, slots=True)
class Kept:
    """What came of texts: how many are new, took an older one's place, or were there already."""

    added: int = 0
    replaced: int = 0
    same: int = 0

    def __add__(self, other: Kept) -> Kept:
        return Kept(self.added + other.added, self.replaced + other.replaced, self.same + other.same)


def remember(record: TranslationRecord, user: Any, at: datetime.datetime | None = None) -> Kept:
    """Keep what the translation's published page says, as approved by ``user``; ten queries at most."""
    return put(record.language, published_texts(record), MemoryOrigin.PAGE, user, at)


def published_texts(record: TranslationRecord) -> list[Approved]:
    """The texts of a translation's page as it is published, each with the source's text that it was made from.

    A working text that was written after what was approved is not on the page: then its history is asked
    for the one that is.
    """
    page = Page.objects.filter(pk=record.page_id, live=True).specific().first()
    if page is None:
        return []
    on_page: dict[str, set[str]] = defaultdict(set)
    for piece in Source(page).pieces:
        if piece.kind is Kind.TEXT:
            on_page[piece.path].add(plain(piece.data))
    made_from = set(record.made_from)
    units = [
        unit
        for unit in units_of(record.source_id, record.language, earlier=False)
        if record.source.meaning_of(unit.hash) in made_from
    ]
    found = {unit.id: unit.text for unit in units if unit.text and plain(unit.text) in on_page[unit.path]}
    missed = [unit for unit in units if unit.id not in found]
    if missed:
        found |= _from_history(record, missed, on_page)
    domain = record.source.county_slug or NATIONAL
    return [_approved(unit, found[unit.id], record.source_id, domain) for unit in units if unit.id in found]


def _from_history(record: TranslationRecord, units: list[Unit], on_page: dict[str, set[str]]) -> dict[str, str]:
    wanted = {(unit.path, unit.source): unit.id for unit in units}
    versions = TextVersion.objects.filter(record=record, path__in={unit.path for unit in units}).order_by("pk")
    return {
        wanted[version.path, version.source_text]: version.text
        for version in versions
        if (version.path, version.source_text) in wanted and plain(version.text) in on_page[version.path]
    }


def _approved(unit: Unit, text: str, translation_key: Any, domain: str) -> Approved:
    tags = tags_of(unit.source)
    return Approved(to_coded(unit.source, tags), to_coded(text, tags), translation_key, unit.path, domain)


@transaction.atomic
def put(
    language: str,
    texts: Iterable[Approved],
    origin: MemoryOrigin,
    reviewer: Any,
    at: datetime.datetime | None = None,
) -> Kept:
    """Keep the texts, each instead of the one that was approved in its place before; six queries at most.

    Empty ones and those that are their source's are left out. What a page was approved with is not
    replaced by a file. A text that is there already is approved anew, but where ``at`` is older.
    """
    at = at or timezone.now()
    wanted = {
        (hash_of(text.source), place_of(text.translation_key, text.path)): text
        for text in texts
        if text.text.strip() and text.text.strip() != text.source.strip()
    }
    if not wanted:
        return Kept()
    sources = _sources({hash_: text.source for (hash_, _place), text in wanted.items()})
    there = {
        (entry.source_id, entry.place): entry
        for entry in MemoryEntry.objects.filter(language=language, source_id__in=sources.values())
    }
    new, changed, same = [], [], 0
    replaced = 0
    for (hash_, place), text in wanted.items():
        values = {
            "text": text.text,
            "path": text.path,
            "domain": text.domain,
            "origin": origin,
            "reviewer": reviewer,
            "approved_at": at,
        }
        entry = there.get((sources[hash_], place))
        if entry is None:
            key = {"translation_key": text.translation_key, "place": place}
            new.append(MemoryEntry(source_id=sources[hash_], language=language, **key, **values))
            continue
        if entry.text == text.text:
            same += 1
        if (entry.origin, origin) != (MemoryOrigin.TMX, MemoryOrigin.PAGE) and (
            entry.origin != origin or entry.approved_at > at
        ):
            continue
        replaced += entry.text != text.text
        for name, value in values.items():
            setattr(entry, name, value)
        changed.append(entry)
    MemoryEntry.objects.bulk_create(new)
    MemoryEntry.objects.bulk_update(changed, _REPLACED, batch_size=500)
    return Kept(len(new), replaced, same)


def _sources(wanted: dict[str, str]) -> dict[str, int]:
    """The number of each source text by its hash; those that lack are made."""
    found = dict(MemorySource.objects.filter(hash__in=wanted).values_list("hash", "pk"))
    lacking = {hash_: coded for hash_, coded in wanted.items() if hash_ not in found}
    if lacking:
        # Another's transaction may make the same one at the same time.
        MemorySource.objects.bulk_create((MemorySource.of(coded) for coded in lacking.values()), ignore_conflicts=True)
        made = list(MemorySource.objects.filter(hash__in=lacking).values_list("hash", "pk", "plain"))
        index.add((pk, plain_text) for _hash, pk, plain_text in made)
        found |= {hash_: pk for hash_, pk, _plain in made}
    return found


@transaction.atomic
def forget(entry: MemoryEntry) -> None:
    """Take a text out of the memory, and its source's with the last one."""
    source = entry.source_id
    entry.delete()
    if not MemoryEntry.objects.filter(source_id=source).exists():
        index.remove([source])
        MemorySource.objects.filter(pk=source).delete()


def fill() -> Kept:
    """Keep what is published and reviewed already, at upgrade or after loading content; can be run again.

    What is there as it is published keeps its reviewer and its day.
    """
    kept = Kept()
    records = TranslationRecord.objects.filter(live=True, machine=False, page__isnull=False).select_related(
        "source", "page__live_revision__user"
    )
    for record in records.order_by("pk").iterator(chunk_size=200):
        if record.page is None:
            continue
        revision = record.page.live_revision
        kept += _fill(record, revision.user if revision else None, record.page.last_published_at or timezone.now())
    return kept


def _fill(record: TranslationRecord, user: Any, at: datetime.datetime) -> Kept:
    texts = published_texts(record)
    there = {
        (entry.source.hash, entry.place): entry.text
        for entry in MemoryEntry.objects.filter(
            language=record.language, translation_key=record.source_id, origin=MemoryOrigin.PAGE
        ).select_related("source")
    }
    new = [
        text for text in texts if there.get((hash_of(text.source), place_of(record.source_id, text.path))) != text.text
    ]
    kept = put(record.language, new, MemoryOrigin.PAGE, user, at)
    return Kept(kept.added, kept.replaced, kept.same + len(texts) - len(new))
