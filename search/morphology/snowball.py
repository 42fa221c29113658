"""The stemmers of snowballstemmer, which are pure Python and need nothing on the engines' side."""

from __future__ import annotations

import threading
from typing import Any

NAMES = {
    "sv": "swedish",
    "en": "english",
    "ru": "russian",
    "es": "spanish",
    "fr": "french",
}

# A stemmer keeps the word that it is at in itself, so each thread has its own.
_own = threading.local()


def snowball(word: str, language: str) -> str:
    """The stem of a word in a language of ``NAMES``. Raises ``KeyError`` for another."""
    stemmers: dict[str, Any] = _own.__dict__.setdefault("stemmers", {})
    if language not in stemmers:
        import snowballstemmer

        stemmers[language] = snowballstemmer.stemmer(NAMES[language])
    return str(stemmers[language].stemWord(word))
