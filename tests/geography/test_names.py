from __future__ import annotations

from collections.abc import Callable

from cms.languages.registry import BY_CODE
from cms.languages.scripts import script_of

Rows = Callable[[str], list[dict[str, str]]]


def test_every_name_says_its_source_and_is_in_its_languages_script(rows: Rows) -> None:
    for row in rows("names.csv"):
        assert row["source"] == "CLDR 48"
        scripts = {script_of(char) for char in row["name"]} - {None}
        assert scripts == {BY_CODE[row["language"]].script}, row


def test_all_counties_are_named_where_cldr_names_them(rows: Rows) -> None:
    languages: dict[str, set[str]] = {}
    for row in rows("names.csv"):
        languages.setdefault(row["language"], set()).add(row["code"])
    assert set(languages) == {"en", "ar", "fa", "ru", "es", "fr", "uk"}
    counties = {row["county_code"] for row in rows("counties.csv")}
    # CLDR has Stockholm in Ukrainian in the genitive only, which is no name to show.
    assert languages.pop("uk") == counties - {"01"}
    assert all(codes == counties for codes in languages.values())


def test_no_language_calls_two_counties_the_same(rows: Rows) -> None:
    names = [(row["language"], row["name"]) for row in rows("names.csv")]
    assert len(names) == len(set(names))
