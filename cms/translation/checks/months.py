"""The months' names in every language, in the forms that a date has them in."""

from __future__ import annotations

from functools import cache
from typing import Literal

from babel.dates import get_month_names

from cms.languages.registry import BY_CODE
from cms.translation.checks.reading import words_of

_CONTEXTS: tuple[Literal["format", "stand-alone"], ...] = ("format", "stand-alone")
_WIDTHS: tuple[Literal["wide", "abbreviated"], ...] = ("wide", "abbreviated")

#: Names that are in use besides CLDR's: the Levant's in Arabic, those of Persian and Dari in one
#: another, the European ones in Tigrinya, where Eritrea's own name months of another calendar too.
_ALSO: dict[str, tuple[str, ...]] = {
    "ar": (
        "كانون الثاني",
        "شباط",
        "آذار",
        "نيسان",
        "أيار",
        "حزيران",
        "تموز",
        "آب",
        "أيلول",
        "تشرين الأول",
        "تشرين الثاني",
        "كانون الأول",
    ),
    "fa": ("جنوری", "فبروری", "مارچ", "اپریل", "می", "جون", "جولای", "اگست", "سپتمبر", "اکتوبر", "نومبر", "دسمبر"),
    "prs": (
        "ژانویه",
        "فوریه",
        "مارس",
        "آوریل",
        "مه",
        "ژوئن",
        "ژوئیه",
        "اوت",
        "سپتامبر",
        "اکتبر",
        "نوامبر",
        "دسامبر",
    ),
    "ti": ("ጃንዩወሪ", "ፌብሩወሪ", "ማርች", "ኤፕሪል", "ሜይ", "ጁን", "ጁላይ", "ኦገስት", "ሴፕቴምበር", "ኦክቶበር", "ኖቬምበር", "ዲሴምበር"),
    "so": (
        "Janaayo",
        "Feberaayo",
        "Maarso",
        "Abriil",
        "Maajo",
        "Juun",
        "Luulyo",
        "Agoosto",
        "Sebtembar",
        "Oktoobar",
        "Nofembar",
        "Disembar",
    ),
}
#: Long enough for its ending to be left off: endings change with the case.
_STEM = 5


@cache
def months(language: str) -> dict[str, int]:
    """The number of each month by its names, in small letters; of a long name without its last letter too."""
    found: dict[str, int] = {}
    cldr = BY_CODE[language].cldr
    named = [*_ALSO.get(language, ())]
    for number, name in enumerate(named, start=1):
        found.setdefault(_word(name), number)
    for width in _WIDTHS:
        for context in _CONTEXTS:
            for number, name in get_month_names(width, context, cldr).items():
                word = _word(name)
                if len(word) > 1:
                    found.setdefault(word, number)
                if len(word) >= _STEM:
                    found.setdefault(word[:-1], number)
    return found


def _word(name: str) -> str:
    """The name as it is looked up: its last word, without the points of an abbreviation and the Persian ezafe."""
    words = words_of(name)
    return words[-1].casefold().rstrip("\u0654") if words else ""


def month_of(word: str, language: str) -> int | None:
    """The month that a word names; ``None`` for another word."""
    names = months(language)
    word = word.casefold().rstrip("\u0654")
    return names.get(word) or (names.get(word[:-1]) if len(word) >= _STEM else None)
