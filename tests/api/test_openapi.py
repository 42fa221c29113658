"""The description of the API."""

from __future__ import annotations

import pytest
from django.test import Client

from search.api import SearchOut, SuggestOut

pytestmark = pytest.mark.django_db


def test_the_endpoints_are_described(client: Client) -> None:
    schema = client.get("/api/v1/openapi.json").json()
    assert set(schema["paths"]) >= {"/api/v1/search", "/api/v1/suggest", "/api/v1/places"}
    search = schema["paths"]["/api/v1/search"]["get"]
    names = ["lang", "q", "type", "theme", "county", "municipality", "near", "page"]
    assert [p["name"] for p in search["parameters"]] == names
    assert {p["name"] for p in search["parameters"] if p["required"]} == {"lang"}
    suggest = schema["paths"]["/api/v1/suggest"]["get"]
    assert [(p["name"], p["required"]) for p in suggest["parameters"]] == [("lang", True), ("q", False)]
    for endpoint in (search, suggest):
        assert set(endpoint["responses"]) == {"200", "422", "429"}
        assert "Retry-After" in endpoint["description"]
    assert "120 requests a minute" in search["description"]
    assert "600 requests a minute" in suggest["description"]
    fields = schema["components"]["schemas"]
    # What architecture.md promises; keys are added and never taken away.
    promised = {"query", "language", "total", "degraded", "hits", "also", "suggestions"}
    assert set(fields["SearchOut"]["properties"]) == promised | {"more", "facets"}
    promised = {"url", "title", "language", "summary", "type"}
    added = {"passage", "breadcrumb", "updated", "machine_translated", "recommended"}
    assert set(fields["HitOut"]["properties"]) == promised | added
    assert set(fields["SuggestionOut"]["properties"]) == {"title", "url", "language"}
    assert set(fields["PlaceOut"]["properties"]) == {"kind", "code", "name", "url"}


def test_examples_are_true(client: Client) -> None:
    schema = client.get("/api/v1/openapi.json").json()
    for model in (SearchOut, SuggestOut):
        (example,) = schema["components"]["schemas"][model.__name__]["examples"]
        assert model.model_validate(example).model_dump(mode="json") == example
    parameters = schema["paths"]["/api/v1/search"]["get"]["parameters"]
    examples = {p["name"]: p["schema"].get("examples") for p in parameters}
    assert examples["theme"] == ["att-bo"]
    assert examples["municipality"] == ["1480"]


def test_no_page_that_loads_from_third_parties(client: Client) -> None:
    assert client.get("/api/v1/docs", follow=True).status_code == 404
