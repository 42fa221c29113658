"""Stems: what a word's inflected forms have in common, for engines without morphology of their own.

snowballstemmer has Swedish, English, Arabic, Persian (taken for Dari too), Russian, Spanish and
French; what it misses of the most usual Swedish and English words is mended here. Ukrainian and
Somali have light rules of our own, which take off the endings of nouns and adjectives and know no
change within the word. Tigrinya has none: its plurals and prefixes are beyond rules as simple.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from functools import lru_cache
from typing import Any

_SNOWBALL = {
    "sv": "swedish",
    "en": "english",
    "ar": "arabic",
    "fa": "persian",
    "prs": "persian",
    "ru": "russian",
    "es": "spanish",
    "fr": "french",
}
# Stems of words that the stemmers part from their inflected forms, or join with another word.
_IRREGULAR = {
    "en": {"children": "child", "women": "woman", "men": "man", "wives": "wife", "teeth": "tooth"},
    "es": {"alquileres": "alquil"},
    "fr": {"loyer": "loyer", "loyers": "loyer"},
}

# Swedish plurals that change the vowel, and stad, which Snowball takes for a verb's ending; also at
# the end of compounds: bostäder, huvudstaden, läroböcker.
_SWEDISH_VOWEL = [
    (re.compile(rf"(?:{forms})s?$"), single)
    for forms, single in (
        ("stad|staden|städer|städerna", "stad"),
        ("länder|länderna", "land"),
        ("händer|händerna", "hand"),
        ("tänder|tänderna", "tand"),
        ("nätter|nätterna", "natt"),
        ("fötter|fötterna", "fot"),
        ("böcker|böckerna", "bok"),
        ("söner|sönerna", "son"),
        ("bröder|bröderna", "bror"),
    )
]
# Definite forms that Snowball leaves: hyran, skolan, tillståndet.
_SWEDISH_DEFINITE = re.compile(r"(?<=...a)n$|(?<=..nd)et$")

# "And" before the article, which Snowball leaves: والمدرسة.
_ARABIC_AND = re.compile(r"^[وف](?=(?:ال|لل|بال|كال)..)")

# Longest first; at least three letters stay.
_UKRAINIAN = re.compile(
    r"(?<=...)(?:"
    r"ами|ями|ові|еві|єві|ого|ому|ими|іми|ах|ях|ам|ям|ом|ем|єм|ою|ею|єю|ів|їв|их|іх|им|ій|ої|ий|ія|ії|ію"
    r"|а|я|о|е|є|и|і|ї|у|ю|ь|й)$"
)
# дозвіл, дозволу: і of a closed syllable is о in the others. Applied to all stems alike.
_UKRAINIAN_VOWEL = re.compile(r"і(?=[^аеєиіїоуюя]{1,2}$)")
# навчання, навчань.
_UKRAINIAN_DOUBLE = re.compile(r"([^аеєиіїоуюя])\1$")

# The article at the end of a Somali noun, with possessive and plural, in the shapes that it takes.
_SOMALI = re.compile(
    r"(?<=...)(?:"
    r"yaashooda|yaasha|yaashu|yaal|yada|yadii|yadu|ooyinka|ooyin|aasha|aal"
    r"|kooda|keeda|kiisa|tooda|teeda|tiisa|dooda|deeda|diisa|gooda|geeda|giisa"
    r"|kii|tii|dii|gii|hii|shii|kaas|taas|kan|tan|dan|gan"
    r"|sha|shu|ka|ku|ga|gu|ha|hu|da|du|ta|tu)$"
)
# shaqo, shaqada: what ends in -o has -a before the article.
_SOMALI_VOWEL = re.compile(r"(?<=...)[ao]$")

# A stemmer keeps the word that it is at in itself, so each thread has its own.
_own = threading.local()


def _stemmer(language: str) -> Any:
    stemmers = _own.__dict__.setdefault("stemmers", {})
    if language not in stemmers:
        import snowballstemmer

        stemmers[language] = snowballstemmer.stemmer(_SNOWBALL[language])
    return stemmers[language]


def _swedish(word: str) -> str:
    for pattern, single in _SWEDISH_VOWEL:
        if pattern.search(word):
            return pattern.sub(single, word)
    return str(_stemmer("sv").stemWord(_SWEDISH_DEFINITE.sub("", word)))


def _arabic(word: str) -> str:
    return str(_stemmer("ar").stemWord(_ARABIC_AND.sub("", word)))


def _ukrainian(word: str) -> str:
    word = _UKRAINIAN_DOUBLE.sub(r"\1", _UKRAINIAN.sub("", word))
    return _UKRAINIAN_VOWEL.sub("о", word)


def _somali(word: str) -> str:
    return _SOMALI_VOWEL.sub("", _SOMALI.sub("", word))


_OWN: dict[str, Callable[[str], str]] = {"sv": _swedish, "ar": _arabic, "uk": _ukrainian, "so": _somali}


@lru_cache(maxsize=20_000)
def stem(word: str, language: str) -> str:
    """The stem of a word (as ``normalise.base`` gives it); the word itself where there are no rules."""
    irregular = _IRREGULAR.get(language, {}).get(word)
    if irregular is not None:
        return irregular
    if language in _OWN:
        return _OWN[language](word)
    return str(_stemmer(language).stemWord(word)) if language in _SNOWBALL else word
