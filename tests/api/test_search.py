"""``/api/v1/search``: what outsiders rely on."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from tests.factories import make_home, make_page, paragraphs

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _site(settings: Any) -> None:
    settings.ELASTICSEARCH_URL = ""
    for code in ("sv", "en", "so"):
        make_home(code)
    make_page("hyra/", title="Hyra bostad", search_description="Så gör du.", body=paragraphs("SFI nämns."))
    make_page("hyra/", "so", title="Kirayso guri SFI", search_description="Sidan.")
    make_page("sfi/", title="Svenska för invandrare, SFI")
    make_page("sfi/", "en", title="Swedish for immigrants, SFI")


def get(client: Client, **parameters: Any) -> Any:
    response = client.get("/api/v1/search", parameters)
    assert response.status_code == 200, response.content
    assert response["Content-Type"].startswith("application/json")
    return response.json()


def test_the_shape(client: Client) -> None:
    assert get(client, q=" SFI ", lang="so") == {
        "query": "SFI",
        "language": "so",
        "total": 1,
        "degraded": False,
        "hits": [
            {"url": "/so/hyra/", "title": "Kirayso guri SFI", "language": "so", "summary": "Sidan.", "type": "article"}
        ],
        "also": [
            {
                "language": "en",
                "hits": [
                    {
                        "url": "/so/sfi/",
                        "title": "Swedish for immigrants, SFI",
                        "language": "en",
                        "summary": "",
                        "type": "article",
                    }
                ],
            }
        ],
        "suggestions": [],
    }


def test_nothing_asked_and_nothing_found(client: Client) -> None:
    empty = {"language": "sv", "total": 0, "degraded": False, "hits": [], "also": [], "suggestions": []}
    assert get(client, lang="sv") == {"query": "", **empty}
    assert get(client, lang="sv", q="xyzzy") == {"query": "xyzzy", **empty}


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
