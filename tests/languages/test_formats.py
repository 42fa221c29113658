"""Dates and numbers in each language, as literal strings that a person has read."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from cms.languages.cldr import language_name, month_names, weekday_names
from cms.languages.formats import format_date, format_month, format_number
from cms.languages.registry import CODES

# The 5th of every month of 2026. U+202F before г. and р. is CLDR's.
DATES = {
    "sv": (
        "5 januari 2026",
        "5 februari 2026",
        "5 mars 2026",
        "5 april 2026",
        "5 maj 2026",
        "5 juni 2026",
        "5 juli 2026",
        "5 augusti 2026",
        "5 september 2026",
        "5 oktober 2026",
        "5 november 2026",
        "5 december 2026",
    ),
    "en": (
        "5 January 2026",
        "5 February 2026",
        "5 March 2026",
        "5 April 2026",
        "5 May 2026",
        "5 June 2026",
        "5 July 2026",
        "5 August 2026",
        "5 September 2026",
        "5 October 2026",
        "5 November 2026",
        "5 December 2026",
    ),
    "ar": (
        "5 يناير 2026",
        "5 فبراير 2026",
        "5 مارس 2026",
        "5 أبريل 2026",
        "5 مايو 2026",
        "5 يونيو 2026",
        "5 يوليو 2026",
        "5 أغسطس 2026",
        "5 سبتمبر 2026",
        "5 أكتوبر 2026",
        "5 نوفمبر 2026",
        "5 ديسمبر 2026",
    ),
    "prs": (
        "۵ جنوری ۲۰۲۶",
        "۵ فبروری ۲۰۲۶",
        "۵ مارچ ۲۰۲۶",
        "۵ اپریل ۲۰۲۶",
        "۵ می ۲۰۲۶",
        "۵ جون ۲۰۲۶",
        "۵ جولای ۲۰۲۶",
        "۵ اگست ۲۰۲۶",
        "۵ سپتمبر ۲۰۲۶",
        "۵ اکتوبر ۲۰۲۶",
        "۵ نومبر ۲۰۲۶",
        "۵ دسمبر ۲۰۲۶",
    ),
    "fa": (
        "۵ ژانویهٔ ۲۰۲۶",
        "۵ فوریهٔ ۲۰۲۶",
        "۵ مارس ۲۰۲۶",
        "۵ آوریل ۲۰۲۶",
        "۵ مهٔ ۲۰۲۶",
        "۵ ژوئن ۲۰۲۶",
        "۵ ژوئیهٔ ۲۰۲۶",
        "۵ اوت ۲۰۲۶",
        "۵ سپتامبر ۲۰۲۶",
        "۵ اکتبر ۲۰۲۶",
        "۵ نوامبر ۲۰۲۶",
        "۵ دسامبر ۲۰۲۶",
    ),
    "so": (
        "5 Janaayo 2026",
        "5 Febraayo 2026",
        "5 Maarso 2026",
        "5 Abriil 2026",
        "5 Maayo 2026",
        "5 Juun 2026",
        "5 Luulyo 2026",
        "5 Ogosto 2026",
        "5 Sebteembar 2026",
        "5 Oktoobar 2026",
        "5 Noofeembar 2026",
        "5 Diseembar 2026",
    ),
    "ti": (
        "5 ጥሪ 2026",
        "5 ለካቲት 2026",
        "5 መጋቢት 2026",
        "5 ሚያዝያ 2026",
        "5 ጉንበት 2026",
        "5 ሰነ 2026",
        "5 ሓምለ 2026",
        "5 ነሓሰ 2026",
        "5 መስከረም 2026",
        "5 ጥቅምቲ 2026",
        "5 ሕዳር 2026",
        "5 ታሕሳስ 2026",
    ),
    "ru": (
        "5 января 2026\u202fг.",
        "5 февраля 2026\u202fг.",
        "5 марта 2026\u202fг.",
        "5 апреля 2026\u202fг.",
        "5 мая 2026\u202fг.",
        "5 июня 2026\u202fг.",
        "5 июля 2026\u202fг.",
        "5 августа 2026\u202fг.",
        "5 сентября 2026\u202fг.",
        "5 октября 2026\u202fг.",
        "5 ноября 2026\u202fг.",
        "5 декабря 2026\u202fг.",
    ),
    "es": (
        "5 de enero de 2026",
        "5 de febrero de 2026",
        "5 de marzo de 2026",
        "5 de abril de 2026",
        "5 de mayo de 2026",
        "5 de junio de 2026",
        "5 de julio de 2026",
        "5 de agosto de 2026",
        "5 de septiembre de 2026",
        "5 de octubre de 2026",
        "5 de noviembre de 2026",
        "5 de diciembre de 2026",
    ),
    "fr": (
        "5 janvier 2026",
        "5 février 2026",
        "5 mars 2026",
        "5 avril 2026",
        "5 mai 2026",
        "5 juin 2026",
        "5 juillet 2026",
        "5 août 2026",
        "5 septembre 2026",
        "5 octobre 2026",
        "5 novembre 2026",
        "5 décembre 2026",
    ),
    "uk": (
        "5 січня 2026\u202fр.",
        "5 лютого 2026\u202fр.",
        "5 березня 2026\u202fр.",
        "5 квітня 2026\u202fр.",
        "5 травня 2026\u202fр.",
        "5 червня 2026\u202fр.",
        "5 липня 2026\u202fр.",
        "5 серпня 2026\u202fр.",
        "5 вересня 2026\u202fр.",
        "5 жовтня 2026\u202fр.",
        "5 листопада 2026\u202fр.",
        "5 грудня 2026\u202fр.",
    ),
}

MARCH = {
    "sv": "mars 2026",
    "en": "March 2026",
    "ar": "مارس 2026",
    "prs": "مارچ ۲۰۲۶",
    "fa": "مارس ۲۰۲۶",
    "so": "Maarso 2026",
    "ti": "መጋቢት 2026",
    "ru": "март 2026\u202fг.",
    "es": "marzo de 2026",
    "fr": "mars 2026",
    "uk": "березень 2026\u202fр.",
}

# 1234567.5, 1234 and 0.
NUMBERS = {
    "sv": ("1\xa0234\xa0567,5", "1\xa0234", "0"),
    "en": ("1,234,567.5", "1,234", "0"),
    "ar": ("1,234,567.5", "1,234", "0"),
    "prs": ("۱٬۲۳۴٬۵۶۷٫۵", "۱٬۲۳۴", "۰"),
    "fa": ("۱٬۲۳۴٬۵۶۷٫۵", "۱٬۲۳۴", "۰"),
    "so": ("1,234,567.5", "1,234", "0"),
    "ti": ("1,234,567.5", "1,234", "0"),
    "ru": ("1\xa0234\xa0567,5", "1\xa0234", "0"),
    "es": ("1.234.567,5", "1234", "0"),
    "fr": ("1\u202f234\u202f567,5", "1\u202f234", "0"),
    "uk": ("1\xa0234\xa0567,5", "1\xa0234", "0"),
}

WEEK = {
    "sv": "måndag tisdag onsdag torsdag fredag lördag söndag",
    "en": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
    "ar": "الاثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد",
    "prs": "دوشنبه سه\u200cشنبه چهارشنبه پنجشنبه جمعه شنبه یکشنبه",
    "fa": "دوشنبه سه\u200cشنبه چهارشنبه پنجشنبه جمعه شنبه یکشنبه",
    "so": "Isniin Talaado Arbaco Khamiis Jimco Sabti Axad",
    "ti": "ሰኑይ ሰሉስ ረቡዕ ሓሙስ ዓርቢ ቀዳም ሰንበት",
    "ru": "понедельник вторник среда четверг пятница суббота воскресенье",
    "es": "lunes martes miércoles jueves viernes sábado domingo",
    "fr": "lundi mardi mercredi jeudi vendredi samedi dimanche",
    "uk": "понеділок вівторок середа четвер пʼятниця субота неділя",
}


def test_every_language_is_read() -> None:
    assert set(DATES) == set(MARCH) == set(NUMBERS) == set(WEEK) == set(CODES)


@pytest.mark.parametrize("code", DATES)
def test_dates(code: str) -> None:
    assert tuple(format_date(date(2026, month, 5), code) for month in range(1, 13)) == DATES[code]


@pytest.mark.parametrize("code", MARCH)
def test_a_month_with_its_year(code: str) -> None:
    assert format_month(date(2026, 3, 31), code) == MARCH[code]


@pytest.mark.parametrize("code", NUMBERS)
def test_numbers(code: str) -> None:
    assert tuple(format_number(value, code) for value in (1234567.5, 1234, 0)) == NUMBERS[code]


@pytest.mark.parametrize("code", WEEK)
def test_weekdays_from_monday(code: str) -> None:
    assert " ".join(weekday_names(code)) == WEEK[code]


def test_no_language_borrows_a_swedish_month() -> None:
    swedish = set(month_names("sv"))
    for code in set(CODES) - {"sv"}:
        borrowed = swedish & ({*month_names(code), *month_names(code, alone=True)})
        assert borrowed <= ({"mars"} if code == "fr" else set()), code


def test_the_first_of_a_month_in_french() -> None:
    assert format_date(date(2026, 5, 1), "fr") == "1er mai 2026"
    assert format_date(date(2026, 5, 11), "fr") == "11 mai 2026"
    assert format_date(date(2026, 5, 1), "es") == "1 de mayo de 2026"


def test_a_month_alone_and_in_a_date() -> None:
    assert month_names("ru")[2] == "марта"
    assert month_names("ru", alone=True)[2] == "март"
    assert month_names("uk", alone=True)[2] == "березень"
    assert month_names("fa")[0] == "ژانویهٔ"
    assert month_names("fa", alone=True)[0] == "ژانویه"


def test_spanish_groups_from_five_digits() -> None:
    assert [format_number(value, "es") for value in (9999, 10000, -1234, -12345)] == [
        "9999",
        "10.000",
        "-1234",
        "-12.345",
    ]


def test_decimals_end_at_three() -> None:
    assert format_number(Decimal("0.12345"), "sv") == "0,123"


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(KeyError):
        format_date(date(2026, 3, 5), "tlh")


def test_names_of_languages() -> None:
    assert language_name("en", "sv") == "engelska"
    assert language_name("prs", "en") == "Dari"
    assert language_name("prs", "so") == "Daari"
    assert language_name("fa", "so") == "Faarisi"
    assert language_name("sv", "ti") == "ሽወደንኛ"
    assert language_name("prs", "ar") == "الدارية"
    assert language_name("sv", "uk") == "шведська"
