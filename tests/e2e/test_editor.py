"""The editor's side in a real browser."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import PASSWORD, Visit


def sign_in(visit: Visit, name: str) -> None:
    page = visit.go("/accounts/login/")
    page.locator("input[name=login]").fill(f"{name}@example.org")
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url(f"{visit.site}/admin/")


def test_publisher_edits_and_publishes_a_page(visit: Visit) -> None:
    sign_in(visit, "national-publisher")
    page = visit.go("/admin/overview/?tree=tillganglighet")
    page.locator(".coverage-table tr", has_text="/tillganglighet/").locator("a").first.click()
    page.wait_for_url("**/edit/")
    page.locator("#id_title").fill("Tillgänglighet på webbplatsen")
    page.locator(
        ".footer__container [data-w-dropdown-target='toggle'], .actions [data-w-dropdown-target='toggle']"
    ).last.click()
    page.locator("button[name='action-publish']").click()
    expect(page.locator(".messages")).to_contain_text("Tillgänglighet på webbplatsen")
    reader = visit.page.context.browser
    assert reader is not None
    public = reader.new_context().new_page()
    public.goto(f"{visit.site}/sv/tillganglighet/")
    expect(public.locator("h1")).to_have_text("Tillgänglighet på webbplatsen")
    assert "wagtail-userbar" not in public.content()


@pytest.mark.parametrize("name", ["county-editor-12", "translator-ar", "analyst", "admin"])
def test_every_account_signs_in_and_sees_the_overview(visit: Visit, name: str) -> None:
    sign_in(visit, name)
    page = visit.go("/admin/overview/")
    assert page.locator("tbody tr").count() > 40
    assert visit.foreign == []


def test_county_editor_finds_no_way_into_another_county(visit: Visit) -> None:
    sign_in(visit, "county-editor-12")
    page = visit.go("/admin/overview/?where=gotland")
    edits = page.locator("tbody a[href*='/admin/pages/']").count()
    assert edits == 0
    page = visit.go("/admin/overview/?where=skane")
    assert page.locator("tbody a[href*='/admin/pages/']").count() > 0
