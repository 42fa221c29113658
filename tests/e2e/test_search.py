"""Searching in a real browser: suggestions by keyboard and pointer, filters on a phone, nothing to third parties."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, expect

from tests.e2e.conftest import Visit

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PLACE = '{"path": "/lan/skane/malmo/", "name": "Malmö", "lang": "sv"}'


def assert_accessible(page: Page) -> None:
    results = Axe().run(page, options={"runOnly": RULES})
    assert results.violations_count == 0, results.generate_report()


def field_of(page: Page) -> Locator:
    return page.locator("main").get_by_role("combobox").first


def options_of(page: Page) -> Locator:
    return page.locator("main").get_by_role("listbox").get_by_role("option")


def wait_for_options(page: Page) -> list[str]:
    expect(options_of(page).first).to_be_visible()
    return [text.strip() for text in options_of(page).all_inner_texts()]


# --- Suggestions -------------------------------------------------------------------------------------


def test_suggestions_by_keyboard(visit: Visit) -> None:
    page = visit.go("/sv/search/")
    field = field_of(page)
    expect(field).to_have_attribute("aria-expanded", "false")
    field.press_sequentially("hyra", delay=20)
    titles = wait_for_options(page)
    assert "Hyra bostad" in titles
    expect(field).to_have_attribute("aria-expanded", "true")
    assert field.get_attribute("aria-controls") == page.locator("main [role=listbox]").get_attribute("id")
    assert page.locator("main [role=listbox]").get_attribute("aria-label") == "Vad letar du efter?"
    assert_accessible(page)
    # Down, and up again into the field; up from there is the last.
    field.press("ArrowDown")
    chosen = page.locator("main [role=option][aria-selected=true]")
    expect(chosen).to_have_count(1)
    assert field.get_attribute("aria-activedescendant") == chosen.get_attribute("id")
    assert chosen.inner_text() == titles[0]
    assert_accessible(page)
    field.press("ArrowUp")
    expect(chosen).to_have_count(0)
    assert field.get_attribute("aria-activedescendant") is None
    field.press("ArrowUp")
    assert chosen.inner_text() == titles[-1]
    # Escape closes and keeps what was typed; down opens again.
    field.press("Escape")
    expect(options_of(page).first).to_be_hidden()
    expect(field).to_have_attribute("aria-expanded", "false")
    expect(field).to_have_value("hyra")
    field.press("ArrowDown")
    expect(options_of(page).first).to_be_visible()
    for _step in range(titles.index("Hyra bostad")):
        field.press("ArrowDown")
    field.press("Enter")
    expect(page).to_have_url(f"{visit.site}/sv/att-bo/hyra-bostad/")
    assert (visit.foreign, visit.complaints, page.context.cookies()) == ([], [], [])


def test_enter_without_a_choice_searches(visit: Visit) -> None:
    page = visit.go("/sv/search/")
    field_of(page).press_sequentially("hyra", delay=20)
    wait_for_options(page)
    field_of(page).press("Enter")
    expect(page).to_have_url(f"{visit.site}/sv/search/?q=hyra")
    expect(page.locator(".hit").first).to_be_visible()


def test_a_pause_asks_once_and_leaving_closes(visit: Visit) -> None:
    page = visit.go("/sv/search/")
    field_of(page).focus()
    # As fast as it goes, so that no pause of a busy machine comes between.
    field_of(page).evaluate(
        """field => {
            for (const letter of "hyra bostad") {
                field.value += letter;
                field.dispatchEvent(new Event("input"));
            }
        }"""
    )
    wait_for_options(page)
    assert len([url for url in visit.requests if "/api/v1/suggest" in url]) == 1
    field_of(page).press("Tab")
    expect(options_of(page).first).to_be_hidden()


def test_suggestions_by_pointer_from_right_to_left(visit: Visit) -> None:
    page = visit.go("/ar/search/")
    field_of(page).press_sequentially("skatt", delay=20)
    wait_for_options(page)
    own = options_of(page).first
    list_box, field_box = page.locator("main [role=listbox]").bounding_box(), field_of(page).bounding_box()
    assert list_box is not None
    assert field_box is not None
    assert abs(list_box["x"] + list_box["width"] - field_box["x"] - field_box["width"]) < 2
    assert list_box["y"] >= field_box["y"] + field_box["height"] - 1
    assert_accessible(page)
    address = page.url
    own.click()
    expect(page).not_to_have_url(address)
    assert re.match(rf"{visit.site}/ar/[a-z-]+/", page.url)


def test_a_suggestion_in_another_language_says_so(visit: Visit) -> None:
    page = visit.go("/ar/search/")
    field_of(page).press_sequentially("agreements", delay=20)
    wait_for_options(page)
    other = options_of(page).filter(has_text="Agreements and rights")
    assert (other.get_attribute("lang"), other.get_attribute("dir")) == ("en", "ltr")
    assert "English" in other.inner_text()


def test_the_field_of_the_header_suggests_too(visit: Visit) -> None:
    page = visit.go("/sv/search/")
    field = page.locator("header").get_by_role("combobox")
    field.press_sequentially("hyra", delay=20)
    option = page.locator("header").get_by_role("option", name="Hyra bostad")
    expect(option).to_be_visible()
    assert_accessible(page)
    option.click()
    expect(page).to_have_url(f"{visit.site}/sv/att-bo/hyra-bostad/")


def test_the_field_of_every_page_suggests_from_when_it_is_needed(visit: Visit) -> None:
    page = visit.go("/ar/att-bo/")
    assert [url for url in visit.requests if "suggest" in url] == [], "who only reads fetches nothing for it"
    field = page.locator("#header-q")
    field.click()
    expect(field).to_have_role("combobox")
    expect(field).to_be_focused()
    field.press_sequentially("استئجار", delay=20)
    option = page.locator("header").get_by_role("option").first
    expect(option).to_be_visible()
    assert field.input_value() == "استئجار"
    assert_accessible(page)
    option.click()
    expect(page).to_have_url(f"{visit.site}/ar/att-bo/hyra-bostad/")
    assert len([url for url in visit.requests if "suggest" in url and ".js" in url]) == 1


def test_an_answer_that_does_not_come_leaves_a_plain_form(visit: Visit) -> None:
    page = visit.go("/sv/search/")
    page.route("**/api/v1/suggest**", lambda route: route.fulfill(status=429, json={"detail": "Too many."}))
    with page.expect_response("**/api/v1/suggest**"):
        field_of(page).press_sequentially("hyra", delay=20)
    expect(options_of(page)).to_have_count(0)
    field_of(page).press("Enter")
    expect(page.locator(".hit").first).to_be_visible()


# --- My place ----------------------------------------------------------------------------------------


def test_the_remembered_place_goes_with_the_search_alone(visit: Visit) -> None:
    page = visit.go("/sv/search/")
    page.evaluate(f"localStorage.setItem('place', '{PLACE}')")
    field_of(page).fill("bostad")
    field_of(page).press("Enter")
    expect(page).to_have_url(f"{visit.site}/sv/search/?q=bostad&near=skane")
    assert not [url for url in visit.requests if "suggest" in url and "near" in url]
    page.evaluate("localStorage.removeItem('place')")
    field_of(page).press("Enter")
    expect(page).not_to_have_url(re.compile("near="))


# --- Filters -----------------------------------------------------------------------------------------


def test_filters_on_a_phone_in_arabic(phone: Visit) -> None:
    page = phone.go("/ar/search/?q=bostad")
    county = page.locator("#id_county")
    expect(county).to_be_hidden()
    page.locator(".filters summary").tap()
    expect(county).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    county.select_option("12")
    page.locator(".filters button").tap()
    expect(page).to_have_url(re.compile(r"county=12"))
    expect(county).to_be_visible()
    expect(page.locator(".hit").first).to_be_visible()
    assert_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    box = page.locator(".taken a").bounding_box()
    assert box is not None
    assert box["height"] >= 44
    page.locator(".taken a").tap()
    expect(page).to_have_url(f"{phone.site}/ar/search/?q=bostad")
    assert (phone.foreign, phone.complaints, page.context.cookies()) == ([], [], [])


def test_filters_stand_beside_the_hits_on_a_desktop(visit: Visit) -> None:
    page = visit.go("/sv/search/?q=bostad")
    filters, hit = page.locator("#id_county").bounding_box(), page.locator(".hit").first.bounding_box()
    assert filters is not None
    assert hit is not None
    assert filters["x"] > hit["x"] + hit["width"]
    assert filters["y"] < 600
    page.locator("#id_county").focus()
    assert page.evaluate("document.activeElement.id") == "id_county"


@pytest.mark.parametrize("code", ["sv", "ar", "ti", "so"])
@pytest.mark.parametrize("query", ["q=bostad", "q=i+sverige&page=2", "q=bostad&type=article&county=12", "q=xqxqxq", ""])
def test_no_state_is_wider_than_a_phone_or_hard_to_use(phone: Visit, code: str, query: str) -> None:
    page = phone.go(f"/{code}/search/?{query}")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert_accessible(page)
    assert phone.foreign == []


# --- Without JavaScript ------------------------------------------------------------------------------


@pytest.fixture
def plain(chromium: Browser, site: str) -> Iterator[Visit]:
    """A phone's tab without JavaScript."""
    opened = chromium.new_context(java_script_enabled=False, viewport={"width": 360, "height": 740})
    yield Visit(opened.new_page(), site)
    opened.close()


def test_without_javascript(plain: Visit) -> None:
    page = plain.go("/so/search/")
    page.locator("main input[name=q]").fill("guri")
    page.locator("main button[type=submit]").first.click()
    expect(page.locator(".hit").first).to_be_visible()
    page.locator(".filters summary").click()
    page.locator("#id_type").select_option("article")
    page.locator(".filters button").click()
    expect(page).to_have_url(re.compile(r"type=article"))
    chosen: Any = page.locator("#id_type option:checked").get_attribute("value")
    assert chosen == "article"
    page.locator(".taken a").click()
    expect(page).to_have_url(f"{plain.site}/so/search/?q=guri")
    assert [url for url in plain.requests if "suggest?" in url] == []
