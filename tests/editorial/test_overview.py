"""The site by language and by county."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cms.translation.states import TranslationState
from pages.models import LocalPage, ThemePage
from tests.access.test_sync import person
from tests.factories import make_home, make_page, page_at, publish
from tests.html import Document

pytestmark = pytest.mark.django_db


@pytest.fixture
def site() -> None:
    make_home()
    make_home("ar")
    make_page("att-bo/", model=ThemePage, title="Att bo")
    publish(page_at("lan/skane/"))
    publish(page_at("lan/gotland/"))
    make_page("att-bo/", "ar", ThemePage, translation_state=TranslationState.MACHINE)
    make_page("lan/skane/sfi/", model=LocalPage, title="SFI i Skåne")
    make_page("lan/gotland/utkast/", model=LocalPage, title="Gotlands utkast", live=False)


def _open(user: Any, **parameters: str) -> Document:
    client = Client()
    client.force_login(user)
    response = client.get("/admin/overview/", parameters)
    assert response.status_code == 200
    return Document(response)


def _table(page: Document) -> str:
    return " ".join(body.get_text(" ") for body in page.soup.select("tbody"))


def _states(page: Document, path: str) -> dict[str, str]:
    """State by language code of the row of ``path``."""
    row = next(row for row in page.soup.select("tbody tr") if f"/{path}" in row.get_text().split())
    signs = row.select("td .overview-sign")
    return {
        sign.get_text(strip=True).partition(":")[0]: sign["class"][-1].removeprefix("overview-sign--") for sign in signs
    }


def test_each_cell_says_the_state_in_its_language(site: None) -> None:
    states = _states(_open(person("national-publisher")), "att-bo/")
    assert states["sv"] == "published"
    assert states["ar"] == "machine"
    assert states["ti"] == "missing"
    assert len(states) == 11


def test_another_county_s_draft_is_not_even_named(site: None) -> None:
    for role, county in (("county-publisher", "12"), ("national-publisher", None), ("analyst", None)):
        assert "Gotlands utkast" not in _open(person(role, county)).text
    page = _open(person("county-editor", "09"))
    assert "Gotlands utkast" in page.text
    assert _states(page, "lan/gotland/utkast/")["sv"] == "draft"


def test_cells_lead_to_the_editor_only_where_one_may_edit(site: None) -> None:
    page = _open(person("county-editor", "12"))
    edits = {link["href"] for link in page.soup.select("tbody a[href^='/admin/pages/']")}
    mine = {f"/admin/pages/{page_at(path).pk}/edit/" for path in ("lan/skane/", "lan/skane/sfi/")}
    assert edits == mine
    assert page.soup.select("tbody a[href='/sv/att-bo/']")


def test_filters_by_county_and_by_missing_language(site: None) -> None:
    user = person("national-editor")
    assert "SFI i Skåne" in _open(user, where="skane").text
    assert "Att bo" not in _table(_open(user, where="skane"))
    assert "SFI i Skåne" not in _table(_open(user, where="national"))
    assert "Att bo" not in _table(_open(user, missing="ar"))
    assert "Att bo" in _table(_open(user, missing="ti"))
    assert "Att bo" in _open(user, where="nonsense", missing="xx").text


def test_queries_do_not_grow_with_pages(site: None) -> None:
    client = Client()
    client.force_login(person("national-publisher"))

    def count() -> int:
        ContentType.objects.clear_cache()
        with CaptureQueriesContext(connection) as captured:
            client.get("/admin/overview/")
        return len(captured)

    client.get("/admin/overview/")
    few = count()
    for number in range(10):
        make_page(f"att-bo/kapitel-{number}/")
    assert count() == few
    assert few <= 30


def test_overview_is_for_those_who_are_signed_in(client: Client) -> None:
    response = client.get("/admin/overview/")
    assert (response.status_code, response.headers["Location"]) == (302, "/accounts/login/?next=/admin/overview/")
