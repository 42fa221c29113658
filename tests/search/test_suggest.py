"""Suggestions while somebody types, as ``/api/v1/suggest`` gives them."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from wagtail.models import PageViewRestriction

from cms.languages.registry import CODES
from tests.factories import make_home, make_page, page_at, paragraphs, publish

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _site(settings: Any) -> None:
    settings.ELASTICSEARCH_URL = ""
    for code in ("sv", "en", "ar"):
        make_home(code)
    make_page("hyra/", title="Hyra bostad", body=paragraphs("Hyrorna är höga."))
    make_page("hyra/", "ar", title="استئجار مسكن", alternative_titles="hyra på arabiska")
    make_page("kopa/", title="Köpa hus", alternative_titles="hyresgäst som köper")
    make_page("kopa/", "en", title="Buying a home")


def titles(client: Client, text: str, code: str = "sv") -> list[str]:
    return [one["title"] for one in suggested(client, text, code)["suggestions"]]


def suggested(client: Client, text: str, code: str) -> Any:
    response = client.get("/api/v1/suggest", {"q": text, "lang": code})
    assert response.status_code == 200, response.content
    return response.json()


def test_the_shape(client: Client) -> None:
    assert suggested(client, " hyra  BOS", "sv") == {
        "query": "hyra BOS",
        "language": "sv",
        "suggestions": [{"title": "Hyra bostad", "url": "/sv/hyra/", "language": "sv"}],
    }


def test_a_beginning_of_the_title_or_of_another_title(client: Client) -> None:
    assert titles(client, "hyr") == ["Hyra bostad", "Köpa hus"]
    assert titles(client, "bost") == ["Hyra bostad"]
    # Words of the text are what a search is for.
    assert titles(client, "höga") == []


def test_each_page_once_in_the_readers_language_with_hers_first(client: Client) -> None:
    assert suggested(client, "hyr", "ar")["suggestions"] == [
        {"title": "استئجار مسكن", "url": "/ar/hyra/", "language": "ar"},
        {"title": "Buying a home", "url": "/ar/kopa/", "language": "en"},
    ]


def test_what_is_not_public_is_gone_at_once(client: Client) -> None:
    first = client.get("/api/v1/suggest", {"q": "hyr", "lang": "sv"})
    assert first["Cache-Control"] == "public, max-age=0, must-revalidate"
    known = {"If-None-Match": first["ETag"]}
    assert client.get("/api/v1/suggest", {"q": "hyr", "lang": "sv"}, headers=known).status_code == 304
    make_page("hyresratt/", title="Hyresrätt", live=False)
    page_at("hyra/").unpublish()
    again = client.get("/api/v1/suggest", {"q": "hyr", "lang": "sv"}, headers=known)
    assert [one["title"] for one in again.json()["suggestions"]] == ["Köpa hus"]
    PageViewRestriction.objects.create(page=page_at("kopa/"), restriction_type=PageViewRestriction.LOGIN)
    assert titles(client, "hyr") == []


def test_a_draft_of_a_title_is_not_shown(client: Client) -> None:
    page = page_at("hyra/")
    page.title = "Hyra hemligt"
    page.save_revision()
    assert titles(client, "hyra") == ["Hyra bostad"]
    publish(page, title="Hyra en lägenhet")
    assert titles(client, "hyra") == ["Hyra en lägenhet"]


def test_a_title_is_text_and_no_markup(client: Client) -> None:
    make_page("kod/", title="<img src=x onerror=alert(1)> & kod")
    response = client.get("/api/v1/suggest", {"q": "kod", "lang": "sv"})
    assert response["Content-Type"] == "application/json; charset=utf-8"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response.json()["suggestions"][0]["title"] == "<img src=x onerror=alert(1)> & kod"


@pytest.mark.parametrize("code", CODES)
def test_whatever_is_typed_is_answered(client: Client, code: str) -> None:
    make_home(code)
    for text in (
        "",
        " ",
        "\x00",
        '"',
        "*",
        "%",
        "_",
        "a OR b*",
        "och",
        "\u202e",
        "å" * 100_000,
        "title:hyra",
        "\u200c",
    ):
        assert suggested(client, text, code)["suggestions"] == [], text


def test_a_wrong_language_is_refused_with_a_sentence(client: Client) -> None:
    for parameters, sentence in (
        ({"q": "hyr"}, "lang: Field required."),
        ({"q": "hyr", "lang": "xx"}, "lang: there is no language 'xx'. It must be one of sv, en,"),
        ({"lang": "\x00" * 5000}, "lang: there is no language"),
    ):
        response = client.get("/api/v1/suggest", parameters)
        assert response.status_code == 422
        assert response.json()["detail"].startswith(sentence)


def test_neither_session_nor_cookie_and_only_reading(client: Client) -> None:
    response = client.get("/api/v1/suggest", {"q": "hyr", "lang": "sv"})
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")
    assert client.post("/api/v1/suggest", {"lang": "sv"}).status_code == 405


def test_queries(client: Client, django_assert_num_queries: Any) -> None:
    for number in range(12):
        make_page(f"hyra-{number}/", title=f"Hyra {number}")
    # One for each language of the chain, and one that asks what may be shown.
    for code, number in (("sv", 2), ("ar", 4)):
        with django_assert_num_queries(number):
            assert titles(client, "hyr", code)
