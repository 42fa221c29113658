"""Swedish: Snowball, with the most usual plurals and definite forms that it leaves."""

from __future__ import annotations

import re

from search.morphology.snowball import snowball

# Plurals that change the vowel, and stad, which Snowball takes for a verb's ending; also at the end
# of compounds: bostäder, huvudstaden, läroböcker.
_VOWEL = [
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
_DEFINITE = re.compile(r"(?<=...a)n$|(?<=..nd)et$")


def stem(word: str) -> str:
    """The stem of a word as ``normalise.base`` gives it."""
    for pattern, single in _VOWEL:
        if pattern.search(word):
            return pattern.sub(single, word)
    return snowball(_DEFINITE.sub("", word), "sv")
