"""The public site in a real browser."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.e2e.conftest import Visit

#: One address of each page type.
TYPES = {
    "home": "",
    "entrance": "soker-asyl/",
    "theme": "att-bo/",
    "chapter": "att-bo/hyra-bostad/",
    "article": "soker-asyl/ansoka-om-asyl/",
    "standard": "sa-oversatter-vi/",
    "professional": "arbetar-med-nyanlanda/samverkan-pa-fyra-nivaer/",
    "news-index": "nyheter/",
    "news": "nyheter/ny-webbplats-pa-elva-sprak/",
    "film": "uppehallstillstand/de-forsta-stegen/",
    "places": "lan/",
    "county": "lan/skane/",
    "empty-county": "lan/kronoberg/",
    "municipality": "lan/skane/malmo/",
    "local": "lan/skane/samhallsorientering-i-skane/",
    "search": "search/?q=bostad",
    "no-hits": "search/?q=qqqqzz",
    "not-found": "finns-inte/",
}


@pytest.mark.parametrize("code", ["sv", "ar", "ti"])
@pytest.mark.parametrize("kind", TYPES)
def test_page_is_accessible_quiet_and_asks_nobody_else(visit: Visit, kind: str, code: str) -> None:
    page = visit.go(f"/{code}/{TYPES[kind]}")
    results = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]})
    assert results.violations_count == 0, results.generate_report()
    assert visit.foreign == []
    # The browser itself logs a page that answers 404.
    assert [text for text in visit.complaints if "404" not in text or kind != "not-found"] == []
    assert len(visit.requests) <= 20
    assert page.context.cookies() == []


@pytest.mark.parametrize("code", ["sv", "ar", "ti", "uk", "so"])
@pytest.mark.parametrize("kind", TYPES)
def test_nothing_is_wider_than_a_phone(phone: Visit, kind: str, code: str) -> None:
    page = phone.go(f"/{code}/{TYPES[kind]}")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_language_switch_keeps_the_page_and_is_remembered(visit: Visit) -> None:
    page = visit.go("/sv/att-bo/hyra-bostad/")
    page.get_by_role("link", name="العربية").first.click()
    expect(page).to_have_url(f"{visit.site}/ar/att-bo/hyra-bostad/")
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    page.goto(visit.site + "/")
    expect(page).to_have_url(f"{visit.site}/ar/")
    assert [cookie["name"] for cookie in page.context.cookies()] == ["language"]


def test_right_to_left_is_laid_out_from_the_right(visit: Visit) -> None:
    page = visit.go("/ar/att-bo/hyra-bostad/")
    box = page.locator("h1").first.bounding_box()
    text = page.evaluate(
        """() => {
            const range = document.createRange();
            range.selectNodeContents(document.querySelector('h1'));
            const rect = range.getBoundingClientRect();
            return {left: rect.left, right: rect.right};
        }"""
    )
    assert box is not None
    assert abs(text["right"] - (box["x"] + box["width"])) < 2
    assert text["left"] > box["x"]


def test_fallback_says_what_and_why_in_the_reader_s_language(visit: Visit) -> None:
    page = visit.go("/ti/nyheter/varna-for-bluffsamtal/")
    expect(page.locator("html")).to_have_attribute("lang", "ti")
    assert page.locator("[lang=en] >> text=/./").count() > 0
    assert page.locator("meta[name=robots]").get_attribute("content") == "noindex"


def test_keyboard_reaches_the_content_first(visit: Visit) -> None:
    page = visit.go("/sv/att-bo/hyra-bostad/")
    page.keyboard.press("Tab")
    skip = page.evaluate("document.activeElement.getAttribute('href')")
    assert skip == "#main"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_keyboard_walk_shows_where_it_is(visit: Visit) -> None:
    page = visit.go("/ar/")
    for _step in range(25):
        page.keyboard.press("Tab")
        outline: dict[str, Any] = page.evaluate(
            """() => {
                const style = getComputedStyle(document.activeElement);
                const rect = document.activeElement.getBoundingClientRect();
                return {outline: style.outlineStyle, shadow: style.boxShadow, width: rect.width};
            }"""
        )
        assert outline["outline"] != "none" or outline["shadow"] != "none"
        assert outline["width"] > 0


def test_film_asks_for_nothing_until_it_is_played(visit: Visit) -> None:
    page = visit.go("/sv/uppehallstillstand/de-forsta-stegen/")
    page.mouse.wheel(0, 4000)
    assert not [url for url in visit.requests if "example.org" in url]
    assert page.locator("video").count() == 0


def test_works_without_javascript(chromium: Any, site: str) -> None:
    context = chromium.new_context(java_script_enabled=False, viewport={"width": 360, "height": 740})
    page = context.new_page()
    page.goto(f"{site}/sv/")
    page.get_by_role("link", name="Jag söker asyl").first.click()
    expect(page).to_have_url(f"{site}/sv/soker-asyl/")
    page.locator("header a[href='/sv/search/']").click()
    page.locator("main input[name=q]").fill("bostad")
    page.keyboard.press("Enter")
    expect(page.locator("main a[href='/sv/att-bo/hyra-bostad/']").first).to_be_visible()
    context.close()


def test_page_is_small(visit: Visit) -> None:
    sizes: list[int] = []

    def measure(response: Any) -> None:
        if response.request.resource_type in ("document", "stylesheet", "script"):
            sizes.append(response.request.sizes()["responseBodySize"])

    visit.page.on("requestfinished", lambda request: measure(request.response()))
    visit.go("/ar/att-bo/hyra-bostad/")
    assert 0 < sum(sizes) <= 50_000


def test_choosing_a_county_on_the_map_leads_to_its_page(visit: Visit) -> None:
    page = visit.go("/ar/lan/")
    page.locator("main a[href='/ar/lan/skane/']").last.click()
    expect(page).to_have_url(f"{visit.site}/ar/lan/skane/")
    assert "Skåne" in page.locator("main").inner_text()
