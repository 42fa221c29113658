"""What a text is found by: tokens, the same for every engine.

A word gives a token as it is (``normalise.exact``), one for its stem (marked ``≈``), and lenient
ones (marked ``°``): without å, ä, ö, ñ for keyboards that lack them, and with one letter for
Ethiopic ones that sound alike. The marks keep them apart: *lagar* is not found by *lågar*, but a
reader who types *lagenhet* finds *lägenhet*.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from search.morphology import stem
from search.normalise import base, exact, homophone, plain, words
from search.stopwords import is_stopword

STEM, LENIENT = "≈", "°"
#: Words of a query that are looked for; each costs the engine.
MOST_WORDS = 12


class Forms(NamedTuple):
    """A word's tokens: as it is, and the marked ones of a document and of a query."""

    exact: str
    indexed: tuple[str, ...]
    asked: tuple[str, ...]


@lru_cache(maxsize=20_000)
def forms(word: str, language: str) -> Forms | None:
    """The tokens of a word as it is written, or ``None`` where nothing of it can be searched."""
    root = base(word, language)
    if not root:
        return None
    own, stemmed = exact(root, language), exact(stem(root, language), language)
    indexed, asked = [STEM + stemmed], [STEM + stemmed]
    sound = homophone(own)
    if sound:
        indexed.append(LENIENT + sound)
        asked.append(LENIENT + sound)
    elif plain(own) != own:
        # Written with its letters: a query for it means just these.
        indexed += [LENIENT + plain(own), LENIENT + STEM + plain(stemmed)]
    elif own.isascii():
        asked += [LENIENT + own, LENIENT + STEM + stemmed]
    return Forms(own, tuple(indexed), tuple(asked))


def tokens(text: str, language: str) -> list[str]:
    """The tokens of a text for the index: the words in their order, then what else they are found by."""
    found = [form for word in words(text, language) if (form := forms(word.text, language))]
    return [form.exact for form in found] + [token for form in found for token in form.indexed]


def stems(text: str, language: str) -> list[str]:
    """The marked tokens of a text alone: for an engine that has an analyzer for the words themselves."""
    return [token for word in words(text, language) if (form := forms(word.text, language)) for token in form.indexed]


@dataclass(frozen=True, slots=True)
class Asked:
    """A word of a query: any of ``tokens`` answers it, and any token that begins with one of ``beginnings``."""

    exact: str
    tokens: tuple[str, ...]
    beginnings: tuple[str, ...] = ()


def asked(text: str, language: str) -> list[Asked]:
    """The words of a query in ``language``, without those that say nothing; the last may be a beginning."""
    found: dict[str, Forms] = {}
    for word in words(text, language):
        form = forms(word.text, language)
        if form:
            found.setdefault(form.exact, form)
    telling = [form for form in found.values() if not is_stopword(form.exact, language)]
    chosen = (telling or list(found.values()))[:MOST_WORDS]
    result = [Asked(form.exact, (form.exact, *form.asked)) for form in chosen]
    if chosen and _may_be_beginning(chosen[-1].exact):
        last = chosen[-1]
        lenient = tuple(token for token in last.asked if token.startswith(LENIENT) and STEM not in token)
        result[-1] = Asked(last.exact, result[-1].tokens, (last.exact, *lenient))
    return result


def _may_be_beginning(word: str) -> bool:
    # An Ethiopic letter is a syllable, and Arabic leaves short vowels out: two letters say as much as three.
    return len(word) >= (3 if word.isascii() or word[0] < "\u0600" else 2)


def least(number: int) -> int:
    """How many of a query's words a page must have: all but half of them, rounded down."""
    return number - number // 2
