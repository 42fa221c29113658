"""``/api/v1/search``: what outsiders rely on."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from pages.models import ThemePage
from search import spelling
from search.curation import keep_best_bet
from search.models import BestBet
from tests.factories import make_home, make_page, page_at, paragraphs

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def _pages(shared_database: None) -> None:
    for code in ("sv", "en", "so"):
        make_home(code)
    make_page("hyra/", title="Hyra bostad", search_description="Så gör du.", body=paragraphs("SFI nämns."))
    make_page("hyra/", "so", title="Kirayso guri SFI", search_description="Sidan.")
    make_page("sfi/", title="Svenska för invandrare, SFI")
    make_page("sfi/", "en", title="Swedish for immigrants, SFI")


@pytest.fixture(autouse=True)
def _site(_pages: None, settings: Any) -> None:
    settings.ELASTICSEARCH_URL = ""
    spelling.forget()  # the words of another test's pages


def get(client: Client, **parameters: Any) -> Any:
    response = client.get("/api/v1/search", parameters)
    assert response.status_code == 200, response.content
    assert response["Content-Type"].startswith("application/json")
    return response.json()


def hit(title: str, url: str, language: str, summary: str = "", **more: Any) -> dict[str, Any]:
    return {
        "url": url,
        "title": title,
        "language": language,
        "summary": summary,
        "type": "article",
        "passage": summary,
        "breadcrumb": [],
        "updated": timezone.localdate().isoformat(),
        "machine_translated": False,
        "recommended": False,
    } | more


def test_the_shape(client: Client) -> None:
    assert get(client, q=" SFI ", lang="so") == {
        "query": "SFI",
        "language": "so",
        "total": 1,
        "more": False,
        "degraded": False,
        "hits": [hit("Kirayso guri SFI", "/so/hyra/", "so", "Sidan.")],
        "also": [
            {
                "language": "en",
                "hits": [hit("Swedish for immigrants, SFI", "/so/sfi/", "en", passage="Text of sfi/ in en.")],
            }
        ],
        "facets": {"type": {"article": 1}, "theme": {}, "county": {}, "municipality": {}},
        "suggestions": [],
    }


def test_nothing_asked_and_nothing_found(client: Client) -> None:
    empty = {"language": "sv", "total": 0, "more": False, "degraded": False, "hits": [], "also": [], "suggestions": []}
    assert get(client, lang="sv") == {"query": "", "facets": {}, **empty}
    facets: dict[str, dict[str, int]] = {"type": {}, "theme": {}, "county": {}, "municipality": {}}
    assert get(client, lang="sv", q="xyzzy") == {"query": "xyzzy", "facets": facets, **empty}


def test_themes_numbers_and_what_is_told_of_a_hit(client: Client) -> None:
    make_page("bo/", model=ThemePage, title="Bo")
    body = paragraphs("Den som <b>hyr</b> &lt;lägenhet&gt; betalar.")
    make_page("bo/lagenhet/", title="Om hem", body=body, translation_state="machine-translated")
    found = get(client, lang="sv", q="lägenhet", near="skane")
    assert found["facets"] == {"type": {"article": 1}, "theme": {"bo": 1}, "county": {}, "municipality": {}}
    assert found["hits"] == [
        hit(
            "Om hem",
            "/sv/bo/lagenhet/",
            "sv",
            passage="Den som hyr <lägenhet> betalar.",
            breadcrumb=["Bo"],
            machine_translated=True,
        )
    ]
    assert get(client, lang="sv", q="lägenhet", theme="bo")["total"] == 1
    # Only themes are told of, and only those that everybody may read.
    assert get(client, lang="sv", q="sfi")["facets"]["theme"] == {}
    page_at("bo/").unpublish()
    assert get(client, lang="sv", q="lägenhet")["facets"]["theme"] == {}
    assert client.get("/api/v1/search", {"lang": "sv", "theme": "bo"}).status_code == 422


def test_another_spelling_and_a_recommended_page(client: Client) -> None:
    assert get(client, lang="sv", q="invandrrae")["suggestions"] == ["invandrare"]
    keep_best_bet(BestBet.objects.create(language="sv", queries="plugga", page=page_at("sfi/")))
    assert [(one["url"], one["recommended"]) for one in get(client, lang="sv", q="plugga")["hits"]] == [
        ("/sv/sfi/", True)
    ]


def test_filters_and_pages(client: Client) -> None:
    assert get(client, lang="sv", q="sfi", type="article")["total"] == 2
    assert get(client, lang="sv", q="sfi", type="news")["total"] == 0
    assert get(client, lang="sv", q="sfi", county="12")["total"] == 0
    # A program that reads on until nothing comes must get to an end.
    beyond = get(client, lang="sv", q="sfi", page=2)
    assert (beyond["total"], beyond["hits"]) == (2, [])


def test_a_wrong_parameter_is_refused_with_a_sentence(client: Client) -> None:
    for parameters, sentence in (
        ({}, "lang: Field required."),
        ({"lang": "xx"}, "lang: there is no language 'xx'. It must be one of sv, en, ar, prs, fa, so, ti, ru, es"),
        ({"lang": "sv", "county": "99"}, "county: "),
        ({"lang": "sv", "municipality": "9999"}, "municipality: "),
        ({"lang": "sv", "type": "spaceship"}, "type: "),
        ({"lang": "sv", "theme": "spaceship"}, "theme: "),
        ({"lang": "sv", "near": "99"}, "near: "),
        ({"lang": "sv", "page": "0"}, "page: "),
        ({"lang": "sv", "page": "x"}, "page: "),
        ({"lang": "\x00" * 5000}, "lang: there is no language"),
    ):
        response = client.get("/api/v1/search", {"q": "sfi", **parameters})
        assert response.status_code == 422
        assert response.json()["detail"].startswith(sentence)


def test_hostile_text_is_answered(client: Client) -> None:
    for text in ("\x00", '"', "å" * 100_000, "a OR b*", "\u202e"):
        assert get(client, lang="sv", q=text)["hits"] == []


def test_kept_no_longer_than_it_is_true(client: Client) -> None:
    first = client.get("/api/v1/search", {"lang": "sv", "q": "sfi"})
    assert first["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert not first.cookies
    assert "Cookie" not in first.get("Vary", "")
    again = client.get("/api/v1/search", {"lang": "sv", "q": "sfi"}, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_degraded_is_said(client: Client, settings: Any) -> None:
    settings.ELASTICSEARCH_URL = "http://127.0.0.1:1"
    assert get(client, lang="sv", q="hyra")["degraded"] is True


def test_only_reading(client: Client) -> None:
    assert client.post("/api/v1/search", {"lang": "sv"}).status_code == 405
