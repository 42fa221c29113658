"""First visit, choice of language, errors, sitemap, media: what surrounds the pages."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client
from wagtail.models import PageViewRestriction

from pages.models import LocalPage, ThemePage
from tests.factories import make_home, make_page, page_at, publish
from tests.html import Document

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("accept", "code"),
    [
        ("", "sv"),
        ("ar", "ar"),
        ("ar-SY,ar;q=0.9,en;q=0.5", "ar"),
        ("fa-AF,fa;q=0.9", "prs"),
        ("prs", "prs"),
        ("fa-IR", "fa"),
        ("ti-ER", "ti"),
        ("uk-UA,ru;q=0.8", "uk"),
        ("de,fr;q=0.5", "fr"),
        ("xx;q=nonsense", "sv"),
        ("en-US", "en"),
    ],
)
def test_first_visit_follows_the_browser(client: Client, accept: str, code: str) -> None:
    response = client.get("/", headers={"Accept-Language": accept})
    assert (response.status_code, response.headers["Location"]) == (302, f"/{code}/")
    assert {part.strip() for part in response.headers["Vary"].split(",")} >= {"Accept-Language", "Cookie"}
    assert not response.cookies


def test_the_reader_s_choice_is_remembered_and_wins(client: Client) -> None:
    response = client.get("/language/ti/att-bo/")
    assert (response.status_code, response.headers["Location"]) == (302, "/ti/att-bo/")
    assert response.cookies["language"].value == "ti"
    assert set(response.cookies) == {"language"}
    assert client.get("/", headers={"Accept-Language": "ar"}).headers["Location"] == "/ti/"


@pytest.mark.parametrize("address", ["/language/xx/", "/language/pl/att-bo/", "/language/ti/https://example.com/"])
def test_a_choice_that_is_none_is_refused(client: Client, address: str) -> None:
    make_home()
    response = client.get(address)
    assert response.status_code in (302, 404)
    assert "example.com" not in response.headers.get("Location", "")
    assert "language" not in response.cookies


def test_nonsense_in_the_cookie_is_ignored(client: Client) -> None:
    client.cookies["language"] = "<script>"
    assert client.get("/").headers["Location"] == "/sv/"


@pytest.mark.parametrize("code", ["sv", "ar", "ti", "uk"])
def test_not_found_speaks_the_language_of_the_address(client: Client, code: str) -> None:
    response = client.get(f"/{code}/finns-inte/")
    assert response.status_code == 404
    assert Document(response).language[0] == code


def test_server_error_speaks_the_language_of_the_address(client: Client, monkeypatch: Any) -> None:
    from pages import views

    def broken(*_args: Any) -> None:
        raise RuntimeError("broken")

    monkeypatch.setattr(views, "best_page", broken)
    client.raise_request_exception = False
    response = client.get("/ar/att-bo/")
    assert response.status_code == 500
    page = Document(response)
    assert page.language == ("ar", "rtl")
    assert "broken" not in page.text


def test_sitemap_lists_what_exists_with_its_languages(client: Client) -> None:
    make_home()
    make_home("ar")
    make_page("att-bo/", model=ThemePage)
    make_page("att-bo/", "ar", ThemePage)
    make_page("bara-svenska/")
    make_page("utkast/", live=False)
    text = client.get("/sitemap.xml").content.decode()
    assert f"<loc>{settings.BASE_URL}/ar/att-bo/</loc>" in text
    assert f"<loc>{settings.BASE_URL}/ar/bara-svenska/</loc>" not in text
    assert f"<loc>{settings.BASE_URL}/prs/lan/skane/</loc>" in text
    assert "utkast" not in text
    entry = re.search(r"<url><loc>[^<]*/sv/att-bo/</loc>.*?</url>", text)
    assert entry is not None
    assert set(re.findall(r'hreflang="([^"]+)"', entry[0])) == {"sv", "ar"}


def test_private_page_is_not_public_anywhere(client: Client) -> None:
    make_home()
    page = make_page("hemlig/", title="Hemlig rubrik")
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.PASSWORD, password="ord")
    make_page("hemlig/under/", title="Under den hemliga")
    for address in ("/sv/hemlig/", "/sv/hemlig/under/", "/ar/hemlig/", "/sitemap.xml", "/sv/"):
        response = client.get(address)
        assert "Hemlig rubrik" not in response.content.decode()
        assert "Under den hemliga" not in response.content.decode()
    assert client.get("/sv/hemlig/").headers["Cache-Control"] == "private, no-store"
    form = Document(client.get("/sv/hemlig/")).one("form[method=post]")
    wrong = client.post(form["action"], {"password": "fel", "return_url": "/sv/hemlig/"})
    assert "Hemlig rubrik" not in wrong.content.decode()
    right = client.post(form["action"], {"password": "ord", "return_url": "/sv/hemlig/"}, follow=True)
    assert "Text of hemlig/ in sv." in right.content.decode()
    assert "Text of hemlig/ in sv." not in Client().get("/sv/hemlig/").content.decode()


def test_uploaded_svg_can_run_nothing(client: Client, settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path
    (tmp_path / "x.svg").write_bytes(b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>")
    response = client.get("/media/x.svg")
    assert response.status_code == 200
    assert "sandbox" in response.headers["Content-Security-Policy"]
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert client.get("/media/../manage.py").status_code == 400
    assert default_storage.save("y.txt", ContentFile(b"y"))


def test_public_pages_allow_no_third_party(client: Client) -> None:
    make_home()
    policy = client.get("/sv/").headers["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "style-src 'self'" in policy
    assert "default-src 'self'" in policy


def test_place_without_local_text_says_so_and_leads_on(client: Client) -> None:
    make_home()
    make_page("att-bo/", model=ThemePage, title="Att bo")
    for address in ("/sv/lan/kronoberg/", "/sv/lan/kronoberg/vaxjo/", "/ar/lan/skane/lund/"):
        page = Document(client.get(address))
        assert page.soup.select("main a[href$='/att-bo/']"), address


def test_municipality_page_shows_what_its_editors_wrote(client: Client) -> None:
    make_home()
    publish(page_at("lan/skane/"))
    make_page("lan/skane/malmo/", model=LocalPage, title="Malmö")
    make_page("lan/skane/malmo/sfi/", model=LocalPage, title="SFI i Malmö")
    page = Document(client.get("/ar/lan/skane/malmo/"))
    assert "Text of lan/skane/malmo/ in sv." in page.text
    assert page.language_of("Text of lan/skane/malmo/ in sv.") == "sv"
    assert page.soup.select("main a[href='/ar/lan/skane/malmo/sfi/']")
    assert LocalPage.objects.get(slug="sfi").municipality_id == "1280"
    assert Document(client.get("/ar/lan/skane/malmo/sfi/")).language == ("ar", "rtl")


def test_unknown_place_is_not_found(client: Client) -> None:
    make_home()
    for address in ("/sv/lan/narnia/", "/sv/lan/skane/uppsala/", "/sv/lan/skane/malmo/x/"):
        assert client.get(address).status_code == 404


def test_place_search_by_postal_code(client: Client) -> None:
    make_home()
    page = Document(client.get("/ar/lan/", {"q": "211 20"}))
    assert page.soup.select("main a[href='/ar/lan/skane/malmo/']")
    assert client.get("/ar/lan/", {"q": "\x00" * 5000}).status_code == 200


def test_health(client: Client) -> None:
    assert client.get("/healthz").content == b"ok\n"
    assert client.get("/readyz").json() == {"ready": True, "problems": {}}
