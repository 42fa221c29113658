"""CLDR's names of months and days through Babel, with our corrections and their reasons."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from babel import Locale

from cms.languages.registry import BY_CODE


@dataclass(frozen=True, slots=True)
class Correction:
    """What replaces CLDR's data for one language. None leaves CLDR's.

    ``languages`` are names of other languages of the registry, by code.
    """

    long: str | None = None
    first_day: str | None = None
    months: tuple[str, ...] | None = None
    months_short: tuple[str, ...] | None = None
    languages: Mapping[str, str] = field(default_factory=dict)


CORRECTIONS: dict[str, Correction] = {
    # CLDR has two sets of Somali months, one for dates and one for standing alone, though Somali
    # does not inflect them: Janaayo/Jannaayo, Agosto/Ogosto, Sebtembar/Sebteembar. We take one name
    # for both: the one that CLDR's own abbreviations go with (Ogs), and the spelling of the school
    # books (Sebteembar; "Fasalka 4aad", digitised by M. Nilsson, University of Gothenburg).
    # CLDR's long form has the American order (Maarso 5, 2026); its medium and short forms, Somali
    # news (BBC Somali: "17 Luulyo") and every Swedish letter have the day first.
    "so": Correction(
        long="d MMMM y",
        months=(
            "Janaayo",
            "Febraayo",
            "Maarso",
            "Abriil",
            "Maayo",
            "Juun",
            "Luulyo",
            "Ogosto",
            "Sebteembar",
            "Oktoobar",
            "Noofeembar",
            "Diseembar",
        ),
        # CLDR has Faarsi for Dari, which is what it has for Persian too (Faarisi).
        languages={"prs": "Daari"},
    ),
    # CLDR's long form has the American order; its full form (EEEE፣ d MMMM y) and its skeletons
    # (d MMM y, d MMMM) have the day first, as Tigrinya pages of Swedish authorities do.
    # The short name of ጉንበት is ግን in CLDR, from the Ethiopian spelling ግንቦት.
    "ti": Correction(
        long="d MMMM y",
        months_short=("ጥሪ", "ለካ", "መጋ", "ሚያ", "ጉን", "ሰነ", "ሓም", "ነሓ", "መስ", "ጥቅ", "ሕዳ", "ታሕ"),
        # CLDR has ስዊድንኛ, the Ethiopian form; Swedish authorities write ሽወደን, the Eritrean one.
        languages={"sv": "ሽወደንኛ"},
    ),
    # The first of a month is an ordinal in French (Lexique des règles typographiques en usage à
    # l'Imprimerie nationale); a CLDR pattern cannot say so.
    "fr": Correction(first_day="1er"),
}

# Which languages write 1234 without a separator but 12 345 with one (CLDR's minimumGroupingDigits,
# which Babel does not read).
FOUR_DIGITS_UNGROUPED = frozenset({"es", "pl", "pt_PT"})

_ZERO_OF_NUMBERING_SYSTEM = {"latn": "0", "arab": "٠", "arabext": "۰", "deva": "०", "beng": "০", "mymr": "၀"}


def correction(code: str) -> Correction:
    """The correction for a language, an empty one where CLDR is right."""
    return CORRECTIONS.get(code, Correction())


@cache
def locale(code: str) -> Locale:
    """Babel's locale for a language of the registry."""
    return Locale.parse(BY_CODE[code].cldr)


@cache
def digits(code: str) -> dict[int, str]:
    """A table for ``str.translate`` from 0–9 to the language's own digits, empty where they are 0–9.

    The language's own are CLDR's default numbering system. Babel knows its name but writes 0–9 into
    dates, and into numbers too.
    """
    zero = _ZERO_OF_NUMBERING_SYSTEM.get(locale(code).default_numbering_system, "0")
    if zero == "0":
        return {}
    return {ord("0") + value: chr(ord(zero) + value) for value in range(10)}


def month_names(code: str, *, alone: bool = False, short: bool = False) -> tuple[str, ...]:
    """The twelve months: as they stand in a date, or ``alone`` (Russian марта, март); full or ``short``."""
    own = correction(code).months_short if short else correction(code).months
    if own is not None:
        return own
    names = locale(code).months["stand-alone" if alone else "format"]["abbreviated" if short else "wide"]
    return tuple(unicodedata.normalize("NFC", names[month]) for month in range(1, 13))


def weekday_names(code: str, *, short: bool = False) -> tuple[str, ...]:
    """The seven days from Monday, full or ``short``."""
    names = locale(code).days["stand-alone"]["abbreviated" if short else "wide"]
    return tuple(unicodedata.normalize("NFC", names[day]) for day in range(7))


def language_name(code: str, reader: str) -> str:
    """The name of a language in the reader's language: "Arabic", "arabiska"; its own where CLDR has none."""
    own = correction(reader).languages.get(code)
    if own is not None:
        return own
    # By the tag, not by ``cldr``: English is "English" on the page, though its dates are British.
    name = locale(reader).languages.get(BY_CODE[code].tag.replace("-", "_"))
    return unicodedata.normalize("NFC", name) if name else BY_CODE[code].autonym
