"""What every engine must do, alone: it gets records and gives ids."""

from __future__ import annotations

import datetime
from dataclasses import replace
from typing import Any

import pytest
from django.utils import timezone

from search.analysis import Asked
from search.contracts import Question, Record, SearchBackend
from search.indexing import forget
from tests.contracts.asking import put, question
from tests.contracts.corpus import CARE, HOME, INFLECTED, KNOWN, OTHERS, SCHOOL, TEXTS, VARIANTS, number_of, records


def ask(engine: SearchBackend, text: str, language: str = "sv", **filters: Any) -> list[int]:
    """The ids that the engine finds in one language."""
    (found,) = engine.search([question(text, language, **filters)])
    return list(found.page_ids)


def record(page_id: int, title: str, **fields: Any) -> Record:
    """A Swedish article."""
    return replace(Record(page_id=page_id, language="sv", type="article", title=title), **fields)


def test_what_readers_type_finds_the_page_first(engine: SearchBackend) -> None:
    put(engine, records())
    missed = [
        (language, text)
        for language, text, subject in [*KNOWN, *INFLECTED, *VARIANTS]
        if ask(engine, text, language)[:1] != [number_of(language, subject)]
    ]
    assert missed == []


def test_another_word_finds_nothing(engine: SearchBackend) -> None:
    put(engine, records())
    assert [(language, text) for language, text in OTHERS if ask(engine, text, language)] == []


def test_each_language_is_asked_alone(engine: SearchBackend) -> None:
    put(engine, records())
    found = engine.search([question("1177", code) for code in ("ar", "en", "sv")])
    assert [list(result.page_ids) for result in found] == [[number_of(code, CARE)] for code in ("ar", "en", "sv")]
    assert ask(engine, "1177", "uk") == [number_of("uk", CARE)]


def test_title_before_alternative_before_summary_before_body(engine: SearchBackend) -> None:
    filler = "Här står något annat om livet i kommunen."
    put(
        engine,
        [
            record(1, "Något annat", body=f"{filler} Om folkbokföring. {filler}"),
            record(2, "Något annat", summary=f"Om folkbokföring. {filler}", body=filler),
            record(3, "Något annat", alternative=("folkbokföring", "skriva sig"), body=filler),
            record(4, "Om folkbokföring", body=filler),
            # An engine weighs a word by how few pages have it in a field: so each field has others.
            *(record(n, f"Ämne {n}", alternative=(f"namn{n}",), summary=filler, body=filler) for n in range(5, 25)),
        ],
    )
    assert ask(engine, "folkbokföring") == [4, 3, 2, 1]


def test_headings_are_found(engine: SearchBackend) -> None:
    put(engine, [record(1, "Bo", headings=("Säga upp kontraktet",), body="Skriv ett brev.")])
    assert ask(engine, "uppsägning") == []
    assert ask(engine, "säga upp kontrakt") == [1]


def test_all_words_come_before_some_and_most_are_needed(engine: SearchBackend) -> None:
    put(
        engine,
        [
            record(1, "Barnbidrag barnbidrag barnbidrag", body="Om barnbidrag. " * 5),
            record(2, "Annat", body="Här nämns barnbidrag en gång, och ansökan, och blankett, långt inne i texten."),
            record(3, "Ansökan och blankett", body="Inget mer."),
        ],
    )
    assert ask(engine, "barnbidrag ansökan blankett") == [2, 3]
    assert ask(engine, "hur gör jag en ansökan om barnbidrag")[0] == 2
    assert set(ask(engine, "barnbidrag ansökan")) == {1, 2, 3}


def test_the_last_word_may_be_a_beginning_and_only_the_last(engine: SearchBackend) -> None:
    put(engine, [record(1, "Uppehållstillstånd för studier"), record(2, "Studier")])
    assert ask(engine, "uppehål") == [1]
    assert ask(engine, "studier uppehål")[0] == 1
    assert ask(engine, "uppehål kommunen") == []


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({}, {1, 2, 3}),
        ({"county": "12"}, {1, 2}),
        ({"municipality": "1280"}, {2}),
        ({"type": "news"}, {3}),
        ({"county": "12", "type": "news"}, set()),
    ],
)
def test_filters(engine: SearchBackend, filters: dict[str, str], expected: set[int]) -> None:
    put(
        engine,
        [
            record(1, "Svenska för invandrare", type="local", county="12"),
            record(2, "Svenska för invandrare", type="local", county="12", municipality="1280"),
            record(3, "Svenska för invandrare", type="news"),
        ],
    )
    assert set(ask(engine, "svenska", **filters)) == expected


def test_a_record_takes_the_place_of_an_older_one(engine: SearchBackend) -> None:
    put(engine, [record(1, "Gammal rubrik", body="pendeltåg")])
    put(engine, [record(1, "Ny rubrik", body="spårvagn")])
    assert ask(engine, "pendeltåg") == []
    assert ask(engine, "spårvagn") == [1]
    assert engine.count("sv") == 1


def test_remove_forgets_and_passes_over_what_is_not_there(engine: SearchBackend) -> None:
    put(engine, [record(1, "Rösta"), record(2, "Rösta")])
    forget([1, 999])
    engine.remove([1, 999])
    assert ask(engine, "rösta") == [2]
    assert engine.count("sv") == 1


def test_a_page_of_the_readers_county_comes_sooner_and_a_fresh_one_too(engine: SearchBackend) -> None:
    now = timezone.now()
    put(
        engine,
        [
            record(1, "Svenska för invandrare", type="local", county="01", updated=now),
            record(2, "Svenska för invandrare", type="local", county="12", updated=now - datetime.timedelta(days=900)),
            record(3, "Svenska för invandrare", type="local", county="14", updated=now - datetime.timedelta(days=900)),
        ],
    )
    assert ask(engine, "svenska för invandrare") == [1, 2, 3]
    assert ask(engine, "svenska för invandrare", near="14") == [3, 1, 2]


def test_any_way_answers_a_word(engine: SearchBackend) -> None:
    put(engine, [record(1, "Svenska för invandrare"), record(2, "Invandrare"), record(3, "Matte")])
    word = Asked("sfi", ("sfi",), (), ((("≈svensk",), ("≈invandr",)), (("≈saknas",),)))
    (found,) = engine.search([Question("sv", (word,), 10)])
    assert list(found.page_ids) == [1]


def test_suggestions_have_all_words_in_a_title_and_the_last_may_be_a_beginning(engine: SearchBackend) -> None:
    put(
        engine,
        [
            record(1, "Hyra bostad", body="Personnummer behövs."),
            record(2, "Personnummer och folkbokföring"),
            record(3, "Skatt", alternative=("personnumret",)),
            replace(record(4, "Personnummer"), language="en"),
        ],
    )
    assert set(engine.suggest("person", {"sv": 5})["sv"].page_ids) == {2, 3}
    assert list(engine.suggest("folkbokföring perso", {"sv": 5})["sv"].page_ids) == [2]
    both = engine.suggest("personn", {"sv": 1, "en": 5})
    assert (len(both["sv"].page_ids), list(both["en"].page_ids)) == (1, [4])


def test_stamps_tell_one_document_from_another(engine: SearchBackend) -> None:
    put(engine, [record(1, "Rösta"), record(2, "Rösta")])
    before = engine.stamps("sv")
    put(engine, [record(2, "Rösta nu")])
    after = engine.stamps("sv")
    assert after.keys() == before.keys() == {1, 2}
    assert after[1] == before[1]
    assert after[2] != before[2]


def test_no_more_than_the_limit(engine: SearchBackend) -> None:
    put(engine, [record(number, "Förskola") for number in range(1, 8)])
    assert len(engine.search([replace(question("förskola", "sv"), limit=5)])[0].page_ids) == 5


def test_a_query_without_words_finds_nothing(engine: SearchBackend) -> None:
    put(engine, records())
    assert [ask(engine, text) for text in ("", "   ", "?!", "«»", "\u200f", "*")] == [[]] * 6


def test_only_words_that_say_nothing_are_still_looked_for(engine: SearchBackend) -> None:
    put(engine, [record(1, "Vad är en kommun"), record(2, "Skatt")])
    assert ask(engine, "vad är") == [1]


def test_healthy(engine: SearchBackend) -> None:
    assert engine.healthy()


def test_the_corpus_has_every_language() -> None:
    from cms.languages.registry import CODES

    assert set(TEXTS) == set(CODES)
    assert {subject for _, _, subject in INFLECTED} == {HOME, CARE, SCHOOL}
