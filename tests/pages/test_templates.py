"""The public site's templates."""

from __future__ import annotations

import itertools
import re
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.template.loader import render_to_string
from django.utils import translation

from cms.languages.registry import LANGUAGES, get
from pages.blocks.body import BodyBlock
from pages.local.places import PlaceLink, PlacePage
from pages.pattern_samples import SAMPLES
from pages.patterns import blocks, patterns, sample_context

ROOT = Path(__file__).resolve().parent.parent.parent
TEMPLATES = sorted([*ROOT.glob("pages/templates/**/*.html"), *ROOT.glob("search/templates/**/*.html")])


def render(template: str, code: str, *, fallback: bool = False, **more: Any) -> Any:
    """The template with the pattern library's sample values, as a reader of ``code`` gets it."""
    with translation.override(code):
        return BeautifulSoup(render_to_string(template, sample_context(code, fallback=fallback) | more), "html.parser")


def part(name: str, value: dict[str, Any], code: str, *, fallback: bool = False) -> Any:
    """One block on an article."""
    context = sample_context(code, fallback=fallback)
    context["page"].body = BodyBlock().normalize([(name, value)])
    with translation.override(code):
        return BeautifulSoup(render_to_string("pages/includes/body.html", context), "html.parser")


# --- Language and direction -----------------------------------------------------------------------


@pytest.mark.parametrize("code", ["sv", "ar", "ti", "uk"])
def test_document_says_its_language_direction_and_script(code: str) -> None:
    language = get(code)
    html = render("pages/article.html", code).html
    assert (html["lang"], html["dir"], html["data-script"]) == (language.tag, language.direction, str(language.script))


def test_language_bar_has_every_language_in_its_own_script() -> None:
    links = render("pages/article.html", "ar").select(".languages a")
    assert [(link.text, link["lang"], link["hreflang"], link["dir"]) for link in links] == [
        (language.autonym, language.tag, language.tag, language.direction) for language in LANGUAGES
    ]
    assert [link.text for link in links if link.get("aria-current")] == [get("ar").autonym]


def test_fallback_says_so_before_the_title_and_marks_the_text() -> None:
    soup = render("pages/article.html", "ar", fallback=True)
    head = soup.select_one(".page-head")
    notice = head.find(True)
    with translation.override("ar"):
        assert notice.select_one(".notice-title").text == translation.gettext("This text is not in your language yet")
    assert notice.get("lang") is None
    assert soup.html["lang"] == "ar"
    for selector in ("title", "h1", ".lead", ".body", ".contents ul"):
        element = soup.select_one(selector)
        assert (element["lang"], element["dir"]) == ("en", "ltr"), selector


def test_text_in_the_readers_language_is_not_marked() -> None:
    soup = render("pages/article.html", "ar")
    assert soup.select(".body[lang], h1[lang], title[lang]") == []
    assert soup.select(".notice-sun") == []


def test_words_of_the_interface_in_a_text_in_another_language_are_marked() -> None:
    value = {"kind": "warning", "title": "Do not pay", "text": "<p>Look first.</p>"}
    kind = part("callout", value, "ar", fallback=True).select_one(".kind")
    assert (kind["lang"], kind["dir"]) == ("ar", "rtl")
    assert part("callout", value, "ar").select_one(".kind").get("lang") is None


def test_a_title_in_another_language_is_marked_in_lists() -> None:
    soup = render("pages/theme.html", "ar")
    marked = soup.select('.menu-panel a[lang="en"][dir="ltr"]')
    assert {link.text.strip() for link in marked} == {SAMPLES["en"].titles[0]}


def test_numbers_of_several_groups_keep_their_order_from_right_to_left() -> None:
    value = {"data": [["114 14", "112"], ["010-000 00 00", "9–12"]], "first_row_is_table_header": False}
    assert [bdi.text for bdi in part("table", value, "ar").select('bdi[dir="ltr"]')] == ["114 14", "010-000 00 00"]
    assert part("table", value, "sv").select("bdi") == []
    assert part("table", value, "ar", fallback=True).select("bdi") == []


def test_numbers_in_attributes_are_left_alone() -> None:
    value = {"image": sample_context("ar")["reading"].pictures[1], "alt": "114 14", "caption": "", "credit": ""}
    assert part("picture", value, "ar").select_one("img")["alt"] == "114 14"


# --- Parts ----------------------------------------------------------------------------------------


def test_the_pattern_library_shows_every_block_in_four_scripts_light_and_dark() -> None:
    assert {name for name, _value in blocks(SAMPLES["sv"])} == set(BodyBlock().child_blocks)
    found = patterns()
    for pattern in found:
        assert [(cell.language.code, cell.theme) for cell in pattern.cells] == [
            (code, theme) for code in ("sv", "ar", "ti", "uk") for theme in ("light", "dark")
        ]
        assert all(cell.html.strip() for cell in pattern.cells), pattern.name
    html = render_to_string("pages/patterns.html", {"patterns": found})
    ids = re.findall(r'\sid="([^"]+)"', html)
    assert len(ids) == len(set(ids))


def test_headings_have_the_anchors_of_the_contents_and_skip_no_level() -> None:
    context = sample_context("sv")
    soup = render("pages/article.html", "sv")
    anchors = {heading["id"]: heading.text for heading in soup.select(".body h2[id], .body h3[id]")}
    numbers = [number for number, (name, _value) in enumerate(blocks(SAMPLES["sv"]), 1) if name == "heading"]
    assert list(anchors) == [f"s-{number}" for number in numbers]
    assert context["reading"].contents[0][0] in anchors
    levels = [int(heading.name[1]) for heading in soup.select("main h1, main h2, main h3, main h4")]
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels)), levels


def test_a_film_is_a_link_until_it_is_pressed() -> None:
    value = {"title": "A day", "url": "https://example.org/f.mp4", "length": "3:20", "transcript": "<p>Good day.</p>"}
    soup = part("film", value, "en")
    assert soup.select("video, iframe, source, [src]") == []
    assert soup.select_one("[data-film] a")["href"] == "https://example.org/f.mp4"
    assert "example.org" in soup.select_one("figcaption").text
    assert soup.select_one("details .answer").text.strip() == "Good day."


def test_a_picture_has_its_size_and_is_lazy_unless_it_is_first() -> None:
    context = sample_context("sv")
    value = {"image": context["reading"].pictures[1], "alt": "", "caption": "C", "credit": "Vägvisare"}
    context["page"].body = BodyBlock().normalize([("picture", value), ("text", "<p>x</p>"), ("picture", value)])
    soup: Any = BeautifulSoup(render_to_string("pages/includes/body.html", context), "html.parser")
    first, second = soup.select("img")
    assert (first["width"], first["height"], first["alt"]) == ("800", "450", "")
    assert (first.get("loading"), second.get("loading")) == (None, "lazy")
    assert soup.select_one(".credit bdi").text == "Vägvisare"


def test_a_table_scrolls_by_itself_and_has_a_name() -> None:
    value = {"data": [["A", None], ["B", "C"]], "first_row_is_table_header": True, "table_caption": "Who does what"}
    soup = part("table", value, "sv")
    region = soup.select_one('[role="region"]')
    assert (region["tabindex"], region["aria-label"], soup.caption.text) == ("0", "Who does what", "Who does what")
    assert [(cell.name, cell.text) for cell in soup.select("th, td")] == [
        ("th", "A"),
        ("th", ""),
        ("td", "B"),
        ("td", "C"),
    ]


def test_a_contact_can_be_called_and_is_in_order_from_right_to_left() -> None:
    value = {"name": "Enheten", "phone": "+46 (0)10-000 00 00", "email": "a@example.org", "url": "https://www.a.se/b"}
    soup = part("contact", value, "ar")
    assert [link["href"] for link in soup.select("a")] == [
        "tel:+460100000000",
        "mailto:a@example.org",
        "https://www.a.se/b",
    ]
    assert [bdi["dir"] for bdi in soup.select("dd bdi") if bdi.parent.name == "a"] == ["ltr"] * 3
    assert soup.select_one("a.external bdi").text == "a.se"


def test_links_to_other_sites_are_marked_in_words() -> None:
    value = {"title": "", "links": [{"text": "Skatteverket", "url": "https://www.skatteverket.se/", "description": ""}]}
    with translation.override("en"):
        assert part("links", value, "en").select_one("a.external").text == "Skatteverket (external link)"


# --- Pages ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["home", "entrance", "theme", "article", "news_index"])
@pytest.mark.parametrize("code", ["sv", "ar"])
def test_each_page_type_has_one_title_and_what_is_around_it(name: str, code: str) -> None:
    soup = render(f"pages/{name}.html", code)
    assert [heading.text.strip() for heading in soup.select("h1")] == [SAMPLES[code].titles[0]]
    assert soup.select_one("a.skip")["href"] == "#main"
    assert soup.select_one(".footer bdi").text == "Länsstyrelsen"
    assert soup.title.text.split() == [*SAMPLES[code].titles[0].split(), "–", "Vägvisare"]


def test_a_chapter_shows_progress_and_leads_on() -> None:
    soup = render("pages/article.html", "en")
    assert soup.select_one(".progress-text").text.strip() == "Chapter 2 of 3"
    assert [span.get("class") for span in soup.select(".progress span")] == [["done"], ["now"], None]
    assert [(link["rel"], link["href"]) for link in soup.select(".chapter-nav a")] == [
        (["next"], "/en/att-bo/3/"),
        (["prev"], "/en/att-bo/1/"),
    ]


def test_the_current_page_is_marked_in_the_menus() -> None:
    current = render("pages/article.html", "sv").select('[aria-current="page"]')
    assert {link["href"] for link in current} == {"/sv/att-bo/1/"}


def _place(**more: Any) -> PlacePage:
    return PlacePage(
        "municipality", "1281", "لوند", "Lunds kommun", "lan/skane/lund/", "/ar/lan/skane/lund/",
        county=PlaceLink("12", "سكونه", "Skåne län", "/ar/lan/skane/", "county"),
        **more,
    )  # fmt: skip


def test_a_place_without_pages_says_so_and_shows_its_official_name() -> None:
    soup = render("pages/place.html", "ar", page=None, place=_place(), local_pages=[], national_links=[])
    assert soup.h1.text == "لوند"
    official = soup.select_one('.page-head bdi[lang="sv"]')
    assert (official.text, official["dir"]) == ("Lunds kommun", "ltr")
    assert soup.select_one(".empty a")["href"] == "/ar/lan/skane/"
    remember = soup.select_one("[data-place]")
    assert (remember["data-place"], remember["data-lang"]) == ("/lan/skane/lund/", "ar")
    assert remember.button.has_attr("hidden"), "without JavaScript there is nothing to press"


def test_a_place_lists_postal_codes_from_left_to_right() -> None:
    place = _place(postal_codes=[("Lund", ["222 20", "222 21"])])
    soup = render("pages/place.html", "ar", page=None, place=place, local_pages=[], national_links=[])
    entry = soup.select_one(".postal dd")
    assert (entry["dir"], entry.text.strip()) == ("ltr", "222 20, 222 21")


def test_the_map_repeats_the_list_for_pointers_only() -> None:
    link = PlaceLink("12", "Skåne län", "Skåne län", "/sv/lan/skane/", "county")
    row = {"link": link, "shape": type("Shape", (), {"d": "M0 0h1"})()}
    soup = render("pages/places.html", "sv", counties=[row], viewbox="0 0 9 9", query="", found=[])
    assert soup.select_one("svg.map")["aria-hidden"] == "true"
    assert soup.select_one("svg.map a")["tabindex"] == "-1"
    assert soup.select_one(".place-list a")["href"] == "/sv/lan/skane/"


def test_an_unknown_place_is_answered_with_what_to_do() -> None:
    soup = render("pages/places.html", "en", counties=[], viewbox="0 0 9 9", query="<b>Oz</b>", found=[])
    assert soup.select_one(".found h2 bdi").text == "<b>Oz</b>"
    assert "choose your county" in soup.select_one(".found p").text


@pytest.mark.parametrize("code", ["sv", "ar"])
def test_not_found_offers_search_and_the_start_page(code: str) -> None:
    soup = render("404.html", code)
    assert soup.html["dir"] == get(code).direction
    assert soup.select_one("main form")["action"] == f"/{code}/search/"
    assert soup.select_one("main a.sign")["href"] == f"/{code}/"


def test_server_error_needs_nothing_but_a_language() -> None:
    with translation.override("ar"):
        soup: Any = BeautifulSoup(render_to_string("500.html", {"language": get("ar")}), "html.parser")
    assert (soup.html["lang"], soup.html["dir"]) == ("ar", "rtl")
    assert soup.h1.text
    assert "112" in soup.main.text


# --- What the content security policy and the style guide ask ----------------------------------------


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_templates_have_no_inline_style_or_script(path: Path) -> None:
    html = path.read_text(encoding="utf-8")
    assert not re.search(r"""\sstyle\s*=|<style|\son[a-z]+\s*=|<script(?![^>]*\ssrc=)|javascript:""", html)
