"""Words, normalised: once, in Python, the same for documents and queries and for every engine.

``words`` parts a text; ``base`` takes from a word what says nothing (case, vowel signs, invisible
characters, another keyboard's letters, eastern digits); ``exact`` takes the accents off that are
not letters; ``plain`` is for keyboards that lack the letters themselves.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

#: Characters of a query that are looked at.
LONGEST_QUERY = 200
#: Characters of a word that are looked at; no word of these languages is longer.
LONGEST_WORD = 64

# Harakat and Quranic signs, tatweel; accents that stand apart; soft hyphen, joiners and bidi marks.
# ZWNJ (U+200C) is missing: in Persian it parts a word from its suffix.
_MARKS = "\u0300-\u036f\u0640\u064b-\u065f\u0670\u06d6-\u06ed"
_INVISIBLE = "\u00ad\u061c\u200b\u200d-\u200f\u202a-\u202e\u2060-\u2069\ufeff"
_SILENT = _MARKS + _INVISIBLE
# Apostrophes as keyboards and word processors write them. Two (ʼ ʹ) are letters to Unicode.
_APOSTROPHES = "'’ʼ`´‘ʻʹ′"
_LETTER = rf"(?:[^\W_]|[{_SILENT}])"
_WORD = re.compile(rf"{_LETTER}+(?:[{_APOSTROPHES}]{_LETTER}+)*")
_WORD_AT_APOSTROPHE = re.compile(rf"(?:(?![{_APOSTROPHES}]){_LETTER})+")
_DROPPED = re.compile(rf"[{_SILENT}{_APOSTROPHES}]")
# Never tried again from within a word or a letter less: a tatweel is a letter in two ways, and a line of
# them would take longer than anybody lives.
_PARTED = re.compile(rf"(?<![^\W_])(?<![{_SILENT}]){_LETTER}++(?:\u200c{_LETTER}++)+")
#: Where an apostrophe parts words: l'école, children's. Elsewhere it is part of one: обов'язок, go'aan.
_ELIDING = frozenset({"en", "fr"})

#: Languages whose words a non-joiner may part, which many writers leave out.
PARTING = frozenset({"fa", "prs"})
# Letters of the other keyboard, and alef however it is written. Each table has the letters of one language.
_TO_ARABIC = str.maketrans("کیىےې" + "ۀەہھ" + "أإآٱ", "كيييي" + "هههه" + "اااا")
_TO_PERSIAN = str.maketrans("كيىےې" + "ۀةەہھ" + "أإآٱ", "کیییی" + "ههههه" + "اااا")
_CYRILLIC = str.maketrans("ёґ", "ег")
# What Arabic writers interchange at the end of a word or with hamza; after the stemmer, which needs it.
_ARABIC_ENDINGS = str.maketrans("ةؤئ", "هوي")
_PERSIAN_ENDINGS = str.maketrans("ؤئ", "وی")

_NORDIC = str.maketrans("æø", "äö")
_OWN_LETTERS = frozenset("åäö")
_OWN_LETTERS_OF = {"es": _OWN_LETTERS | {"ñ"}}


def _accents() -> dict[int, str]:
    """Each Latin letter with an accent, and the letter without: é to e, å to a."""
    found = {}
    for code in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00)):
        stripped = "".join(c for c in unicodedata.normalize("NFD", chr(code)) if not unicodedata.combining(c))
        if stripped != chr(code) and stripped.isascii():
            found[code] = stripped
    return found | str.maketrans({"ł": "l", "đ": "d", "ð": "d", "þ": "th", "œ": "oe", "ı": "i"})


_ACCENTS = _accents()
_FOLDING = {
    code: {char: plain for char, plain in _ACCENTS.items() if chr(char) not in letters}
    for code, letters in ({"": _OWN_LETTERS} | _OWN_LETTERS_OF).items()
}


def _homophones() -> dict[int, int]:
    """Ethiopic letters that writers interchange, order by order, and the one that stands for them.

    In Tigrinya some of them are different sounds (ሀ and ሐ, አ and ዐ), so this is for finding, never
    for comparing. First and fourth order are one too: ኣ is Tigrinya's spelling, አ Amharic's.
    """
    table: dict[int, int] = {}
    for series, kept in ((0x1210, 0x1200), (0x1280, 0x1200), (0x1220, 0x1230), (0x12D0, 0x12A0), (0x1340, 0x1338)):
        table |= {series + order: kept + order for order in range(7)}
    for first in (0x1200, 0x12A0):
        for letter in [code for code, kept in table.items() if kept == first + 3] + [first + 3]:
            table[letter] = first
    return table


_HOMOPHONES = _homophones()
_ETHIOPIC = re.compile("[\u1200-\u137f]")
_DIGIT = re.compile(r"(?![0-9])\d")


# Control characters, lone surrogates, private use, and what Unicode has not given out.
_UNFIT = frozenset({"Cc", "Cs", "Co", "Cn"})
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


class Word(NamedTuple):
    """A word and where it stands in its text."""

    text: str
    start: int
    end: int


def clean(text: str) -> str:
    """A reader's text as it may be shown and searched: one line, no control characters, cut.

    Characters that turn the direction of what follows go too: the text is shown amid other text.
    """
    kept = (
        " " if char.isspace() else char
        for char in text[: LONGEST_QUERY * 5]
        if char.isspace() or (unicodedata.category(char) not in _UNFIT and char not in _TURNING)
    )
    return " ".join("".join(kept).split())[:LONGEST_QUERY].rstrip()


def words(text: str, language: str) -> Iterator[Word]:
    """The words of a text in ``language``, as they are written."""
    for match in places(text, language):
        yield Word(match[0], match.start(), match.end())


def places(text: str, language: str) -> Iterator[re.Match[str]]:
    """``words`` as the pattern finds them: for the bodies of all hits of a search, where that is much quicker."""
    return _pattern(language).finditer(text)


def written(text: str, language: str) -> list[str]:
    """The words of ``words`` without their places: for whole pages, where that is half the time."""
    return _pattern(language).findall(text)


def _pattern(language: str) -> re.Pattern[str]:
    return _WORD_AT_APOSTROPHE if language in _ELIDING else _WORD


def base(word: str, language: str) -> str:
    """The word as its language's stemmer wants it; empty where nothing of it can be searched."""
    # Composed first, or ä typed as two characters would lose its dots with the silent ones.
    text = unicodedata.normalize("NFKC", word[: LONGEST_WORD * 2]).casefold()
    text = _DROPPED.sub("", unicodedata.normalize("NFC", text))
    text = text.translate(_TO_PERSIAN if language in PARTING else _TO_ARABIC).translate(_CYRILLIC)
    text = _DIGIT.sub(lambda digit: str(unicodedata.decimal(digit[0])), text)
    return "".join(char for char in text if char.isalnum())[:LONGEST_WORD]


def exact(text: str, language: str) -> str:
    """``base`` or a stem of it, without the accents that are not letters: é is e, ä is a letter."""
    text = text.translate(_NORDIC).translate(_FOLDING[language if language in _FOLDING else ""])
    return text.translate(_PERSIAN_ENDINGS if language in PARTING else _ARABIC_ENDINGS)


def plain(text: str) -> str:
    """``exact`` for who has no å, ä, ö or ñ on the keyboard."""
    return text.translate(_ACCENTS)


def is_ethiopic(text: str) -> bool:
    """Whether a word is written in Ethiopic script."""
    return bool(_ETHIOPIC.search(text))


def homophone(text: str) -> str:
    """``exact`` with one letter for those that sound alike in Ethiopic script; empty without such script."""
    return text.translate(_HOMOPHONES) if is_ethiopic(text) else ""


def joined(text: str, language: str) -> Iterator[str]:
    """The words of a Persian or Dari text that a non-joiner parts, as one word each: صاحب‌خانه as صاحبخانه."""
    if language in PARTING:
        yield from (match[0] for match in _PARTED.finditer(text))
