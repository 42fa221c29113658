"""Inflected forms that meet, and words that must not."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from cms.languages.registry import CODES
from search.morphology import stem
from search.normalise import base

TOGETHER = [
    ("sv", "nummer numret numren"),
    ("sv", "förälder föräldern föräldrar föräldrarna"),
    ("sv", "kontrakt kontraktet kontrakten"),
    ("sv", "kurs kursen kurser"),
    ("sv", "ansökan ansökningar ansöka"),
    ("sv", "myndighet myndigheten myndigheternas"),
    ("sv", "diskriminering diskriminerad diskrimineras"),
    ("sv", "skyldighet skyldig skyldiga"),
    ("sv", "lägenhet lagenheterna"),
    ("en", "neighbour neighbors neighbours"),
    ("sv", "bostad bostaden bostäder bostäderna bostads"),
    ("sv", "hyra hyran hyror hyrorna"),
    ("sv", "läkare läkaren läkarna"),
    ("sv", "tillstånd tillståndet tillstånden"),
    ("sv", "bok böcker böckerna"),
    ("en", "apartment apartments"),
    ("en", "child children"),
    ("ar", "مدرسة المدرسة والمدرسة بالمدرسة للمدرسة مدرسه"),
    ("fa", "کودک کودکان"),
    ("prs", "شاگرد شاگردان"),
    ("ru", "квартира квартиры квартиру квартирой"),
    ("es", "alquiler alquileres"),
    ("es", "médico médicos médica"),
    ("fr", "loyer loyers"),
    ("fr", "appartement appartements"),
    ("uk", "дозвіл дозволу дозволи дозволом"),
    ("uk", "школа школи школу шкіл"),
    ("uk", "навчання навчань навчанням"),
    ("so", "shaqo shaqada shaqooyinka"),
    ("so", "dugsi dugsiga"),
    ("so", "caafimaad caafimaadka"),
]
APART = [
    ("sv", "hemlig", "hem"),
    ("sv", "tidig", "tid"),
    ("sv", "kuren", "kurs"),
    ("sv", "lagret", "lagar"),
    ("sv", "myndiga", "myndighet"),
    ("sv", "handlar", "handel"),
    ("sv", "kön", "köer"),
    ("sv", "läge", "lägenhet"),
    ("sv", "barn", "barr"),
    ("en", "apartment", "appointment"),
    ("fr", "loyer", "loi"),
    ("uk", "школа", "шкода"),
    ("ru", "врач", "вред"),
    ("so", "guri", "geed"),
    ("ar", "مدرسة", "مدير"),
]


@pytest.mark.parametrize(("language", "text"), TOGETHER)
def test_forms_of_a_word_have_one_stem(language: str, text: str) -> None:
    assert len({stem(base(word, language), language) for word in text.split()}) == 1


@pytest.mark.parametrize(("language", "one", "other"), APART)
def test_other_words_have_another(language: str, one: str, other: str) -> None:
    assert stem(base(one, language), language) != stem(base(other, language), language)


def test_an_unknown_language_has_none() -> None:
    assert stem("mieszkania", "pl") == "mieszkania"


def test_short_words_stay() -> None:
    assert [stem(word, language) for language, word in (("uk", "дім"), ("so", "ka"), ("uk", "я"))] == ["дім", "ka", "я"]


def test_threads_do_not_disturb_each_other() -> None:
    words = [f"lägenheter{number}na" for number in range(300)]
    alone = [stem(word, "sv") for word in words]
    stem.cache_clear()
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda word: stem(word, "sv"), words * 4))
    assert together == alone * 4


def test_no_language_raises() -> None:
    for code in CODES:
        assert isinstance(stem("a", code), str)
        assert isinstance(stem("", code), str)
