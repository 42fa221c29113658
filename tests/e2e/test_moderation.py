"""A county's page goes from its editor to its publisher, and a translation from the translator to the reader."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.conftest import Visit
from tests.e2e.test_editor import sign_in

Open = Callable[[str], Visit]


@pytest.fixture
def signed_in(chromium: Browser, site: str) -> Iterator[Open]:
    """Opens a browser of its own for a demo account."""
    opened = []

    def as_account(name: str) -> Visit:
        context = chromium.new_context(locale="en", viewport={"width": 1280, "height": 900})
        opened.append(context)
        visit = Visit(context.new_page(), site)
        sign_in(visit, name)
        return visit

    yield as_account
    for context in opened:
        context.close()


def _picture(page: Page, name: str) -> None:
    """Keep what is seen, where E2E_PICTURES names a folder."""
    folder = os.environ.get("E2E_PICTURES")
    if folder:
        page.screenshot(path=f"{folder}/{name}.png")


def _choose(page: Page, action: str) -> None:
    """An action of the menu beside the editor's main button."""
    page.locator(".footer [data-w-dropdown-target='toggle']").last.click()
    page.locator(f"button[name='{action}']").click()


def _edit_address(visit: Visit, where: str, path: str) -> str:
    page = visit.go(f"/admin/overview/?where={where}")
    link = page.locator(".coverage-table tr", has_text=f"/{path}").locator("a[href*='/admin/pages/']").first
    address = link.get_attribute("href")
    assert address is not None
    return address


def test_a_county_s_editor_writes_and_its_publisher_approves(signed_in: Open, site: str, visit: Visit) -> None:
    editor, title = signed_in("county-editor-12"), "Samhällsorientering i hela Skåne"
    address = _edit_address(editor, "skane", "lan/skane/samhallsorientering-i-skane/")
    page = editor.go(address)
    assert page.locator("button[name='action-publish']").count() == 0
    page.locator("#id_title").fill(title)
    _picture(page, "1-editor-writes")
    _choose(page, "action-submit")
    expect(page.locator(".messages")).to_contain_text(title)
    _picture(page, "2-editor-has-sent")
    public = visit.go("/sv/lan/skane/samhallsorientering-i-skane/")
    assert title not in public.locator("h1").inner_text()

    waiting = f"main a[href='{address}']"
    for stranger in ("county-publisher-14", "national-publisher"):
        expect(signed_in(stranger).go("/admin/").locator(waiting)).to_have_count(0)

    publisher = signed_in("county-publisher-12")
    page = publisher.go("/admin/")
    expect(page.locator(waiting).first).to_be_visible()
    _picture(page, "3-publisher-s-start-page")
    page = publisher.go(address)
    page.locator(".footer [data-w-dropdown-target='toggle']").last.click()
    page.get_by_role("button", name="Approve").first.click()
    expect(page.locator(".messages")).to_be_visible()
    _picture(page, "4-publisher-has-approved")
    expect(visit.go("/sv/lan/skane/samhallsorientering-i-skane/").locator("h1")).to_have_text(title)


def test_a_refused_action_shows_its_reason(signed_in: Open) -> None:
    gotland = _edit_address(signed_in("county-editor-14"), "vastra-gotaland", "lan/vastra-gotaland/")
    visit = signed_in("county-editor-12")
    page = visit.go(gotland)
    expect(page.locator(".access-reason")).to_contain_text("Integrationsenheten Västra Götaland")
    _picture(page, "5-refused-with-its-reason")


def test_the_side_panel_says_who_may_what(signed_in: Open) -> None:
    visit = signed_in("county-editor-12")
    page = visit.go(_edit_address(visit, "skane", "lan/skane/"))
    page.locator("button[data-side-panel='status'], [data-side-panel-toggle='status']").first.click()
    page.locator(".access-explanation summary").click()
    expect(page.locator(".access-explanation")).to_contain_text("Integrationsenheten Skåne")
    _picture(page, "6-side-panel")


def test_a_translator_sees_her_language_and_nothing_else(signed_in: Open) -> None:
    visit = signed_in("translator-ar")
    page = visit.go("/admin/overview/")
    _picture(page, "7-translator-s-overview")
    edits = page.locator(".coverage-table a[href*='/admin/translation/']")
    assert edits.count() > 10
    for label in edits.all_inner_texts():
        assert label.strip().startswith("ar:")
    source = _edit_address(signed_in("national-editor"), "national", "att-bo/")
    page = visit.go(source)
    expect(page.locator(".access-reason")).to_be_visible()
