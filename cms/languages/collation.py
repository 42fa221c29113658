"""The order of names in a list, by each language's own alphabet.

What it does: the order of the letters from the registry, variants (``é``, ``ü``, ``أ``) beside their
letter, small before large, the language's own script before others, spaces before letters so that
lists go word by word, hyphens and apostrophes as if they were not there.

What it does not: contractions and expansions (``þ`` as ``th``), French accents from the end,
numbers by value, the Arabic article left out. For that one needs ICU, which is not worth its size
for lists of counties, municipalities and headings.
"""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache

from cms.languages.registry import BY_CODE, Language
from cms.languages.scripts import script_of

CollationKey = tuple[tuple[tuple[int, int], ...], tuple[int, ...], str]

_SPACE, _DIGIT, _OWN, _OTHER = range(4)


@cache
def _ranks(code: str) -> dict[str, tuple[int, int]]:
    """Letter -> its place in the alphabet and its place among those that rank together."""
    return {
        letter: (place, variant)
        for place, group in enumerate(BY_CODE[code].collation.split())
        for variant, letter in enumerate(group.split("="))
    }


def _weight(char: str, language: Language) -> tuple[tuple[int, int], int] | None:
    """The primary and secondary weight of a character, None for one that does not count."""
    ranks = _ranks(language.code)
    if char in ranks:
        place, variant = ranks[char]
        return (_OWN, place), variant
    if char.isspace():
        return (_SPACE, 0), 0
    if char.isdigit():
        return (_DIGIT, unicodedata.digit(char)), 0
    decomposed = unicodedata.normalize("NFD", char)
    base = decomposed[0]
    secondary = ord(decomposed[1]) if len(decomposed) > 1 else 0
    if base in ranks:
        place, variant = ranks[base]
        return (_OWN, place), secondary or variant
    script = script_of(base)
    if script is None:
        return None
    # Without an alphabet of its own the language's order is Unicode's, which holds for a–z and for Ethiopic.
    return (_OWN if script == language.script and not ranks else _OTHER, ord(base)), secondary


@lru_cache(maxsize=8192)
def collation_key(text: str, code: str) -> CollationKey:
    """A key for ``sorted``: the place of ``text`` in a list that is read in the language ``code``."""
    language = BY_CODE[code]
    weights = [
        weight for char in unicodedata.normalize("NFC", text).lower() if (weight := _weight(char, language)) is not None
    ]
    return tuple(first for first, _ in weights), tuple(second for _, second in weights), text.swapcase()
