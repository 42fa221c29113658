"""An editor changes one sentence; the reader of Arabic gets it, and knew in between that it was missing."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.conftest import Visit
from tests.e2e.test_editor import sign_in

Open = Callable[[str], Visit]
PATH = "att-bo/hyra-bostad/"
TITLE = "Hyra bostad"
ARABIC = "يمكنك استئجار شقة مباشرةً من مالكها."


@pytest.fixture
def signed_in(chromium: Browser, site: str) -> Iterator[Open]:
    """Opens a browser of its own for a demo account; one each."""
    opened: dict[str, Visit] = {}

    def as_account(name: str) -> Visit:
        if name not in opened:
            context = chromium.new_context(locale="en", viewport={"width": 1280, "height": 900})
            opened[name] = Visit(context.new_page(), site)
            sign_in(opened[name], name)
        return opened[name]

    yield as_account
    for visit in opened.values():
        visit.page.context.close()


def _picture(page: Page, name: str) -> None:
    """Keep what is seen, where E2E_PICTURES names a folder."""
    folder = os.environ.get("E2E_PICTURES")
    if folder:
        page.screenshot(path=f"{folder}/{name}.png")


def _states(visit: Visit) -> list[list[str]]:
    """The page's line in each language, from the coverage file."""
    text = visit.page.request.get(f"{visit.site}/admin/overview/coverage.csv?where=national").text()
    return [row for row in csv.reader(io.StringIO(text.lstrip("\ufeff"))) if row and row[0] == f"/{PATH}"]


def _open(visit: Visit, source_edit: str, title: str) -> Page:
    """The room of the page, by the translator's queue."""
    page = visit.go("/admin/translation/")
    page.locator(".tr-table a", has_text=title).first.click()
    page.wait_for_load_state("load")
    assert source_edit
    return page


def test_one_changed_sentence_reaches_the_reader(signed_in: Open, visit: Visit) -> None:
    reviewer, translator, publisher = (
        signed_in(name) for name in ("reviewer-ar", "translator-ar", "national-publisher")
    )

    # The reviewer has read the page and answers for it: it is current, and the memory has its texts.
    page = reviewer.go("/admin/overview/?where=national")
    room = (
        page.locator(".coverage-table tr", has_text=f"/{PATH}")
        .locator("a[href*='/admin/translation/']")
        .first.get_attribute("href")
    )
    assert room is not None
    page = reviewer.go(room)
    page.get_by_role("button", name="Publish", exact=True).click()
    expect(page.locator(".messages")).to_contain_text("is published")
    before = visit.go(f"/ar/{PATH}").locator("main").inner_text()

    # One sentence changes, once.
    page = publisher.go("/admin/overview/?where=national")
    edit = (
        page.locator(".coverage-table tr", has_text=f"/{PATH}")
        .locator("a[href*='/admin/pages/']")
        .first.get_attribute("href")
    )
    assert edit is not None
    page = publisher.go(edit)
    summary = page.locator("#id_search_description")
    old = summary.input_value()
    summary.fill(f"{old.rstrip('.')} direkt av hyresvärden.")
    page.locator(".footer [data-w-dropdown-target='toggle']").last.click()
    page.locator("button[name='action-publish']").click()
    expect(page.locator(".messages")).to_contain_text("published")
    lines = _states(publisher)
    # The state, and how many texts are outdated.
    assert [line[4:6] for line in lines] == [["outdated", "1"]] * 10
    _picture(publisher.go("/admin/overview/?where=national"), "tr-1-coverage")

    # The reader sees the old text, and that it is behind.
    shown = visit.go(f"/ar/{PATH}")
    expect(shown.locator("main")).to_contain_text(before.splitlines()[0])
    expect(shown.locator(".notice-outdated").first).to_be_visible()
    _picture(shown, "tr-2-reader-is-told")

    # The translator finds it with the changed words marked, takes the memory's suggestion and mends it.
    page = _open(translator, edit, TITLE)
    _picture(page, "tr-3-room")
    row = page.locator("[data-standing='outdated']")
    expect(row).to_have_count(1)
    expect(row.locator("ins")).to_contain_text("direkt av hyresvärden")
    field = row.locator("[data-field]")
    field.click()
    page.keyboard.press("Alt+1")
    expect(field).not_to_be_empty()
    page.keyboard.press("Control+End")
    page.keyboard.type(f" {ARABIC}")
    page.keyboard.press("Control+Enter")
    expect(page.locator(f"article[id='{row.get_attribute('id')}']") if row.count() else field).to_be_visible()
    page.wait_for_timeout(1500)
    _picture(page, "tr-4-translated")
    page.locator("form[action$='/send/'] button").click()
    expect(page.locator(".messages")).to_contain_text("sent for review")
    assert ARABIC not in visit.go(f"/ar/{PATH}").content()

    # The reviewer sees what changes, and approves.
    page = reviewer.go("/admin/translation/")
    page.locator(".tr-table a", has_text=TITLE).first.click()
    expect(page.locator(".tr-review ins").first).to_be_visible()
    _picture(page, "tr-5-review")
    page.locator("button[value='approve']").click()
    expect(page.locator(".messages")).to_contain_text("is published")

    # The reader has it.
    shown = visit.go(f"/ar/{PATH}")
    assert ARABIC in shown.content()
    expect(shown.locator(".notice-outdated")).to_have_count(0)
    _picture(shown, "tr-6-reader-has-it")
