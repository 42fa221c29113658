"""The site by language and by county: what each may know of, and where the signs lead."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cms.translation.models import TranslationRecord
from cms.translation.states import State, TranslationState
from pages.models import LocalPage, ThemePage
from tests.access.test_sync import person
from tests.factories import make_home, make_page, page_at, publish
from tests.html import Document

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def site(shared_database: None) -> None:
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
    return " ".join(body.get_text(" ") for body in page.soup.select(".coverage-table tbody"))


def _row(page: Document, path: str) -> Any:
    return next(row for row in page.soup.select(".coverage-table tr") if f"/{path}" in row.get_text().split())


def _states(page: Document, path: str) -> dict[str, str]:
    """State by language code of the row of ``path``."""
    return {
        sign.get_text(strip=True).partition(":")[0]: sign["class"][-1].removeprefix("coverage-sign--")
        for sign in _row(page, path).select("td .coverage-sign")
    }


def _links(page: Document, path: str) -> dict[str, str]:
    """Where the signs of the row lead, by language code."""
    return {link.get_text(strip=True).partition(":")[0]: link["href"] for link in _row(page, path).select("td a")}


def _record(path: str, language: str) -> TranslationRecord:
    return TranslationRecord.objects.get(source_id=page_at(path).translation_key, language=language)


def test_each_cell_says_the_state_in_its_language(site: None) -> None:
    states = _states(_open(person("national-publisher")), "att-bo/")
    assert states["sv"] == "published"
    assert states["ar"] == State.MACHINE
    assert states["ti"] == State.MISSING
    assert len(states) == 11


def test_another_county_s_draft_is_not_even_named(site: None) -> None:
    for role, county in (("county-publisher", "12"), ("national-publisher", None), ("analyst", None)):
        assert "Gotlands utkast" not in _open(person(role, county)).text
    page = _open(person("county-editor", "09"))
    assert "Gotlands utkast" in page.text
    assert _states(page, "lan/gotland/utkast/")["sv"] == "draft"


def test_a_published_page_s_draft_title_is_for_its_editors(site: None) -> None:
    page = page_at("lan/gotland/")
    page.title = "Hemlig rubrik"
    page.save_revision()
    assert "Hemlig rubrik" not in _open(person("national-publisher")).text


def test_swedish_leads_to_the_editor_only_where_one_may_edit(site: None) -> None:
    page = _open(person("county-editor", "12"))
    edits = {link["href"] for link in page.soup.select("tbody a[href^='/admin/pages/']")}
    mine = {f"/admin/pages/{page_at(path).pk}/edit/" for path in ("lan/skane/", "lan/skane/sfi/")}
    assert edits == mine
    assert page.soup.select("tbody a[href='/sv/att-bo/']")


def test_a_sign_leads_to_the_room_the_site_or_the_order(site: None) -> None:
    translator = _links(_open(person("translator", language="ti")), "att-bo/")
    assert translator["ti"] == f"/admin/translation/{_record('att-bo/', 'ti').pk}/"
    assert translator["ar"] == "/ar/att-bo/"
    assert "so" not in translator
    publisher = _links(_open(person("national-publisher")), "att-bo/")
    assert publisher["ar"] == "/ar/att-bo/"
    assert publisher["ti"].endswith(f"?page={page_at('att-bo/').pk}&language=ti")
    assert "ti" not in _links(_open(person("analyst")), "att-bo/")


def test_a_county_s_page_is_withdrawn_from_here(site: None) -> None:
    page = _open(person("national-publisher"))
    links = {link["href"] for link in page.soup.select("a.coverage-withdraw")}
    assert links == {f"/admin/withdraw/{page_at('lan/skane/sfi/').pk}/"}


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
