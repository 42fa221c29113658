"""What the memory has for a text: the same, and what is like it."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, F, IntegerField, QuerySet, Value, When, Window
from django.db.models.functions import RowNumber
from rapidfuzz import fuzz, process

from cms.access.actions import Action
from cms.access.naming import name_of
from cms.access.policy import decide
from cms.translation.localize import Unit, places_of, progress_of
from cms.translation.markup import numbers_of, tags_of, to_coded
from cms.translation.memory import index
from cms.translation.memory.models import MemoryEntry, MemorySource, hash_of, place_of
from cms.translation.models import TranslationRecord

#: The same source text, approved in this very place.
CONTEXT = 101
#: The same source text elsewhere.
EXACT = 100
#: What is less like is no help.
LEAST = 60
#: Taken off where the source's tags are others.
_OTHER_TAGS = 2
#: Texts of one source that are looked at, the newest.
_A_SOURCE = 10
#: Texts of the very source text that are looked at, the newest.
_NEWEST = 50
#: Sources that are like a text and are looked at.
_SOURCES = 20
#: Texts of one question for which something like them is looked for, the longest; see ``best``.
FUZZY_AT_MOST = 300
#: Pages that are looked at for the same text, at most.
_PAGES = 50
_CHUNK = 1000


@dataclass(frozen=True, slots=True)
class Match:
    """A text of the memory. ``text`` and ``source`` are in the numbered form.

    ``likeness``: 101 for the same source text in the same place, 100 elsewhere, else 60–99.
    ``reviewer`` is a display name, empty where nobody is known.
    """

    id: int
    text: str
    source: str
    likeness: int
    origin: str
    reviewer: str
    approved_at: datetime.datetime
    same_place: bool


def coded_of(source_html: str) -> str:
    """The source's inline HTML in the numbered form."""
    return to_coded(source_html, tags_of(source_html))


def likeness(one: MemorySource, other: MemorySource) -> int:
    """How like two different source texts are: 0–99, by the letters that they share in their order."""
    tags = _OTHER_TAGS if numbers_of(one.coded) != numbers_of(other.coded) else 0
    return max(0, min(EXACT - 1, int(fuzz.ratio(one.plain, other.plain))) - tags)


# --- suggestions ----------------------------------------------------------------------------------


def suggest(
    language: str, source_html: str, *, path: str = "", translation_key: Any = None, limit: int = 5
) -> list[Match]:
    """The best texts for a source text (inline HTML), at most ``limit``, best first, none twice.

    One query, or four at most where something like it is looked for.
    """
    asked = MemorySource.of(coded_of(source_html))
    place = place_of(translation_key, path)
    exact = MemoryEntry.objects.filter(language=language, source__hash=asked.hash).select_related("source", "reviewer")
    newest = exact.order_by(_elsewhere({place}), "-approved_at", "-id")[:_NEWEST]
    matches = [_match(entry, CONTEXT if _is_at(entry, place) else EXACT, place) for entry in newest]
    matches = _unique(matches)[:limit]
    if len(matches) < limit:
        matches += _like(language, asked, place)
    return _unique(matches)[:limit]


def _like(language: str, asked: MemorySource, place: str) -> list[Match]:
    near = {pk for pk, _score in _nearest(asked, language, _SOURCES)}
    entries = _entries(language, {place}).filter(source_id__in=near).exclude(source__hash=asked.hash) if near else []
    scored = [_match(entry, likeness(asked, entry.source), place) for entry in entries]
    return [match for match in scored if match.likeness >= LEAST]


def _nearest(asked: MemorySource, language: str | None, limit: int) -> list[tuple[int, float]]:
    """Numbers of source texts with how like they are, best first; the text itself may be among them."""
    found = index.candidates(asked.plain, LEAST, language)
    best = process.extract(
        asked.plain, [one.plain for one in found], scorer=fuzz.ratio, score_cutoff=LEAST, limit=limit
    )
    return [(found[place].id, score) for _text, score, place in best]


def _entries(language: str, places: set[str]) -> QuerySet[MemoryEntry]:
    """The texts of the language with source and reviewer; of each source those at ``places`` and the newest."""
    here = Case(When(place__in=places - {""}, then=Value(0)), default=Value(1), output_field=IntegerField())
    number = Window(
        RowNumber(), partition_by=[F("source_id")], order_by=[here, F("approved_at").desc(), F("id").desc()]
    )
    return (
        MemoryEntry.objects.filter(language=language)
        .select_related("source", "reviewer")
        .annotate(number=number)
        .filter(number__lte=max(_A_SOURCE, len(places)))
    )


def _elsewhere(places: set[str]) -> Case:
    """What puts the texts at ``places`` first."""
    return Case(When(place__in=places - {""}, then=Value(0)), default=Value(1), output_field=IntegerField())


def _is_at(entry: MemoryEntry, place: str) -> bool:
    return bool(place) and entry.place == place


def _match(entry: MemoryEntry, score: int, place: str) -> Match:
    return Match(
        entry.pk,
        entry.text,
        entry.source.coded,
        score,
        entry.origin,
        name_of(entry.reviewer),
        entry.approved_at,
        _is_at(entry, place),
    )


def _unique(matches: list[Match]) -> list[Match]:
    """Best first, each text once."""
    ordered = sorted(matches, key=lambda match: (match.likeness, match.same_place, match.approved_at), reverse=True)
    return list({match.text: match for match in reversed(ordered)}.values())[::-1]


def suggest_many(language: str, units: Sequence[Unit], translation_key: Any = None) -> dict[str, list[Match]]:
    """The memory's texts of exactly these source texts by the units' ids; one query. Best first.

    A unit for which there is none is not named. ``translation_key``: the page that the units are of.
    """
    asked = {unit.id: (hash_of(coded_of(unit.source)), place_of(translation_key, unit.path)) for unit in units}
    by_hash: dict[str, list[MemoryEntry]] = defaultdict(list)
    places = {place for _hash, place in asked.values()}
    for entry in _entries(language, places).filter(source__hash__in={hash_ for hash_, _place in asked.values()}):
        by_hash[entry.source.hash].append(entry)
    found = {}
    for unit, (hash_, place) in asked.items():
        matches = [_match(entry, CONTEXT if _is_at(entry, place) else EXACT, place) for entry in by_hash[hash_]]
        if matches:
            found[unit] = _unique(matches)
    return found


# --- the price of an order ------------------------------------------------------------------------


def best(language: str, source_htmls: Sequence[str]) -> list[int]:
    """As :func:`best_in`, of one language."""
    return best_in([language], source_htmls)[language]


def best_in(languages: Iterable[str], source_htmls: Sequence[str]) -> dict[str, list[int]]:
    """By language: how like the memory's best is for each text, 0 where there is none.

    What is the same is found in one query for a thousand texts. Something like it is looked for once
    for all languages, for the ``FUZZY_AT_MOST`` longest texts that some language lacks: they cost
    most. The others count as new, so that a price is never too low.
    """
    languages = list(languages)
    asked = [MemorySource.of(coded_of(html)) for html in source_htmls]
    scores: dict[tuple[str, str], int] = {}
    for hashes in _chunks({one.hash for one in asked}):
        have = MemoryEntry.objects.filter(source__hash__in=hashes, language__in=languages)
        scores |= dict.fromkeys(have.values_list("language", "source__hash").distinct(), EXACT)
    lacking = {one.hash: one for one in asked if any((code, one.hash) not in scores for code in languages)}
    longest = sorted(lacking.values(), key=lambda one: -one.length)[:FUZZY_AT_MOST]
    near = {one.hash: _nearest(one, None, _SOURCES) for one in longest}
    ids = {pk for found in near.values() for pk, _score in found}
    sources = {source.pk: source for chunk in _chunks(ids) for source in MemorySource.objects.filter(pk__in=chunk)}
    speak: dict[int, set[str]] = defaultdict(set)
    for chunk in _chunks(ids):
        pairs = MemoryEntry.objects.filter(source_id__in=chunk, language__in=languages)
        for pk, code in pairs.values_list("source_id", "language").distinct():
            speak[pk].add(code)
    for one in longest:
        for pk, _score in near[one.hash]:
            like = likeness(one, sources[pk])
            for code in speak[pk] if like >= LEAST else ():
                scores[code, one.hash] = max(like, scores.get((code, one.hash), 0))
    return {code: [scores.get((code, one.hash), 0) for one in asked] for code in languages}


def _chunks(values: set[Any]) -> list[list[Any]]:
    ordered = sorted(values)
    return [ordered[start : start + _CHUNK] for start in range(0, len(ordered), _CHUNK)]


# --- propagation ----------------------------------------------------------------------------------


def identical(record: TranslationRecord, unit: Unit, user: Any) -> list[tuple[int, str]]:
    """Where the same source text waits for a translation in the same language: record and unit.

    In the page itself and in others that ``user`` may edit, ``_PAGES`` of them at most: what is to be
    asked before a translation is written there too. One query, and two for each page.
    """
    found: list[tuple[int, str]] = []
    for other in _pages_that_say(record, unit):
        if not decide(user, Action.EDIT, other):
            continue
        done = progress_of(other.source_id).done.get(record.language, set())
        found += [
            (other.pk, place.unit)
            for place in places_of(other.source_id)
            if place.hash == unit.hash and place.unit not in done and (other.pk, place.unit) != (record.pk, unit.id)
        ]
    return found


def _pages_that_say(record: TranslationRecord, unit: Unit) -> list[TranslationRecord]:
    """The records of the language whose source has the text, links and all, and that lack some text."""
    # The hash stands in the source's list of segments and nowhere else: SQLite can't look into JSON by an index.
    return list(
        TranslationRecord.objects.filter(
            language=record.language,
            untranslated__gt=0,
            source__live=True,
            source__segments__icontains=unit.hash,
        )
        .select_related("source")
        .order_by("pk")[:_PAGES]
    )
