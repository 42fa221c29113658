"""Stems: what a word's inflected forms have in common, once, in Python, for every engine alike.

A language has a module of its own where its stemmer wants help or there is none; the others are
Snowball's. A language without either is found by its words as they are written.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from search.morphology import arabic, french, persian, russian, somali, spanish, swedish, tigrinya, ukrainian
from search.morphology.snowball import NAMES, snowball

# Stems of words that the stemmers part from their inflected forms, or join with another word.
_IRREGULAR = {
    "en": {
        "authorities": "authority",
        "authority": "authority",
        "children": "child",
        "experience": "experience",
        "experienced": "experience",
        "experiences": "experience",
        "feet": "foot",
        "general": "general",
        "generally": "general",
        "importance": "important",
        "important": "important",
        "lives": "life",
        "men": "man",
        "neighbor": "neighbour",
        "neighbors": "neighbour",
        "organisation": "organisation",
        "organisations": "organisation",
        "organization": "organisation",
        "organizations": "organisation",
        "relative": "relative",
        "relatives": "relative",
        "shelves": "shelf",
        "teeth": "tooth",
        "universities": "university",
        "university": "university",
        "wives": "wife",
        "women": "woman",
    },
}
_OWN: dict[str, Callable[[str], str]] = {
    "sv": swedish.stem,
    "ar": arabic.stem,
    "fa": persian.stem,
    "prs": persian.stem,
    "so": somali.stem,
    "ti": tigrinya.stem,
    "ru": russian.stem,
    "es": spanish.stem,
    "fr": french.stem,
    "uk": ukrainian.stem,
}
_PARTS: dict[str, Callable[[str], tuple[str, ...]]] = {"sv": swedish.parts}
#: Languages whose compounds are found by their parts.
COMPOUNDING = frozenset(_PARTS)


@lru_cache(maxsize=20_000)
def stem(word: str, language: str) -> str:
    """The stem of a word (as ``normalise.base`` gives it); the word itself where there are no rules."""
    irregular = _IRREGULAR.get(language, {}).get(word)
    if irregular is not None:
        return irregular
    if language in _OWN:
        return _OWN[language](word)
    return snowball(word, language) if language in NAMES else word


@lru_cache(maxsize=20_000)
def parts(word: str, language: str) -> tuple[str, ...]:
    """The parts of a compound (as ``normalise.base`` gives it); none where it is not one."""
    return _PARTS[language](word) if language in _PARTS else ()
