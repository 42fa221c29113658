"""The dictionaries of pymorphy3 (Ukrainian: VESUM, Russian: OpenCorpora), each loaded once a process.

Loading takes some 0.15 s and 30 MB a language, at the first word; a look-up some 20 microseconds.
"""

from __future__ import annotations

import logging
import threading
from typing import Any, NamedTuple

# Names, spellings and words that aren't standard: meant only where a word has no other reading.
_RARE = frozenset({"Name", "Surn", "Patr", "Dist", "Arch", "Infr", "Slng", "Abbr"})

_lock = threading.Lock()
_loaded: dict[str, Any] = {}


class Reading(NamedTuple):
    """What a written word may be: its lemma, its part of speech, how likely (0 to 1), and whether it is a rare word."""

    lemma: str
    part: str
    score: float
    rare: bool


def _analyzer(language: str) -> Any:
    if language not in _loaded:
        with _lock:
            if language not in _loaded:
                from pymorphy3 import MorphAnalyzer
                from pymorphy3.units import DictionaryAnalyzer

                # It tells of every dictionary that it opens.
                logging.getLogger("pymorphy3").setLevel(logging.WARNING)
                # Nothing is guessed of words that the dictionary lacks: the rules for them are ours.
                _loaded[language] = MorphAnalyzer(lang=language, units=[DictionaryAnalyzer()])
    return _loaded[language]


def readings(word: str, language: str) -> list[Reading]:
    """The readings of a word in lower case (``uk`` or ``ru``); none of a word that the dictionary lacks."""
    return [
        Reading(parse.normal_form, str(parse.tag.POS), parse.score, bool(_RARE & parse.tag.grammemes))
        for parse in _analyzer(language).parse(word)
    ]
