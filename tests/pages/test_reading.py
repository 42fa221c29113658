"""The fallback rule, as a reader meets it."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.test import Client

from cms.languages.registry import CODES
from pages.models import EntrancePage, ThemePage
from tests.factories import make_home, make_page, paragraphs, publish
from tests.html import Document

pytestmark = pytest.mark.django_db


def test_page_in_the_reader_s_language(client: Client) -> None:
    make_home()
    make_page("att-bo/", model=ThemePage, title="Att bo")
    make_home("ar")
    make_page("att-bo/", "ar", model=ThemePage, title="السكن")
    page = Document(client.get("/ar/att-bo/"))
    assert page.language == ("ar", "rtl")
    assert page.one("h1").get_text(strip=True) == "السكن"
    assert page.one("link[rel=canonical]")["href"] == f"{settings.BASE_URL}/ar/att-bo/"
    assert not page.soup.select("meta[name=robots]")
    assert {link["hreflang"] for link in page.soup.select("link[rel=alternate]")} == {"sv", "ar"}


def test_missing_language_is_answered_in_the_next_best(client: Client) -> None:
    make_home()
    make_page("om/", title="Om webbplatsen", body=paragraphs("Svensk text."))
    make_home("en")
    make_page("om/", "en", title="About the site", body=paragraphs("English text."))
    response = client.get("/ti/om/")
    page = Document(response)
    assert response.status_code == 200
    assert page.language == ("ti", "ltr")
    assert "English text." in page.text
    assert "Svensk text." not in page.text
    assert page.language_of("English text.") == "en"
    assert "noindex" in page.one("meta[name=robots]")["content"]
    assert page.one("link[rel=canonical]")["href"] == f"{settings.BASE_URL}/en/om/"
    assert not page.soup.select("link[rel=alternate][hreflang]")


def test_dari_falls_back_to_persian_before_english(client: Client) -> None:
    for code in ("sv", "en", "fa"):
        make_home(code)
        make_page("om/", code, body=paragraphs(f"text in {code}"))
    assert "text in fa" in client.get("/prs/om/").content.decode()


def test_ukrainian_never_falls_back_to_russian(client: Client) -> None:
    make_home()
    make_home("ru")
    make_page("om/", body=paragraphs("svenska"))
    make_page("om/", "ru", body=paragraphs("по-русски"))
    html = client.get("/uk/om/").content.decode()
    assert "svenska" in html
    assert "по-русски" not in html


@pytest.mark.parametrize("code", CODES)
def test_every_language_answers_for_every_page(client: Client, code: str) -> None:
    make_home()
    make_page("om/")
    response = client.get(f"/{code}/om/")
    assert response.status_code == 200
    assert "Text of om/ in sv." in response.content.decode()


def test_unpublished_page_is_not_found_in_the_language_of_the_address(client: Client) -> None:
    make_home()
    make_page("hemlig/", live=False, title="Hemlig sida")
    response = client.get("/ar/hemlig/")
    assert response.status_code == 404
    page = Document(response)
    assert page.language == ("ar", "rtl")
    assert "Hemlig sida" not in page.text


def test_menus_mark_what_is_in_another_language(client: Client) -> None:
    make_home()
    make_home("ar")
    make_page("soker-asyl/", model=EntrancePage, title="Jag söker asyl")
    page = Document(client.get("/ar/"))
    assert page.soup.select('a[href="/ar/soker-asyl/"]')
    assert page.language_of("Jag söker asyl") == "sv"


def test_draft_of_a_published_page_is_not_shown(client: Client) -> None:
    make_home()
    page = make_page("om/", title="Published title")
    page.title = "Draft title"
    page.save_revision()
    assert "Draft title" not in client.get("/sv/om/").content.decode()
    publish(page, title="Draft title")
    assert "Draft title" in client.get("/sv/om/").content.decode()
