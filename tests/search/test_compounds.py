"""Parts of Swedish compounds: of our own words only, whole coverage, no junk."""

from __future__ import annotations

import csv
import re
import timeit
from pathlib import Path

import pytest

from search.morphology import swedish
from search.morphology.swedish import parts
from search.normalise import base, words

DATA = Path(swedish.__file__).parent / "data" / "sv-parts.txt"
PLACES = Path(swedish.__file__).parents[2] / "cms" / "geography" / "data"

COMPOUNDS = {
    "uppehållstillstånd": "uppehåll tillstånd",
    "uppehållstillståndet": "uppehåll tillstånd",
    "uppehållstillståndskort": "uppehåll tillstånd kort",
    "arbetstillstånd": "arbete tillstånd",
    "bostadsbidrag": "bostad bidrag",
    "bostadskö": "bostad kö",
    "bostadsköer": "bostad kö",
    "bostadskön": "bostad kö",
    "bostadsrätt": "bostad rätt",
    "personbevis": "person bevis",
    "personbeviset": "person bevis",
    "personnummer": "person nummer",
    "personnumret": "person nummer",
    "samordningsnummer": "samordning nummer",
    "hyreskontrakt": "hyra kontrakt",
    "hyreskontraktet": "hyra kontrakt",
    "hyresvärdarna": "hyra värd",
    "hyreslägenheter": "hyra lägenhet",
    "hyresgästföreningen": "hyresgäst förening",
    "arbetsförmedlingen": "arbete förmedling",
    "arbetsmarknadspolitik": "arbete marknad politik",
    "arbetsgivaravgift": "arbetsgivare avgift",
    "yrkesutbildning": "yrke utbildning",
    "lönebesked": "lön besked",
    "tjänstepension": "tjänst pension",
    "försörjningsstöd": "försörjning stöd",
    "äldreförsörjningsstöd": "äldre försörjning stöd",
    "försäkringskassan": "försäkring kassa",
    "skatteverkets": "skatt verk",
    "migrationsverket": "migration verk",
    "migrationsdomstol": "migration domstol",
    "länsstyrelsen": "län styrelse",
    "socialtjänsten": "social tjänst",
    "socialsekreteraren": "social sekreterare",
    "servicekontor": "service kontor",
    "skolplikt": "skola plikt",
    "förskoleklass": "förskola klass",
    "gymnasieskola": "gymnasium skola",
    "modersmålsundervisning": "modersmål undervisning",
    "studievägledare": "studier vägledare",
    "vuxenutbildningen": "vuxen utbildning",
    "barnbidrag": "barn bidrag",
    "barnavårdscentralen": "barn vård central",
    "barnmorskemottagning": "barnmorska mottagning",
    "föräldrapenning": "förälder penning",
    "familjeåterförening": "familj återförening",
    "kvinnojour": "kvinna jour",
    "skilsmässoansökan": "skilsmässa ansökan",
    "vårdcentralen": "vård central",
    "sjuksköterskor": "sjuk sköterska",
    "tandvårdsbidrag": "tand vård bidrag",
    "läkarintyg": "läkare intyg",
    "hälsoundersökningar": "hälsa undersökning",
    "hemtjänst": "hem tjänst",
    "gatuadress": "gata adress",
    "busstation": "buss station",
    "tågstation": "tåg station",
    "kollektivtrafiken": "kollektiv trafik",
    "röstkort": "röst kort",
    "valsedel": "val sedel",
    "medborgarskapsprov": "medborgarskap prov",
    "folkbokföringsbevis": "folkbokföring bevis",
    "samhällsorienteringen": "samhälle orientering",
    "trygghetslarm": "trygghet larm",
    "kölapp": "kö lapp",
    "språkkaféer": "språk kafé",
    "tystnadsplikt": "tystnad plikt",
    "yttrandefrihet": "yttrande frihet",
    "foraldrapenningen": "förälder penning",
    "hyreslagenhet": "hyra lägenhet",
}
# Words, their forms, names of places and people, and words that only look like two of ours.
NONE = """
    barnet kommunen ansökan ansökningar rättigheter skolan bostäder lagar handlar handling boende
    folkbokföring folkbokförd körkort sjukdom sjukhus ungdom barndom egendom verkstad rättegång vardag
    deltagarna anordnare
    arbetslös arbetslöshet förskola fritid hushåll medborgare vårdnadshavare uppsägning utbildning
    tillsammans hemlighet personlig barnslig ansvarar material lektion parkering måltid mandel fördelar
    Uppsala Landskrona Kristianstad Halmstad Danmark Finland Island Hassan Lindström
    a kö i tv xyz bostads arbets lägenhetx
"""


@pytest.mark.parametrize(("word", "expected"), COMPOUNDS.items())
def test_a_compound_has_its_parts(word: str, expected: str) -> None:
    assert parts(base(word, "sv")) == tuple(expected.split())


@pytest.mark.parametrize("word", NONE.split())
def test_another_word_has_none(word: str) -> None:
    assert parts(base(word, "sv")) == ()


def test_no_word_of_the_list_is_parted_and_every_part_is_of_the_list() -> None:
    listed = [line.split()[0] for line in DATA.read_text("utf-8").splitlines() if line and line[0] != "#"]
    assert len(listed) == len(set(listed)) >= 800
    assert [word for word in listed if parts(word)] == []
    assert [word for word in listed if len(word) < 3] == ["kö"]
    assert {part for word in COMPOUNDS for part in parts(word)} <= set(listed)


def test_names_of_places_are_whole() -> None:
    with (PLACES / "municipalities.csv").open(encoding="utf-8") as file:
        names = {row["municipality_name_short"] for row in csv.DictReader(file)}
    assert len(names) > 280
    assert [name for name in names for word in words(name, "sv") if parts(base(word.text, "sv"))] == []


def test_forms_of_a_compound_have_one_stem() -> None:
    for forms in (
        "bostadskö bostadskön bostadsköer bostadsköerna",
        "hyreskontrakt hyreskontraktet hyreskontrakten hyreskontraktets",
        "personnummer personnumret personnumren",
        "bostadsområde bostadsområdet bostadsområden",
        "vårdcentral vårdcentralen vårdcentraler vårdcentralernas",
    ):
        assert len({swedish.stem(word) for word in forms.split()}) == 1, forms


def test_it_is_known_without_its_dots_where_no_other_word_is_meant() -> None:
    assert swedish.stem("lagenheterna") == swedish.stem("lägenhet")
    assert swedish.stem("miljon") != swedish.stem("miljön")
    assert swedish.stem("varken") != swedish.stem("värken")


def test_a_word_that_looks_like_a_form_of_ours_is_not() -> None:
    for one, other in (
        ("kön", "kö"),
        ("handlar", "handel"),
        ("myndig", "myndighet"),
        ("lager", "lag"),
        ("läger", "läge"),
        ("hemlig", "hem"),
        ("tidig", "tid"),
        ("män", "man"),
        ("händer", "hand"),
        ("kuren", "kurs"),
        ("rättighet", "rätt"),
    ):
        assert swedish.stem(one) != swedish.stem(other), one


def test_it_is_fast() -> None:
    text = [word for word in re.findall(r"\w+", " ".join([*COMPOUNDS, NONE])) for _ in range(20)]
    parts(text[0])
    microseconds = timeit.timeit(lambda: [parts(word) for word in text], number=1) / len(text) * 1e6
    assert microseconds < 30
