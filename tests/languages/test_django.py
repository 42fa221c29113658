"""What Django says of our languages, among them the three that it does not know."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from django.conf import locale as django_locale
from django.test import Client
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import get_language_info
from django.utils.translation.trans_real import get_supported_language_variant

from cms.languages.catalogs.builtin import builtin_messages, django_lacks
from cms.languages.catalogs.store import entry_key, load
from cms.languages.cldr import month_names, weekday_names
from cms.languages.registry import CODES, LANGUAGES, Language


@pytest.mark.parametrize("language", LANGUAGES, ids=CODES)
def test_language_info_and_direction(language: Language) -> None:
    info = get_language_info(language.code)
    assert (info["name"], info["name_local"]) == (language.name, language.autonym)
    with translation.override(language.code):
        assert info["bidi"] is translation.get_language_bidi() is (language.code in {"ar", "prs", "fa"})


@pytest.mark.parametrize("code", CODES)
def test_every_code_is_its_own_variant(code: str) -> None:
    assert get_supported_language_variant(code) == code


def test_a_browser_that_asks_for_dari_by_its_tag_gets_it() -> None:
    assert get_supported_language_variant("prs") == "prs"
    assert get_supported_language_variant("fa-af") == "prs"
    assert get_supported_language_variant("fa-ir") == "fa"
    assert get_supported_language_variant("ti-er") == "ti"


@pytest.mark.parametrize(
    ("code", "march", "weekday"),
    [
        ("sv", "5 mars 2026", "torsdag"),
        ("en", "5 March 2026", "Thursday"),
        ("ar", "5 مارس 2026", "الخميس"),
        ("prs", "5 مارچ 2026", "پنجشنبه"),
        ("fa", "5 مارس 2026", "پنجشنبه"),
        ("so", "5 Maarso 2026", "Khamiis"),
        ("ti", "5 መጋቢት 2026", "ሓሙስ"),
        ("ru", "5 марта 2026 г.", "четверг"),
        ("es", "5 de marzo de 2026", "jueves"),
        ("fr", "5 mars 2026", "jeudi"),
        ("uk", "5 березня 2026 р.", "четвер"),
    ],
)
def test_djangos_own_date_filter(code: str, march: str, weekday: str) -> None:
    with translation.override(code):
        assert date_format(date(2026, 3, 5)) == march
        assert date_format(date(2026, 3, 5), "l").lower() == weekday.lower()


@pytest.mark.parametrize("code", ["prs", "so", "ti"])
def test_every_name_of_djangos_calendar_is_there(code: str) -> None:
    with translation.override(code):
        for month in range(1, 13):
            day = date(2026, month, 5)
            assert date_format(day, "F") == month_names(code, alone=True)[month - 1]
            assert date_format(day, "E") == month_names(code)[month - 1]
            short = month_names(code, short=True)[month - 1]
            assert date_format(day, "b") == short
            assert date_format(day, "N") == short
        assert [date_format(date(2026, 3, day), "l") for day in range(2, 9)] == list(weekday_names(code))
        assert [date_format(date(2026, 3, day), "D") for day in range(2, 9)] == list(weekday_names(code, short=True))


def test_django_lacks_three_of_our_languages() -> None:
    assert [code for code in CODES if django_lacks(code)] == ["prs", "so", "ti"]


def test_our_copies_of_djangos_messages_are_still_djangos() -> None:
    """Each one is in Django's Swedish catalog: a wording that Django changes shows here."""
    path = Path(str(django_locale.__file__)).parent / "sv" / "LC_MESSAGES" / "django.po"
    theirs = {entry_key(entry): entry.msgid_plural or None for entry in load(path)}
    assert builtin_messages("sv") == ()
    assert len(builtin_messages("ti")) == 75
    for message in builtin_messages("ti"):
        assert theirs[message.key] == message.plural


@pytest.mark.django_db
def test_the_address_of_dari_is_not_sent_to_persian(client: Client) -> None:
    response = client.get("/prs/", follow=False)
    assert response.headers.get("Location", "") != "/fa/prs/"
