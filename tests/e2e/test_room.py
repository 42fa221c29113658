"""The translator's room in a real browser: typing in Arabic, formatting that is placed, keys, 300 texts."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.e2e.conftest import Visit
from tests.e2e.test_editor import sign_in

Open = Callable[..., Visit]

#: A page of the demo that is translated into Arabic and that no other test reads.
SLUG = "att-aldras"
NUMBER = 300


@pytest.fixture
def signed_in(chromium: Browser, site: str) -> Iterator[Open]:
    """Opens a browser of its own for a demo account."""
    opened = []

    def as_account(name: str, width: int = 1280, height: int = 900) -> Visit:
        context = chromium.new_context(locale="en", viewport={"width": width, "height": height})
        opened.append(context)
        visit = Visit(context.new_page(), site)
        sign_in(visit, name)
        return visit

    yield as_account
    for context in opened:
        context.close()


def picture(page: Page, name: str) -> None:
    """Keep what is seen, where E2E_PICTURES names a folder."""
    folder = os.environ.get("E2E_PICTURES")
    if folder:
        page.screenshot(path=f"{folder}/room-{name}.png")


def _id(visit: Visit, language: str) -> int:
    found = visit.page.request.get(
        f"{visit.site}/admin/api/main/pages/?slug={SLUG}&locale={language}", headers={"accept": "application/json"}
    ).json()
    return int(found["items"][0]["id"])


@pytest.fixture(scope="session")
def long_page(chromium: Browser, site: str) -> None:
    """Publishes ``SLUG`` with 300 paragraphs, each with a number in bold, in place of its first text."""
    context = chromium.new_context(locale="en")
    visit = Visit(context.new_page(), site)
    sign_in(visit, "national-publisher")
    page = visit.go(f"/admin/pages/{_id(visit, 'sv')}/edit/")
    blocks = []
    for number in range(1, NUMBER + 1):
        text = f"Ring {number} om du undrar något om din pension."
        bold = {"offset": 5, "length": len(str(number)), "style": "BOLD"}
        blocks.append(
            {
                "key": f"p{number:04}",
                "text": text,
                "type": "unstyled",
                "depth": 0,
                "inlineStyleRanges": [bold],
                "entityRanges": [],
            }
        )
    status = page.evaluate(
        """async (value) => {
            const form = new FormData(document.querySelector("#page-edit-form, form[data-edit-form]"));
            const name = [...form.keys()].find(
                (key) => /^body-\\d+-value$/.test(key) && form.get(key).includes('"blocks"'));
            form.set(name, value);
            form.set("action-publish", "action-publish");
            const response = await fetch(location.href, {method: "POST", body: form});
            return [name, response.status, response.redirected];
        }""",
        json.dumps({"blocks": blocks, "entityMap": {}}),
    )
    assert status[1:] == [200, True], status
    context.close()


def room_of(visit: Visit) -> Page:
    """The room of the Arabic translation: where the editor of its page leads."""
    page = visit.go(f"/admin/pages/{_id(visit, 'ar')}/edit/")
    page.wait_for_url("**/admin/translation/*/")
    expect(page.locator("#room-done")).to_contain_text("/")
    return page


def row(page: Page, number: int) -> Locator:
    return page.locator(f".room-row[data-source^='Ring ⟦1⟧{number}⟦/1⟧']")


def coded(field: Locator) -> str:
    """The field's text in the numbered form."""
    text: str = field.evaluate(
        """(field) => {
            const read = (node) => [...node.childNodes].map((child) => child.nodeType === 3
                ? child.data.replaceAll("\\u200b", "") : child.dataset.tag || read(child)).join("");
            return read(field);
        }"""
    )
    return text


def caret(page: Page) -> float:
    """Where the caret is, from the window's left edge; that of a text of one line."""
    left: float = page.evaluate("document.getSelection().getRangeAt(0).getClientRects()[0].left")
    return left


@pytest.mark.usefixtures("long_page")
class TestRoom:
    """One page of 300 texts, a translator of Arabic."""

    def test_she_types_in_arabic_places_the_tag_and_it_is_saved_as_she_goes(self, signed_in: Open) -> None:
        visit = signed_in("translator-ar")
        page = room_of(visit)
        one = row(page, 1)
        field = one.locator("[data-field]")
        expect(field).to_have_attribute("dir", "rtl")
        expect(field).to_have_attribute("lang", "ar")
        field.click()
        page.keyboard.type("اتصل على ")
        before = caret(page)
        page.keyboard.press("Control+1")
        page.keyboard.type("1")
        page.keyboard.press("End")
        page.keyboard.type(" الآن.")
        assert coded(field) == "اتصل على ⟦1⟧1⟦/1⟧ الآن."
        # What is written next stands to the left.
        assert caret(page) < before
        picture(page, "typing")
        expect(one.locator("[data-status]")).to_contain_text("Saved", timeout=15_000)
        text = coded(field)
        page.reload()
        assert coded(row(page, 1).locator("[data-field]")) == text
        expect(row(page, 1)).to_have_attribute("data-standing", "done")
        assert visit.foreign == []
        assert visit.complaints == []

    def test_tags_are_placed_and_never_typed(self, signed_in: Open) -> None:
        page = room_of(signed_in("translator-ar"))
        field = row(page, 2).locator("[data-field]")
        field.click()
        page.keyboard.type("⟦1⟧")
        assert coded(field) == "1"
        page.keyboard.press("Control+a")
        page.keyboard.press("Backspace")
        row(page, 2).get_by_role("button", name=re.compile("1$")).click()
        assert coded(field) == "⟦1⟧⟦/1⟧"
        page.keyboard.type("2")
        assert coded(field) == "⟦1⟧2⟦/1⟧"
        page.keyboard.press("End")
        page.keyboard.press("Backspace")
        assert coded(field) == "2"
        page.keyboard.press("Control+z")
        assert coded(field) == "⟦1⟧2⟦/1⟧"
        field.evaluate(
            """(field) => {
                const data = new DataTransfer();
                data.setData("text/html", "<b>fet</b><script>x</script>");
                data.setData("text/plain", "rad ett\\nrad ⟦1⟧två");
                field.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, cancelable: true}));
            }"""
        )
        assert coded(field).count("⟦1⟧") == 1
        assert "rad ett rad två" in coded(field)
        assert field.locator("b, script").count() == 0

    def test_everything_is_done_with_the_keyboard(self, signed_in: Open) -> None:
        page = room_of(signed_in("translator-ar"))
        row(page, 10).locator("[data-field]").click()
        expect(page.locator("#room-aside .room-section").first).to_be_visible()
        page.keyboard.press("Alt+0")
        assert coded(row(page, 10).locator("[data-field]")).startswith("Ring ⟦1⟧10⟦/1⟧")
        page.keyboard.press("Control+Enter")
        expect(row(page, 10)).to_have_attribute("data-standing", "done")
        expect(row(page, 11).locator("[data-field]")).to_be_focused()
        page.keyboard.press("Alt+ArrowDown")
        expect(row(page, 12).locator("[data-field]")).to_be_focused()
        page.keyboard.press("Alt+ArrowUp")
        page.keyboard.press("Alt+ArrowUp")
        expect(row(page, 10).locator("[data-field]")).to_be_focused()
        page.keyboard.press("Control+Shift+Enter")
        expect(row(page, 11).locator("[data-field]")).to_be_focused()
        page.keyboard.press("Control+/")
        expect(page.locator("#room-keys")).to_be_visible()
        page.keyboard.press("Escape")
        expect(page.locator("#room-keys")).to_be_hidden()

    def test_the_checks_speak_as_she_types(self, signed_in: Open) -> None:
        page = room_of(signed_in("translator-ar"))
        one = row(page, 20)
        one.locator("[data-field]").click()
        page.keyboard.type("اتصل على 21 إن كان لديك سؤال.")
        expect(one.locator(".room-finding--error").first).to_be_visible()
        picture(page, "checks")

    def test_two_people_on_one_text_are_told(self, signed_in: Open) -> None:
        one, other = signed_in("translator-ar"), signed_in("reviewer-ar")
        first, second = room_of(one), room_of(other)
        row(second, 30).locator("[data-field]").click()
        row(first, 30).locator("[data-field]").click()
        expect(row(first, 30).locator("[data-presence]")).to_contain_text("reviewer-ar")
        first.keyboard.type("الأول")
        first.keyboard.press("Alt+ArrowDown")
        expect(row(first, 30).locator("[data-status]")).to_contain_text("Saved")
        row(second, 30).locator("[data-field]").click()
        second.keyboard.type("الثاني")
        second.keyboard.press("Alt+ArrowDown")
        status = row(second, 30).locator("[data-status]")
        expect(status).to_contain_text("translator-ar")
        expect(status).to_contain_text("الأول")
        picture(second, "conflict")
        status.get_by_role("button", name="Take theirs").click()
        assert coded(row(second, 30).locator("[data-field]")) == "الأول"

    @pytest.mark.parametrize("width", [360, 820, 1280])
    def test_three_hundred_texts_are_usable_at_any_width(self, signed_in: Open, width: int) -> None:
        visit = signed_in("translator-ar", width)
        page = room_of(visit)
        assert page.locator("[data-field]").count() > NUMBER
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        page.get_by_role("button", name=re.compile("untranslated|outdated")).first.click()
        # What another width has written is not untranslated any more.
        last = row(page, NUMBER - width % 7)
        last.locator("[data-field]").click()
        began = page.evaluate("performance.now()")
        page.keyboard.type("نص طويل للتجربة")
        assert page.evaluate("performance.now()") - began < 2_000
        expect(last.locator("[data-status]")).to_contain_text("Saved", timeout=15_000)
        sides = page.evaluate(
            """(row) => [".room-source", ".room-target"].map(
                (part) => row.querySelector(part).getBoundingClientRect().top)""",
            last.element_handle(),
        )
        assert (abs(sides[0] - sides[1]) < 2) is (width > 640)
        picture(page, f"300-{width}")

    def test_the_preview_is_shown_at_its_address(self, signed_in: Open) -> None:
        page = room_of(signed_in("translator-ar"))
        page.locator("#room-preview-open").click()
        expect(page.locator("#room-preview .room-address")).to_have_text(f"/ar/{SLUG}/")
        expect(page.frame_locator("#room-preview iframe").locator("html")).to_have_attribute("dir", "rtl")
        picture(page, "preview")
