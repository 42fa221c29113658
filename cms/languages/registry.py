"""The registry of languages: the one place that knows which languages the site has.

Django's ``LANGUAGES``, Wagtail's content languages, the fallback rule, ``lang`` and ``dir``, the
format of dates and numbers and the catalogs all follow from ``LANGUAGES`` below. Adding a language
is one entry here and one catalog (CONTRIBUTING.md, "Add a language").
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal


class Script(StrEnum):
    """ISO 15924 codes of the scripts that the site is set in."""

    LATIN = "Latn"
    ARABIC = "Arab"
    CYRILLIC = "Cyrl"
    ETHIOPIC = "Ethi"

    @property
    def direction(self) -> Literal["ltr", "rtl"]:
        return "rtl" if self is Script.ARABIC else "ltr"


_TWO_FORMS = "nplurals=2; plural=(n != 1);"
_ZERO_AND_ONE = "nplurals=2; plural=(n > 1);"
_EAST_SLAVIC = (
    "nplurals=4; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : "
    "n%10==0 || (n%10>=5 && n%10<=9) || (n%100>=11 && n%100<=14) ? 2 : 3);"
)
_ARABIC = "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5);"


@dataclass(frozen=True, slots=True)
class Language:
    """One language of the site.

    ``code`` is the folder of its catalog, its ``Locale`` and the first part of its addresses;
    ``tag`` the BCP 47 tag for ``lang`` and ``hreflang``; ``cldr`` the locale whose dates, numbers
    and collation it takes (Babel's name); ``fallbacks`` the languages that a reader is shown
    instead, best first; ``plural`` gettext's Plural-Forms (from CLDR's cardinal rules).

    ``collation`` is the order of the letters where Unicode's is not the language's own: letters in
    order, apart by spaces, with ``=`` between those that rank together (``y=ü``). ``foreign`` are
    letters of the same script that the language does not have; a text with one is in the wrong
    language or typed on the wrong keyboard.
    """

    code: str
    name: str
    autonym: str
    script: Script
    tag: str
    cldr: str
    fallbacks: tuple[str, ...]
    plural: str = _TWO_FORMS
    collation: str = ""
    foreign: str = ""

    @property
    def direction(self) -> Literal["ltr", "rtl"]:
        return self.script.direction

    @property
    def chain(self) -> tuple[str, ...]:
        """The language itself and then its fallbacks, best first."""
        return (self.code, *self.fallbacks)


SOURCE = "sv"

# After CLDR's collations (common/collation/{sv,es,ar,fa,ru,uk}.xml), primary order only.
_SWEDISH_ORDER = "a b c d e f g h i j k l m n o p q r s t u v w x y=ü z å ä=æ ö=ø"
_SPANISH_ORDER = "a b c d e f g h i j k l m n ñ o p q r s t u v w x y z"
_ARABIC_ORDER = "ء ا ب ة ت ث ج ح خ د ذ ر ز س ش ص ض ط ظ ع غ ف ق ك ل م ن ه و ى ي"
_PERSIAN_ORDER = "آ ا ء ب پ ت ث ج چ ح خ د ذ ر ز ژ س ش ص ض ط ظ ع غ ف ق ک=ك گ ل م ن و ه=ة ی=ى=ي"
_RUSSIAN_ORDER = "а б в г д е=ё ж з и й к л м н о п р с т у ф х ц ч ш щ ъ ы ь э ю я"
_UKRAINIAN_ORDER = "а б в г ґ д е є ж з и і ї й к л м н о п р с т у ф х ц ч ш щ ь ю я"

LANGUAGES: tuple[Language, ...] = (
    Language("sv", "Swedish", "svenska", Script.LATIN, "sv", "sv", (), collation=_SWEDISH_ORDER),
    Language("en", "English", "English", Script.LATIN, "en", "en_GB", ("sv",)),
    Language(
        "ar",
        "Arabic",
        "العربية",
        Script.ARABIC,
        "ar",
        "ar",
        ("en", "sv"),
        _ARABIC,
        collation=_ARABIC_ORDER,
        foreign="پچژگکی",
    ),
    Language(
        "prs",
        "Dari",
        "دری",
        Script.ARABIC,
        "fa-AF",
        "fa_AF",
        ("fa", "en", "sv"),
        _ZERO_AND_ONE,
        collation=_PERSIAN_ORDER,
        foreign="كيىة",
    ),
    Language(
        "fa",
        "Persian",
        "فارسی",
        Script.ARABIC,
        "fa",
        "fa",
        ("en", "sv"),
        _ZERO_AND_ONE,
        collation=_PERSIAN_ORDER,
        foreign="كيىة",
    ),
    Language("so", "Somali", "Soomaali", Script.LATIN, "so", "so", ("en", "sv")),
    Language("ti", "Tigrinya", "ትግርኛ", Script.ETHIOPIC, "ti", "ti", ("en", "sv"), _ZERO_AND_ONE),
    Language(
        "ru",
        "Russian",
        "Русский",
        Script.CYRILLIC,
        "ru",
        "ru",
        ("en", "sv"),
        _EAST_SLAVIC,
        collation=_RUSSIAN_ORDER,
        foreign="іїєґ",
    ),
    Language("es", "Spanish", "español", Script.LATIN, "es", "es", ("en", "sv"), collation=_SPANISH_ORDER),
    Language("fr", "French", "français", Script.LATIN, "fr", "fr", ("en", "sv"), _ZERO_AND_ONE),
    # Never Russian: a reader of Ukrainian is not to be answered in it.
    Language(
        "uk",
        "Ukrainian",
        "українська",
        Script.CYRILLIC,
        "uk",
        "uk",
        ("en", "sv"),
        _EAST_SLAVIC,
        collation=_UKRAINIAN_ORDER,
        foreign="ыъэё",
    ),
)

BY_CODE: dict[str, Language] = {language.code: language for language in LANGUAGES}
CODES: tuple[str, ...] = tuple(BY_CODE)


def get(code: str) -> Language:
    """The language with this code. Raises ``KeyError`` where the registry has none."""
    return BY_CODE[code]


def chain(code: str) -> tuple[str, ...]:
    """The codes to look for content in, best first, for a reader of ``code``."""
    return BY_CODE[code].chain
