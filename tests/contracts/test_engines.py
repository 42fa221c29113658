"""What every engine must do, alone: it gets records and gives ids."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from search.contracts import Record, SearchBackend, SearchQuery
from tests.contracts.corpus import CARE, HOME, INFLECTED, KNOWN, OTHERS, SCHOOL, TEXTS, VARIANTS, number_of, records

LIMIT = 50


def ask(engine: SearchBackend, text: str, language: str = "sv", **filters: Any) -> list[int]:
    """The ids that the engine finds in one language."""
    found = engine.search(SearchQuery(text, language, **filters), {language: LIMIT})
    assert list(found) == [language]
    return list(found[language].page_ids)


def record(page_id: int, title: str, **fields: Any) -> Record:
    """A Swedish article."""
    return replace(Record(page_id=page_id, language="sv", type="article", title=title), **fields)


def test_what_readers_type_finds_the_page_first(engine: SearchBackend) -> None:
    engine.index(records())
    missed = [
        (language, text)
        for language, text, subject in [*KNOWN, *INFLECTED, *VARIANTS]
        if ask(engine, text, language)[:1] != [number_of(language, subject)]
    ]
    assert missed == []


def test_another_word_finds_nothing(engine: SearchBackend) -> None:
    engine.index(records())
    assert [(language, text) for language, text in OTHERS if ask(engine, text, language)] == []


def test_each_language_is_asked_alone(engine: SearchBackend) -> None:
    engine.index(records())
    found = engine.search(SearchQuery("1177", "ar"), {"ar": LIMIT, "en": LIMIT, "sv": LIMIT})
    assert {code: list(result.page_ids) for code, result in found.items()} == {
        code: [number_of(code, CARE)] for code in ("ar", "en", "sv")
    }
    assert ask(engine, "1177", "uk") == [number_of("uk", CARE)]


def test_title_before_alternative_before_summary_before_body(engine: SearchBackend) -> None:
    filler = "Här står något annat om livet i kommunen."
    engine.index(
        [
            record(1, "Något annat", body=f"{filler} Om folkbokföring. {filler}"),
            record(2, "Något annat", summary=f"Om folkbokföring. {filler}", body=filler),
            record(3, "Något annat", alternative=("folkbokföring", "skriva sig"), body=filler),
            record(4, "Om folkbokföring", body=filler),
            # An engine weighs a word by how few pages have it in a field: so each field has others.
            *(record(n, f"Ämne {n}", alternative=(f"namn{n}",), summary=filler, body=filler) for n in range(5, 25)),
        ]
    )
    assert ask(engine, "folkbokföring") == [4, 3, 2, 1]


def test_headings_are_found(engine: SearchBackend) -> None:
    engine.index([record(1, "Bo", headings=("Säga upp kontraktet",), body="Skriv ett brev.")])
    assert ask(engine, "uppsägning") == []
    assert ask(engine, "säga upp kontrakt") == [1]


def test_all_words_come_before_some_and_most_are_needed(engine: SearchBackend) -> None:
    engine.index(
        [
            record(1, "Barnbidrag barnbidrag barnbidrag", body="Om barnbidrag. " * 5),
            record(2, "Annat", body="Här nämns barnbidrag en gång, och ansökan, och blankett, långt inne i texten."),
            record(3, "Ansökan och blankett", body="Inget mer."),
        ]
    )
    assert ask(engine, "barnbidrag ansökan blankett") == [2, 3]
    assert ask(engine, "hur gör jag en ansökan om barnbidrag")[0] == 2
    assert set(ask(engine, "barnbidrag ansökan")) == {1, 2, 3}


def test_the_last_word_may_be_a_beginning_and_only_the_last(engine: SearchBackend) -> None:
    engine.index([record(1, "Uppehållstillstånd för studier"), record(2, "Studier")])
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
    engine.index(
        [
            record(1, "Svenska för invandrare", type="local", county="12"),
            record(2, "Svenska för invandrare", type="local", county="12", municipality="1280"),
            record(3, "Svenska för invandrare", type="news"),
        ]
    )
    assert set(ask(engine, "svenska", **filters)) == expected


def test_a_record_takes_the_place_of_an_older_one(engine: SearchBackend) -> None:
    engine.index([record(1, "Gammal rubrik", body="pendeltåg")])
    engine.index([record(1, "Ny rubrik", body="spårvagn")])
    assert ask(engine, "pendeltåg") == []
    assert ask(engine, "spårvagn") == [1]
    assert engine.count("sv") == 1


def test_remove_forgets_and_passes_over_what_is_not_there(engine: SearchBackend) -> None:
    engine.index([record(1, "Rösta"), record(2, "Rösta")])
    engine.remove([1, 999])
    assert ask(engine, "rösta") == [2]
    assert engine.count("sv") == 1


def test_replace_leaves_one_language_with_these_alone(engine: SearchBackend) -> None:
    engine.index([record(1, "Rösta"), record(2, "Rösta"), replace(record(3, "Vote"), language="en")])
    assert engine.replace("sv", iter([record(4, "Rösta")])) == 1
    assert ask(engine, "rösta") == [4]
    assert ask(engine, "vote", "en") == [3]
    assert (engine.count("sv"), engine.count("en")) == (1, 1)
    # Filled like one that was there from the beginning.
    engine.index([record(5, "Rösta")])
    assert set(ask(engine, "rösta")) == {4, 5}


def test_no_more_than_the_limit(engine: SearchBackend) -> None:
    engine.index([record(number, "Förskola") for number in range(1, 8)])
    assert len(engine.search(SearchQuery("förskola", "sv"), {"sv": 5})["sv"].page_ids) == 5


def test_a_query_without_words_finds_nothing(engine: SearchBackend) -> None:
    engine.index(records())
    assert [ask(engine, text) for text in ("", "   ", "?!", "«»", "\u200f", "*")] == [[]] * 6


def test_only_words_that_say_nothing_are_still_looked_for(engine: SearchBackend) -> None:
    engine.index([record(1, "Vad är en kommun"), record(2, "Skatt")])
    assert ask(engine, "vad är") == [1]


def test_healthy(engine: SearchBackend) -> None:
    assert engine.healthy()


def test_the_corpus_has_every_language() -> None:
    from cms.languages.registry import CODES

    assert set(TEXTS) == set(CODES)
    assert {subject for _, _, subject in INFLECTED} == {HOME, CARE, SCHOOL}
