"""Which plural form a number takes, by our rule, by CLDR's and in the compiled catalogs."""

from __future__ import annotations

from gettext import GNUTranslations
from pathlib import Path

import pytest
from babel import Locale
from django.conf import settings

from cms.languages.plurals import form_count, form_of, numbers_of
from cms.languages.registry import CODES, get

COUNTS = (0, 1, 2, 3, 5, 11, 21, 100)
FORMS = {
    "sv": (2, (1, 0, 1, 1, 1, 1, 1, 1)),
    "en": (2, (1, 0, 1, 1, 1, 1, 1, 1)),
    "ar": (6, (0, 1, 2, 3, 3, 4, 4, 5)),
    "prs": (2, (0, 0, 1, 1, 1, 1, 1, 1)),
    "fa": (2, (0, 0, 1, 1, 1, 1, 1, 1)),
    "so": (2, (1, 0, 1, 1, 1, 1, 1, 1)),
    "ti": (2, (0, 0, 1, 1, 1, 1, 1, 1)),
    "ru": (4, (2, 0, 1, 1, 2, 2, 0, 2)),
    "es": (2, (1, 0, 1, 1, 1, 1, 1, 1)),
    "fr": (2, (0, 0, 1, 1, 1, 1, 1, 1)),
    "uk": (4, (2, 0, 1, 1, 2, 2, 0, 2)),
}


@pytest.mark.parametrize("code", CODES)
def test_the_form_of_each_count(code: str) -> None:
    forms, chosen = FORMS[code]
    assert form_count(code) == forms
    assert tuple(form_of(code, count) for count in COUNTS) == chosen


@pytest.mark.parametrize("code", CODES)
def test_the_rule_is_cldrs(code: str) -> None:
    """Numbers that CLDR puts in one category have one form, numbers in two categories have two."""
    rule = Locale.parse(get(code).cldr).plural_form
    pairs = {(rule(number), form_of(code, number)) for number in range(201)}
    assert len(pairs) == len({category for category, _ in pairs}) == len({form for _, form in pairs})


@pytest.mark.parametrize("code", CODES)
def test_the_compiled_catalog_has_the_rule(code: str) -> None:
    path = Path(settings.BASE_DIR, "locale", code, "LC_MESSAGES", "django.mo")
    with path.open("rb") as file:
        compiled = GNUTranslations(file)
    assert tuple(int(compiled.plural(count)) for count in COUNTS) == FORMS[code][1]  # type: ignore[attr-defined]


def test_numbers_of_a_form() -> None:
    assert numbers_of("ar", 2) == (2,)
    assert numbers_of("sv", 0) == (1,)
    assert numbers_of("uk", 0)[:3] == (1, 21, 31)
    assert numbers_of("uk", 3) == ()
