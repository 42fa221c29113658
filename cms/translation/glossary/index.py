"""The glossary as it is searched: made once from two queries, kept in the process until something changes."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from uuid import uuid4

from django.core.cache import cache

from cms.languages.registry import SOURCE
from cms.translation.glossary.entries import Entry, entries
from cms.translation.glossary.words import Word, stem, words

_KEY = "glossary:version"
#: Seconds after which a process asks anew, where the cache is each process's own.
_TRUSTED = 60
#: What may stand between two words of a term.
_BETWEEN = re.compile(r"[\s\u00a0\u202f\u2010\u2011-]{1,3}")


@dataclass(frozen=True, slots=True)
class Match:
    """A Swedish term in a text, and whose it is. ``exact``: as it is written in the glossary."""

    start: int
    end: int
    count: int
    entry: Entry
    term: str
    exact: bool

    @property
    def order(self) -> tuple[int, int, bool, int]:
        """The longest first, the exact before the inflected, the earlier before the later."""
        return -self.count, self.start - self.end, not self.exact, self.start


@dataclass(slots=True)
class Index:
    """All concepts, and their Swedish terms by their words and by their words' stems."""

    entries: dict[str, Entry]
    exact: dict[tuple[str, ...], list[tuple[Entry, str]]] = field(default_factory=lambda: defaultdict(list))
    stems: dict[tuple[str, ...], list[tuple[Entry, str]]] = field(default_factory=lambda: defaultdict(list))
    longest: int = 0

    def add(self, entry: Entry) -> None:
        terms = entry.of(SOURCE)
        for term in terms.approved:
            found = split(term, SOURCE)
            self._note(self.exact, found, entry, term)
            self._note(self.stems, tuple(stem(word, SOURCE) for word in found), entry, term)
        for form in terms.forms:
            # Forms are of the preferred term: that is the one they are written with.
            self._note(self.exact, split(form, SOURCE), entry, terms.approved[0])

    def _note(
        self, where: dict[tuple[str, ...], list[tuple[Entry, str]]], key: tuple[str, ...], entry: Entry, term: str
    ) -> None:
        if key and all(entry.key != other.key for other, _term in where.get(key, ())):
            where[key].append((entry, term))
            self.longest = max(self.longest, len(key))

    def matches(self, text: str) -> list[Match]:
        """The terms in a Swedish text, by their place: where two overlap the longer one."""
        chosen: list[Match] = []
        for match in sorted(self._all(text), key=lambda match: match.order):
            rivals = [other for other in chosen if other.start < match.end and match.start < other.end]
            # One term of two concepts is both's; but what is written so is not also an inflected other.
            if all((other.start, other.end, other.exact) == (match.start, match.end, match.exact) for other in rivals):
                chosen.append(match)
        return sorted(chosen, key=lambda match: match.start)

    def _all(self, text: str) -> Iterator[Match]:
        found = list(words(text, SOURCE))
        stems = [stem(word.text, SOURCE) for word in found]
        for first in range(len(found)):
            for last in range(first, min(first + self.longest, len(found))):
                if last > first and not _BETWEEN.fullmatch(text, found[last - 1].end, found[last].start):
                    break
                key = tuple(word.text for word in found[first : last + 1])
                place = (found[first].start, found[last].end, last - first + 1)
                for entry, term in self.exact.get(key, ()):
                    yield Match(*place, entry, term, exact=True)
                for entry, term in self.stems.get(tuple(stems[first : last + 1]), ()):
                    if not any(entry.key == other.key for other, _term in self.exact.get(key, ())):
                        yield Match(*place, entry, term, exact=False)


@lru_cache(maxsize=20_000)
def split(term: str, language: str) -> tuple[str, ...]:
    """The words of a term."""
    return tuple(word.text for word in words(term, language))


@lru_cache(maxsize=512)
def text_words(text: str, language: str) -> list[Word]:
    """The words of a text that several terms are looked for in."""
    return list(words(text, language))


_made: tuple[str, Index] | None = None


def index() -> Index:
    """The index of all concepts. No query unless the glossary changed, then two."""
    global _made
    version = cache.get(_KEY)
    if version is None:
        version = uuid4().hex
        # Of two who come at once the first one's stands.
        version = version if cache.add(_KEY, version, _TRUSTED) else cache.get(_KEY, version)
    made = _made
    if made is None or made[0] != version:
        fresh = Index(entries())
        for entry in fresh.entries.values():
            fresh.add(entry)
        _made = made = (version, fresh)
    return made[1]


def forget() -> None:
    """The glossary changed: every process that shares the cache reads it anew."""
    cache.set(_KEY, uuid4().hex, _TRUSTED)
