"""The description of the API."""

from __future__ import annotations

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


def test_both_endpoints_are_described(client: Client) -> None:
    schema = client.get("/api/v1/openapi.json").json()
    assert set(schema["paths"]) >= {"/api/v1/search", "/api/v1/places"}
    search = schema["paths"]["/api/v1/search"]["get"]
    assert [p["name"] for p in search["parameters"]] == ["lang", "q", "county", "municipality", "type", "page"]
    assert {p["name"] for p in search["parameters"] if p["required"]} == {"lang"}
    fields = schema["components"]["schemas"]
    assert set(fields["SearchOut"]["properties"]) == {
        "query",
        "language",
        "total",
        "degraded",
        "hits",
        "also",
        "suggestions",
    }
    assert set(fields["HitOut"]["properties"]) == {"url", "title", "language", "summary", "type"}
    assert set(fields["PlaceOut"]["properties"]) == {"kind", "code", "name", "url"}


def test_no_page_that_loads_from_third_parties(client: Client) -> None:
    assert client.get("/api/v1/docs", follow=True).status_code == 404
