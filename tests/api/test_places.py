"""``/api/v1/places``: what outsiders rely on."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


def get(client: Client, **parameters: str) -> Any:
    response = client.get("/api/v1/places", parameters)
    assert response.status_code == 200, response.content
    return response.json()


def test_a_postal_code(client: Client) -> None:
    assert get(client, q="211 20", lang="sv") == [
        {"kind": "municipality", "code": "1280", "name": "Malmö kommun", "url": "/sv/lan/skane/malmo/"}
    ]


def test_a_name_on_any_keyboard_in_any_language(client: Client) -> None:
    assert {"kind": "county", "code": "12", "name": "Skåne län", "url": "/sv/lan/skane/"} in get(
        client, q="skane", lang="sv"
    )
    found = get(client, q="Gotland", lang="ar")
    assert {place["code"] for place in found} == {"09", "0980"}
    assert {place["url"] for place in found} == {"/ar/lan/gotland/", "/ar/lan/gotland/gotland/"}


@pytest.mark.parametrize("text", ["", "000 00", "xyzzy", "\x00", "9" * 100_000, "%", "\u202e"])
def test_what_nobody_knows_is_an_empty_list(client: Client, text: str) -> None:
    assert get(client, q=text, lang="sv") == []


def test_an_unknown_language_is_refused_with_a_sentence(client: Client) -> None:
    response = client.get("/api/v1/places", {"q": "Malmö", "lang": "de"})
    assert response.status_code == 422
    assert response.json()["detail"].startswith("lang: there is no language 'de'. It must be one of sv, en,")


def test_may_be_kept_and_sets_nothing(client: Client) -> None:
    response = client.get("/api/v1/places", {"q": "Malmö", "lang": "sv"})
    assert response["Cache-Control"] == "public, max-age=3600"
    assert not response.cookies
