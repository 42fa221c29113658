"""Stems: what a word's inflected forms have in common, once, in Python, for every engine alike.

A language has a module of its own where its stemmer wants help or there is none; the others are
Snowball's. A language without either is found by its words as they are written.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from search.morphology import arabic, somali, swedish, tigrinya, ukrainian
from search.morphology.snowball import NAMES, snowball

# Stems of words that the stemmers part from their inflected forms, or join with another word.
_IRREGULAR = {
    "en": {"children": "child", "women": "woman", "men": "man", "wives": "wife", "teeth": "tooth"},
    "es": {"alquileres": "alquil"},
    "fr": {"loyer": "loyer", "loyers": "loyer"},
}
_OWN: dict[str, Callable[[str], str]] = {
    "sv": swedish.stem,
    "ar": arabic.stem,
    "so": somali.stem,
    "ti": tigrinya.stem,
    "uk": ukrainian.stem,
}


@lru_cache(maxsize=20_000)
def stem(word: str, language: str) -> str:
    """The stem of a word (as ``normalise.base`` gives it); the word itself where there are no rules."""
    irregular = _IRREGULAR.get(language, {}).get(word)
    if irregular is not None:
        return irregular
    if language in _OWN:
        return _OWN[language](word)
    return snowball(word, language) if language in NAMES else word
