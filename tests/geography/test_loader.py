from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db.models import Model

from cms.geography import loader
from cms.geography.models import County, LoadedData, Municipality, PlaceName, PostalCode, SubRegion

pytestmark = pytest.mark.django_db

Break = Callable[[Path], None]


def run(*args: str) -> str:
    out = io.StringIO()
    call_command("load_geography", *args, stdout=out)
    return out.getvalue()


def replace(name: str, old: str, new: str) -> Break:
    def edit(directory: Path) -> None:
        path = directory / name
        text = path.read_bytes()
        assert old.encode() in text
        path.write_bytes(text.replace(old.encode(), new.encode("latin-1" if new == "Malmö" else "utf-8"), 1))

    return edit


def append(name: str, line: str) -> Break:
    def edit(directory: Path) -> None:
        with (directory / name).open("a", encoding="utf-8", newline="") as file:
            file.write(line + "\n")

    return edit


def stored() -> list[list[tuple[Any, ...]]]:
    """Everything that a load writes."""
    tables: tuple[type[Model], ...] = (County, Municipality, PostalCode, SubRegion, PlaceName, LoadedData)
    return [list(table._default_manager.order_by("pk").values_list()) for table in tables]


@pytest.fixture
def emptied() -> None:
    """Geography before the first load, but for the counties: they have pages, so they are only spoilt."""
    for table in (PlaceName, PostalCode, SubRegion, Municipality, LoadedData):
        table._default_manager.all().delete()
    County.objects.update(name="?", names={}, position=0)


@pytest.mark.usefixtures("emptied")
def test_load_twice(django_assert_num_queries: Any) -> None:
    assert run().splitlines()[:4] == [
        "counties: 0 added, 21 changed, 0 removed",
        "municipalities: 290 added, 0 changed, 0 removed",
        "postal codes: 15463 added, 0 changed, 0 removed",
        "sub-regions: 4 added, 0 changed, 0 removed",
    ]
    before = stored()
    assert [len(table) for table in before[:4]] == [21, 290, 15463, 4]
    with django_assert_num_queries(6):
        assert run() == "Geography: nothing has changed.\n"
    assert stored() == before
    assert run("--check") == "21 counties, 290 municipalities, 15463 postal codes: files and database agree.\n"


@pytest.mark.usefixtures("emptied")
def test_check_writes_nothing() -> None:
    before = stored()
    with pytest.raises(CommandError, match="the database is not what they say"):
        run("--check")
    assert stored() == before


def test_rows_that_went_missing_come_back(data: Path) -> None:
    loader.load(data)
    PostalCode.objects.filter(code__startswith="6213").delete()
    SubRegion.objects.get(slug="skaraborg").municipalities.clear()
    report = loader.load(data)
    assert not report.unchanged
    assert report.changes["postal codes"][0] > 0
    assert report.changes["sub-regions"] == (0, 1, 0)
    assert SubRegion.objects.get(slug="skaraborg").municipalities.count() == 15


def test_only_what_differs_is_changed(data: Path) -> None:
    loader.load(data)
    replace("counties.csv", "Skåne län,Skåne", "Skånes län,Skåne")(data)
    replace("names.csv", "12,en,Skåne", "12,en,Scania")(data)
    replace("sub_regions.csv", "skaraborg,Skaraborg,1445,Essunga\n", "")(data)
    assert loader.load(data).changes == {
        "municipalities": (0, 0, 0),
        "counties": (0, 1, 0),
        "postal codes": (0, 0, 0),
        "sub-regions": (0, 1, 0),
    }
    skane = County.objects.get(code="12")
    assert (skane.name, skane.name_in("en")) == ("Skånes län", "Scania")
    assert list(PlaceName.objects.filter(county=skane, language="en").values_list("folded", flat=True)) == ["scania"]


def test_a_municipality_that_gets_another_code_keeps_its_address(data: Path) -> None:
    loader.load(data)
    replace("municipalities.csv", "0980,", "0981,")(data)
    postal = data / "postal_to_municipality.csv"
    postal.write_text(postal.read_text("utf-8").replace(",0980,", ",0981,"), "utf-8")
    assert loader.load(data).changes["municipalities"] == (1, 0, 1)
    assert Municipality.objects.get(county="09").code == "0981"
    assert PostalCode.objects.filter(municipality="0981").exists()
    assert not PostalCode.objects.exclude(municipality="0981").exists()


def test_a_load_that_the_database_refuses_leaves_nothing_half(data: Path) -> None:
    loader.load(data)
    for name in ("municipalities.csv", "postal_to_municipality.csv"):
        path = data / name
        path.write_text(path.read_text("utf-8").replace("0980,", "2680,").replace("Gotland,09", "Gotland,26"), "utf-8")
    replace("counties.csv", "09,Gotlands län,Gotland", "26,Visby län,Visby")(data)
    names = (data / "names.csv").read_text("utf-8").replace("\n09,", "\n26,")
    (data / "names.csv").write_text(names, "utf-8")
    before = stored()
    with pytest.raises(CommandError, match="Cannot delete some instances of model 'County'"):
        run("--data", str(data))
    assert stored() == before


BROKEN: list[tuple[str, Break, str]] = [
    (
        "a file is missing",
        lambda directory: (directory / "names.csv").unlink(),
        "names.csv:1: cannot be read: No such file or directory",
    ),
    (
        "another header",
        replace("counties.csv", "county_code,", "code,"),
        "must be «county_code,county_name,county_name_short», not «code,county_name,county_name_short»",
    ),
    (
        "a byte order mark",
        replace("counties.csv", "county_code,", "\ufeffcounty_code,"),
        "counties.csv:1: the first line must be",
    ),
    ("not UTF-8", replace("municipalities.csv", "Malmö", "Malmö"), "municipalities.csv:118: is not UTF-8"),
    ("a field too few", append("counties.csv", "26,Nya län"), "counties.csv:23: 2 fields; 3 expected"),
    (
        "a quote that never ends",
        append("names.csv", '14,en,"West'),
        "names.csv:148: is not CSV: unexpected end of data",
    ),
    (
        "a county too few",
        replace("counties.csv", "09,Gotlands län,Gotland\n", ""),
        "counties.csv:1: 20 usable rows; Sweden has 21 counties",
    ),
    (
        "a county too many",
        append("counties.csv", "26,Nya län,Nya"),
        "counties.csv:1: 22 usable rows; Sweden has 21 counties",
    ),
    (
        "a lost zero",
        replace("municipalities.csv", "0114,", "114,"),
        "municipalities.csv:2: municipality code «114» is not four digits",
    ),
    (
        "a municipality twice",
        replace("municipalities.csv", "0115,Vallentuna", "0114,Vallentuna"),
        "municipalities.csv:3: municipality code 0114 is there twice",
    ),
    (
        "no such county",
        replace("municipalities.csv", "Upplands Väsby,01", "Upplands Väsby,02"),
        "municipalities.csv:2: Upplands Väsby kommun: there is no county 02",
    ),
    (
        "the code of another county",
        replace("municipalities.csv", "Upplands Väsby,01", "Upplands Väsby,03"),
        "municipalities.csv:2: Upplands Väsby kommun: code 0114 does not begin with its county's, 03",
    ),
    (
        "two with one address",
        replace("municipalities.csv", "Vallentuna kommun,Vallentuna", "Vallentuna kommun,Upplands-Väsby"),
        "municipalities.csv:3: Vallentuna kommun: another municipality of county 01 has the address «upplands-vasby»",
    ),
    (
        "a postal code with its space",
        append("postal_to_municipality.csv", "621 99,Visby,0980,Gotlands kommun"),
        "postal code «621 99» is not five digits",
    ),
    (
        "a postal code in no municipality",
        append("postal_to_municipality.csv", "99999,Visby,0981,Gotlands kommun"),
        "postal code 99999: there is no municipality 0981",
    ),
    (
        "a postal code under another name",
        append("postal_to_municipality.csv", "99999,Visby,0980,Visby kommun"),
        "postal code 99999: municipality 0980 is Gotlands kommun, not Visby kommun",
    ),
    ("an empty name", append("names.csv", "14,so,,source"), "names.csv:148: name is empty or has a space around it"),
    ("an unknown language", append("names.csv", "14,xx,West,source"), "names.csv:148: the site has no language «xx»"),
    (
        "a Swedish name",
        append("names.csv", "14,sv,Väst,source"),
        "names.csv:148: 14: the Swedish name is the official one and stands in counties.csv or municipalities.csv",
    ),
    ("two names", append("names.csv", "14,en,West,source"), "names.csv:148: 14 has two names in «en»"),
    (
        "a name of nothing",
        append("names.csv", "26,en,New,source"),
        "names.csv:148: there is no county or municipality 26",
    ),
    ("an invisible character", append("names.csv", "14,so,Gal\u200bbeed,s"), "name has an invisible character in it"),
    ("a name too long", append("names.csv", f"14,so,{'a' * 61},source"), "name is longer than 60 characters"),
    ("decomposed letters", append("names.csv", "14,so,Va\u0308st,source"), "name is not in normal form (NFC)"),
    (
        "a sub-region of nothing",
        append("sub_regions.csv", "fyrbodal,Fyrbodal,1499,Falun"),
        "sub_regions.csv:52: Fyrbodal: municipality 1499 is Falköping, not Falun",
    ),
    (
        "a sub-region with two names",
        append("sub_regions.csv", "fyrbodal,Fyrstad,1384,Kungsbacka"),
        "sub_regions.csv:52: sub-region «fyrbodal» is called Fyrbodal further up, here Fyrstad",
    ),
]


@pytest.mark.parametrize(("edit", "problem"), [case[1:] for case in BROKEN], ids=[case[0] for case in BROKEN])
def test_broken_files_are_refused(data: Path, edit: Break, problem: str) -> None:
    edit(data)
    before = stored()
    with pytest.raises(CommandError) as refusal:
        run("--data", str(data))
    assert problem in str(refusal.value)
    assert str(refusal.value).endswith("nothing was written.")
    assert stored() == before


def test_all_problems_are_reported_at_once_in_their_order_and_no_consequences(data: Path) -> None:
    replace("sub_regions.csv", "fyrbodal,Fyrbodal,1430", "Fyrbodal,Fyrbodal,1430")(data)
    append("names.csv", "14,xx,West,source")(data)
    append("postal_to_municipality.csv", "6219,Visby,0980,Gotlands kommun")(data)
    replace("municipalities.csv", ",Åstorps kommun,", ",Åstorps  kommun ,")(data)
    replace("counties.csv", "12,Skåne", "1Z,Skåne")(data)
    number = len((data / "postal_to_municipality.csv").read_text("utf-8").splitlines())
    with pytest.raises(CommandError) as refusal:
        run("--check", "--data", str(data))
    assert str(refusal.value).splitlines() == [
        "counties.csv:1: 20 usable rows; Sweden has 21 counties",
        "counties.csv:11: county code «1Z» is not two digits",
        "municipalities.csv:1: 289 usable rows; Sweden has 290 municipalities",
        "municipalities.csv:116: municipality_name is empty or has a space around it",
        f"postal_to_municipality.csv:{number}: postal code «6219» is not five digits",
        "names.csv:148: the site has no language «xx»",
        "sub_regions.csv:25: «Fyrbodal» cannot be an address",
        "7 problems; nothing was written.",
    ]
