"""What a text is found by: tokens, the same for every engine.

A word gives a token as it is (``normalise.exact``), one for its stem (marked ``≈``), lenient ones
(marked ``°``: without å, ä, ö, ñ for keyboards that lack them, and with one letter for Ethiopic
ones that sound alike), and the stems of a compound's parts (marked ``+``). The marks keep them
apart: *lagar* is not found by *lågar*, but a reader who types *lagenhet* finds *lägenhet*.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple

from search.morphology import COMPOUNDING, parts, stem
from search.normalise import PARTING, base, exact, homophone, is_ethiopic, joined, plain, written
from search.stopwords import is_stopword

STEM, LENIENT, PART = "≈", "°", "+"
#: Words of a query that are looked for; each costs the engine.
MOST_WORDS = 12


class Forms(NamedTuple):
    """A word's tokens: as it is, the marked ones of a document and of a query, and the stems of its parts."""

    exact: str
    indexed: tuple[str, ...]
    asked: tuple[str, ...]
    parts: tuple[str, ...]


# As many as a site of eleven languages has words: the passages of a search's hits look at hundreds.
@lru_cache(maxsize=65_536)
def forms(word: str, language: str) -> Forms | None:
    """The tokens of a word as it is written, or ``None`` where nothing of it can be searched."""
    root = base(word, language)
    if not root:
        return None
    own, stemmed = exact(root, language), exact(stem(root, language), language)
    of = tuple(exact(stem(part, language), language) for part in parts(root, language))
    indexed, asked = [STEM + stemmed, *(PART + part for part in of)], [STEM + stemmed]
    if language in COMPOUNDING:
        asked.append(PART + stemmed)
    sound = homophone(own)
    if sound:
        lenient = {LENIENT + sound, LENIENT + STEM + homophone(stemmed)}
        indexed += sorted(lenient)
        asked += sorted(lenient)
    elif plain(own) != own:
        # Written with its letters: a query for it means just these.
        indexed += [LENIENT + plain(own), LENIENT + STEM + plain(stemmed)]
    elif language in PARTING:
        asked.append(LENIENT + own)
    elif own.isascii():
        asked += [LENIENT + own, LENIENT + STEM + stemmed]
    return Forms(own, tuple(indexed), tuple(asked), of)


def _forms_of(text: str, language: str) -> list[Forms]:
    return [form for word in written(text, language) if (form := forms(word, language))]


def spell(text: str, language: str) -> list[str]:
    """The words of a text in their order, as they are written."""
    return [form.exact for form in _forms_of(text, language)]


def marks(text: str, language: str) -> list[str]:
    """What else the words of a text are found by: the marked tokens."""
    return tokens(text, language)[1]


def tokens(text: str, language: str) -> tuple[list[str], list[str]]:
    """``spell`` and ``marks`` of a text, which is parted once."""
    parted = _forms_of(text, language)
    marked = [token for form in parted for token in form.indexed]
    marked += [LENIENT + exact(base(word, language), language) for word in joined(text, language)]
    return [form.exact for form in parted], marked


#: Words that stand together: each is answered by any of its tokens.
Together = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """A word of a query.

    Any of ``tokens`` answers it, any token that begins with one of ``beginnings``, and any of
    ``ways``: other words for it that must all be there (a compound's parts, a synonym).
    """

    exact: str
    tokens: tuple[str, ...]
    beginnings: tuple[str, ...] = ()
    ways: tuple[Together, ...] = ()

    @property
    def key(self) -> str:
        """What the forms of the word have in common."""
        return next(token for token in self.tokens if token.startswith(STEM))


def _asked(form: Forms) -> Asked:
    together = tuple((STEM + part, PART + part) for part in form.parts)
    return Asked(form.exact, (form.exact, *form.asked), ways=(together,) if together else ())


def asked(text: str, language: str) -> list[Asked]:
    """The words of a query in ``language``, without those that say nothing; the last may be a beginning."""
    found: dict[str, Forms] = {}
    for form in _forms_of(text, language):
        found.setdefault(form.exact, form)
    telling = [form for form in found.values() if not is_stopword(form.exact, language)]
    chosen = (telling or list(found.values()))[:MOST_WORDS]
    result = [_asked(form) for form in chosen]
    if chosen and _may_be_beginning(chosen[-1].exact):
        last = chosen[-1]
        # Where a word may be written in one, the beginning of that is mostly the beginning of another.
        lenient = tuple(
            token for token in last.asked if token.startswith(LENIENT) and STEM not in token and language not in PARTING
        )
        result[-1] = replace(result[-1], beginnings=(last.exact, *lenient))
    return result


def typed(text: str, language: str) -> list[Asked]:
    """The words of a query that is being typed: a last one that is too short to be a beginning is left out."""
    found = asked(text, language)
    return found[:-1] if len(found) > 1 and not found[-1].beginnings else found


def together(chosen: Iterable[Asked]) -> Together:
    """These words as one way to answer another."""
    return tuple(word.tokens for word in chosen)


def key(chosen: Sequence[Asked]) -> str:
    """What a term is known by whatever the forms of its words: the keys of its words."""
    return " ".join(word.key for word in chosen)


def _may_be_beginning(word: str) -> bool:
    # An Ethiopic letter is a syllable: two say as much as three or four of the others.
    return len(word) >= (2 if is_ethiopic(word) else 3)


def least(number: int) -> int:
    """How many of a query's words a page must have: all but half of them, rounded down."""
    return number - number // 2
