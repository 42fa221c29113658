"""The judged queries, and what is measured with them."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from cms.languages.registry import CODES, SOURCE
from search.evaluation.floors import FLOORS, below
from search.evaluation.measures import Answer, measure, recall, reciprocal_rank
from search.evaluation.queries import SETS, Judged, load

DEMO = Path(__file__).resolve().parent.parent.parent / "pages/content/demo"


@pytest.mark.parametrize("language", CODES)
@pytest.mark.parametrize("chosen", SETS)
def test_every_language_has_queries_of_every_kind(language: str, chosen: str) -> None:
    kinds = Counter(query.kind for query in load(language, chosen))
    least = {"known": 12, "inflected": 8, "variant": 4, "typo": 5, "cross": 3, "not": 4}
    if language == SOURCE:
        least["compound"] = 6
    assert [kind for kind, number in least.items() if kinds[kind] < number] == []
    assert sum(kinds.values()) >= 34


@pytest.mark.parametrize("language", CODES)
def test_no_query_is_in_both_sets_and_every_page_is_in_the_demo(language: str) -> None:
    tuning, held = (load(language, chosen) for chosen in SETS)
    assert not {query.text for query in tuning} & {query.text for query in held}
    wanted = {page for query in (*tuning, *held) for page in query.pages}
    files = [(f"{page}index.md", f"{page[:-1]}.md", page) for page in wanted]
    missing = [
        page
        for folder, alone, page in files
        if not any((DEMO / code / folder).exists() or (DEMO / code / alone).exists() for code in CODES)
    ]
    assert missing == []


def test_a_wrong_row_is_named_with_file_and_line(tmp_path: Path) -> None:
    header = "kind\tquery\tpages\tsuggestion\n"
    (tmp_path / "sv.tsv").write_text(header + "known\thyra\tatt-bo/\t\nknwon\thyra\tatt-bo/\t\n")
    with pytest.raises(ValueError, match=r"sv.tsv, line 3"):
        load("sv", "tuning", tmp_path)
    (tmp_path / "sv.tsv").write_text(header + "typo\thyrra\tatt-bo/\t\n")
    with pytest.raises(ValueError, match=r"line 2"):
        load("sv", "tuning", tmp_path)
    (tmp_path / "sv.tsv").write_text("query\n")
    with pytest.raises(ValueError, match="first line"):
        load("sv", "tuning", tmp_path)
    assert load("en", "tuning", tmp_path) == []


def test_ranks_and_recall_by_hand() -> None:
    paths = [f"{number}/" for number in range(1, 13)]
    assert reciprocal_rank(paths, ["4/", "2/"]) == 0.5
    assert reciprocal_rank(paths, ["11/"]) == 0.0
    assert recall(paths, ["1/", "10/", "11/", "99/"]) == 0.5


def test_means_and_what_was_missed() -> None:
    answers = {
        "ett": Answer(["a/", "b/"]),
        "två": Answer(["b/", "a/"]),
        "fel": Answer(["c/"], ["Hyra"]),
        "hyrra": Answer([], ["HYRA", "annat"]),
        "inte": Answer(["d/"]),
    }
    queries = [
        Judged("known", "ett", ("a/",), ""),
        Judged("known", "två", ("a/",), ""),
        Judged("inflected", "ett", ("b/", "z/"), ""),
        Judged("typo", "hyrra", ("a/",), "hyra"),
        Judged("typo", "fel", ("a/",), "bostad"),
        Judged("cross", "två", ("a/",), ""),
        Judged("not", "inte", ("d/",), ""),
        Judged("not", "inte", ("e/",), ""),
    ]
    found = measure(queries, "sv", answers.__getitem__)
    assert found.means == {
        "known MRR@10": 0.75,
        "known success@1": 0.5,
        "inflected recall@10": 0.5,
        "typo suggested": 0.5,
        "cross success@10": 1.0,
        "not kept out": 0.5,
    }
    assert found.numbers["known MRR@10"] == 2
    assert [query.text for query, _value in found.missed] == ["två", "ett", "fel", "inte"]


def test_floors_name_the_language_and_the_measure() -> None:
    sound = dict.fromkeys(FLOORS["database"], 1.0)
    assert list(below("database", "sv", sound)) == []
    (line,) = below("database", "so", sound | {"known MRR@10": 0.5})
    assert line.startswith("so: known MRR@10 is 0.500, the floor is ")
    assert list(below("standard", "sv", {"known MRR@10": 0.0})) == []
