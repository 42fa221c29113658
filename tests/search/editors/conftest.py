"""A small site, and people who give words to its search."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from pages.models import LocalPage
from search.contracts import SearchQuery
from search.service import search
from tests.access.test_sync import person
from tests.factories import make_home, make_page, page_at, paragraphs, publish
from tests.html import Document

ADDRESS = "/admin/readers-search/"


@pytest.fixture(autouse=True)
def _embedded(settings: Any) -> None:
    settings.ELASTICSEARCH_URL = ""
    settings.LANGUAGE_CODE = "en"


@pytest.fixture(scope="module")
def site(shared_database: None) -> None:
    """Pages in Swedish, Arabic and Somali; a draft, and a county's page."""
    for code in ("sv", "en", "ar", "so"):
        make_home(code)
    make_page("vard/", title="Barnavårdscentral", body=paragraphs("Sköterskan väger barnet."))
    make_page("uthyrning/", title="Hyra i andra hand", body=paragraphs("Du hyr av den som bor där."))
    make_page("bostad/", title="Lägenhet", body=paragraphs("Du bor i den."))
    make_page("utkast/", title="Hemligt utkast", live=False)
    make_page("bostad/", "ar", title="شقة", body=paragraphs("تسكن فيها."))
    make_page("bostad/", "so", title="Guri", body=paragraphs("Waad ku nooshahay."))
    publish(page_at("lan/skane/"))
    make_page("lan/skane/sfi/", model=LocalPage, title="SFI i Skåne")


def signed_in(role: str, **scope: Any) -> Client:
    """A browser of somebody with the role."""
    client = Client()
    client.force_login(person(role, **scope))
    return client


def publisher() -> Client:
    return signed_in("national-publisher")


def opened(client: Client, path: str, **parameters: Any) -> Document:
    response = client.get(ADDRESS + path, parameters)
    assert response.status_code == 200
    return Document(response)


def errors(response: Any) -> list[str]:
    """The sentences of the form that was not taken, without the marks round names of another direction."""
    assert response.status_code == 200
    found = [error for errors in response.context["form"].errors.values() for error in errors]
    return [error.replace("\u2068", "").replace("\u2069", "") for error in found]


def found(text: str, language: str = "sv") -> list[str]:
    """The paths of the hits in the reader's own language."""
    return [hit.path for hit in search(SearchQuery(text, language)).hits]
