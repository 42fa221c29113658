"""What others ask the glossary: which terms a text has, and whether a translation uses them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from cms.languages.registry import SOURCE
from cms.translation.glossary.entries import Entry
from cms.translation.glossary.index import Index, index, split, text_words
from cms.translation.glossary.models import Kind, Status
from cms.translation.glossary.words import Word, beginnings, find


@dataclass(frozen=True, slots=True)
class Found:
    """A Swedish term in a text: ``start`` and ``end`` count characters, ``term`` is its form in the glossary.

    ``approved`` (the preferred first) and ``forbidden`` are of the language that was asked for; both may be empty.
    """

    start: int
    end: int
    concept: str
    term: str
    approved: tuple[str, ...]
    forbidden: tuple[str, ...]
    definition: str
    status: str
    forms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GlossaryTerm:
    """A concept in one language, for readers, exports and instructions."""

    concept: str
    swedish: tuple[str, ...]
    approved: tuple[str, ...]
    forbidden: tuple[str, ...]
    definition: str
    source: str
    source_url: str
    status: str


def terms_in(language: str, source_text: str) -> list[Found]:
    """The glossary's terms in a plain Swedish text, in their order, with what they are called in ``language``.

    Whole words, inflected too; of terms that overlap the longest. A term of two concepts is found twice.
    No query unless the glossary changed, then two.
    """
    return [
        Found(
            match.start,
            match.end,
            match.entry.key,
            match.term,
            match.entry.of(language).approved,
            match.entry.of(language).forbidden,
            match.entry.definition,
            match.entry.status,
            match.entry.of(language).forms,
        )
        for match in index().matches(source_text)
    ]


def used(language: str, target_text: str, found: Found) -> bool:
    """Whether an approved term of ``found`` is in the plain translation, inflected as the language does it.

    Lenient: it guesses rather than accuse. True where the concept has no approved term in the language.
    """
    text = text_words(target_text, language)
    return not found.approved or any(
        next(find(split(term, language), text, language, lenient=True), None) is not None
        for term in (*found.approved, *found.forms)
    )


def forbidden_in(language: str, target_text: str) -> list[str]:
    """The forbidden terms in a plain translation, as the glossary has them, in the text's order.

    Only of approved concepts, and not where the words are part of an approved term. Strict: it accuses only of
    what is there. No query unless the glossary changed, then two.
    """
    now = index()
    text = text_words(target_text, language)
    places = _places(_terms(now, language, Kind.FORBIDDEN), text, language)
    if not places:
        return []
    good = {
        place for found in _places(_terms(now, language, Kind.APPROVED), text, language).values() for place in found
    }
    bad = {
        term: outside[0]
        for term, found in places.items()
        if (outside := [place for place in found if not any(a <= place[0] and place[1] <= b for a, b in good)])
    }
    return sorted(bad, key=lambda term: bad[term])


def _places(terms: Iterable[str], text: list[Word], language: str) -> dict[str, list[tuple[int, int]]]:
    """Where each of the terms stands in the text, of those that do."""
    seen = set().union(*(beginnings(word.text, language) for word in text))
    # Most terms have no word that begins as one of the text's.
    likely = (
        (term, split_term)
        for term in terms
        if (split_term := split(term, language)) and not seen.isdisjoint(beginnings(split_term[0], language))
    )
    found = ((term, list(find(words, text, language, lenient=False))) for term, words in likely)
    return {term: places for term, places in found if places}


def _terms(now: Index, language: str, kind: Kind) -> Iterator[str]:
    """The terms of that kind, of approved concepts; the forms of a term are approved as it is."""
    for entry in now.entries.values():
        if entry.status == Status.APPROVED:
            terms = entry.of(language)
            yield from terms.forbidden if kind is Kind.FORBIDDEN else (*terms.approved, *terms.forms)


def for_language(language: str, *, proposed: bool = False) -> list[GlossaryTerm]:
    """The concepts that have a term in ``language``, by their Swedish term; with ``proposed`` also those that
    are not decided on. No query unless the glossary changed, then two."""
    chosen = (
        entry
        for entry in index().entries.values()
        if entry.of(language) and (proposed or entry.status == Status.APPROVED)
    )
    return [_of(entry, language) for entry in sorted(chosen, key=lambda entry: entry.name.casefold())]


def _of(entry: Entry, language: str) -> GlossaryTerm:
    terms = entry.of(language)
    return GlossaryTerm(
        entry.key,
        entry.of(SOURCE).approved,
        terms.approved,
        terms.forbidden,
        entry.definition,
        entry.source,
        entry.source_url,
        entry.status,
    )
