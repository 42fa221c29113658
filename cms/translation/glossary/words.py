"""Words of a text, and whether one is an inflected form of another, language by language.

Rules, not a dictionary: they are kind to whoever inflects, and where a form escapes them it is written with
its term (``Term.forms``). Strict and lenient differ: that a term is used may be guessed, that a forbidden one
is used must not be.
"""

from __future__ import annotations

import re
import threading
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
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
_PERSIAN = frozenset({"fa", "prs"})
#: How much of a word must be the same where there is no stemmer.
_SHARED = 0.7

# Letters and digits with the signs that are part of a word: soft hyphens, joiners, vowel signs, apostrophes.
_WORD = re.compile(r"[^\W_](?:[\w\u00ad\u200c\u200d\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670'’ʼ])*")
# An apostrophe ends an elided word or a name there: l'inscription, the agency's.
_ELIDING = frozenset({"en", "es", "fr", "sv"})
_APOSTROPHE = re.compile(r"['’ʼ]")
_SILENT = re.compile("[\u00ad\u200d\u0640\u0610-\u061a\u064b-\u065f\u0670]")

# What Snowball leaves: tillståndet, hyran, numret.
_SWEDISH = ((re.compile(r"(?<=nu)mret(?=s?$)"), "mmer"), (re.compile(r"(?<=....)ets?$|(?<=...a)ns?$"), ""))

_ARABIC_LETTERS = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ة": "ه"})
_PERSIAN_LETTERS = str.maketrans({"ك": "ک", "ي": "ی", "ى": "ی", "ة": "ه", "أ": "ا", "إ": "ا"})
# Endings that are written apart by a joiner: کارت‌های.
_PERSIAN_ENDING = re.compile("\u200c(?:ها|های|هایی|هایم|هایت|هایش|هایتان|ی|ای|ام|ات|اش|مان|تان|شان)$")
# "And", "in", "to", "as" and the article, as they are written in front of a word.
_ARABIC_PREFIXES = ("و", "ف", "ال", "وال", "فال", "بال", "وبال", "كال", "لل", "ولل", "ب", "ل", "ك", "وب", "ول")
_ARTICLE = "ال"
# In, from, of, for and the relative, in front of a Tigrinya word.
_TIGRINYA_PREFIX = re.compile(r"^(?:[ብንዝካከ]|እን?)(?=..)")

_UKRAINIAN = re.compile(
    r"(?<=...)(?:ами|ями|ові|еві|єві|ого|ому|ими|іми|ах|ях|ам|ям|ом|ем|єм|ою|ею|єю|ів|їв|их|іх|им|ій|ої|ий|ія|ії|ію"
    r"|а|я|о|е|є|и|і|ї|у|ю|ь|й)$"
)
# дозвіл, дозволу: і of a closed syllable is о in the others.
_UKRAINIAN_VOWEL = re.compile(r"і(?=[^аеєиіїоуюя]{1,2}$)")

# A stemmer keeps the word that it is at in itself, so each thread has its own.
_own = threading.local()


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text: where it stands, and how it is compared."""

    start: int
    end: int
    text: str


def words(text: str, language: str) -> Iterator[Word]:
    """The words of a text, in order, as they are compared in ``language``."""
    for match in _WORD.finditer(text):
        start = match.start()
        for part in _parts(match[0], language):
            if part:
                yield Word(start, start + len(part), _folded(part, language))
            start += len(part) + 1


def _parts(word: str, language: str) -> list[str]:
    """What is written together and compared apart."""
    if language in _ELIDING:
        return _APOSTROPHE.split(word)
    if language in _PERSIAN:
        return _PERSIAN_ENDING.sub("", word).split("\u200c")
    return [word.rstrip("'’ʼ")]


@lru_cache(maxsize=4096)
def _folded(word: str, language: str) -> str:
    word = _APOSTROPHE.sub("'", _SILENT.sub("", unicodedata.normalize("NFC", word).casefold()))
    if language == "ar":
        return word.translate(_ARABIC_LETTERS)
    if language in _PERSIAN:
        return word.translate(_PERSIAN_LETTERS)
    return word.replace("\u200c", "")


def _stemmer(language: str) -> Any:
    stemmers = _own.__dict__.setdefault("stemmers", {})
    if language not in stemmers:
        import snowballstemmer

        stemmers[language] = snowballstemmer.stemmer(_SNOWBALL[language])
    return stemmers[language]


@lru_cache(maxsize=20_000)
def stem(word: str, language: str) -> str:
    """The stem of a word of :func:`words`; the word itself where the language has no rules."""
    if language == "sv":
        for pattern, instead in _SWEDISH:
            word = pattern.sub(instead, word)
    if language == "uk":
        return _UKRAINIAN_VOWEL.sub("о", _UKRAINIAN.sub("", word))
    return str(_stemmer(language).stemWord(word)) if language in _SNOWBALL else word


@lru_cache(maxsize=50_000)
def alike(word: str, term: str, language: str, *, lenient: bool) -> bool:
    """Whether ``word`` of a text is ``term``'s word, perhaps inflected. Both as :func:`words` gives them."""
    if word == term or stem(word, language) == stem(term, language):
        return True
    if language == "ar":
        return _arabic(word, term, lenient=lenient)
    if language in _PERSIAN:
        return len(term) > 2 and word.startswith(term) and (lenient or len(word) - len(term) <= 2)
    if language == "ti":
        bare = _TIGRINYA_PREFIX.sub("", word)
        if not lenient:
            return bare == term
        return any(_shares(_consonants(one), _consonants(term)) for one in (word, bare))
    if language == "so":
        return _shares(word, term) if lenient else len(term) > 3 and word.startswith(term) and len(word) - len(term) < 4
    return lenient and language in {"ru", "uk"} and len(term) > 4 and _shares(word, term)


def _bare_arabic(word: str) -> set[str]:
    """The word, and without what may be written in front of it; two letters are no word by themselves."""
    return {word, *(word[len(one) :] for one in _ARABIC_PREFIXES if word.startswith(one) and len(word) - len(one) > 2)}


def _arabic(word: str, term: str, *, lenient: bool) -> bool:
    terms = {term, term.removeprefix(_ARTICLE)} if len(term) > 4 else {term}
    bare = _bare_arabic(word)
    if bare & terms or {stem(one, "ar") for one in bare} & {stem(one, "ar") for one in terms}:
        return True
    return lenient and any(_shares(one, other) for one in bare for other in terms if len(other) > 2)


@lru_cache(maxsize=20_000)
def beginnings(word: str, language: str) -> frozenset[str]:
    """How a word may begin, in two letters: words that are strictly alike have one of them in common."""
    shapes = _bare_arabic(word) if language == "ar" else {word}
    if language == "ti":
        shapes = {word, _TIGRINYA_PREFIX.sub("", word)}
    return frozenset(one[:2] for shape in shapes for one in (shape, stem(shape, language)))


def _shares(word: str, term: str) -> bool:
    """Whether the words begin alike for as much of either as counts."""
    same = 0
    for one, other in zip(word, term, strict=False):
        if one != other:
            break
        same += 1
    # An ending may be as long as the rest that the term lost, and a few letters longer.
    return same >= max(2, _SHARED * len(term)) and len(word) - same <= max(4, len(term) - same)


def _consonants(word: str) -> str:
    """An Ethiopic word with each sign in its first order: inflection changes the vowel of a sign."""
    return "".join(chr(ord(char) & ~7) if "ሀ" <= char <= "ፗ" else char for char in word)


def find(terms: tuple[str, ...], text: list[Word], language: str, *, lenient: bool) -> Iterator[tuple[int, int]]:
    """Where the words of a term stand in a text: the first word and the one after the last.

    Lenient: up to two other words may stand between two of them.
    """
    gap = 2 if lenient else 0
    for first in range(len(text) if terms else 0):
        at = first
        for number, term in enumerate(terms):
            reach = range(at, min(at + 1 + (gap if number else 0), len(text)))
            hit = next((place for place in reach if alike(text[place].text, term, language, lenient=lenient)), None)
            if hit is None:
                break
            at = hit + 1
        else:
            yield first, at
