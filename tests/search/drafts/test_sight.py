"""Who finds what: each role, two counties, two languages."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.test.client import Client as Browser
from wagtail.models import Page

from cms.languages.registry import get
from pages.models import BasePage
from search.contracts import SearchQuery
from search.models import SearchRecord, SearchWord
from search.service import search, suggest
from search.spelling import corrected
from tests.access.test_sync import person
from tests.html import Document
from tests.search.drafts.conftest import PEOPLE, PLACES, SECRETS, SEES, client_of

pytestmark = pytest.mark.django_db

SEARCH = "/admin/pages/search/"


def titles(client: Browser, query: str, **more: str) -> list[str]:
    """The titles of the rows that a search of the admin shows."""
    response = client.get(SEARCH, {"q": query, **more})
    assert response.status_code == 200
    return [cell.text.strip() for cell in Document(response).soup.select("[id^=page_][id$=_title]")]


def explored(client: Browser, page: Page, query: str) -> list[str]:
    response = client.get(f"/admin/pages/{page.pk}/", {"q": query, "search_all": "1"}, follow=True)
    assert response.status_code == 200
    return [cell.text.strip() for cell in Document(response).soup.select("[id^=page_][id$=_title]")]


@pytest.mark.parametrize("key", PEOPLE)
def test_each_finds_her_own_drafts_and_nobody_else_s(site: dict[str, BasePage], key: str) -> None:
    client = client_of(person(*PEOPLE[key]))
    for (place, code), secret in SECRETS.items():
        response = client.get(SEARCH, {"q": secret})
        expected = (place, code) in SEES[key]
        if response.status_code != 200:
            assert not SEES[key]
            continue
        rows = [cell.text.strip() for cell in Document(response).soup.select("[id^=page_][id$=_title]")]
        # A published page is listed by its published title, its changes notwithstanding.
        assert sorted(rows) == ([f"Sida {place} {code}", f"Utkast {place} {code}"] if expected else [])
        assert f"Ny titel {place} {code}" not in response.content.decode()


@pytest.mark.parametrize("key", [key for key, seen in SEES.items() if seen])
def test_the_explorer_s_search_shows_no_more(site: dict[str, BasePage], key: str) -> None:
    client = client_of(person(*PEOPLE[key]))
    ((own_place, own_code),) = SEES[key]
    top = Page.objects.get(pk=site[f"{own_place} {own_code} draft"].pk).get_parent()
    for (place, code), secret in SECRETS.items():
        expected = [f"Sida {place} {code}", f"Utkast {place} {code}"] if (place, code) in SEES[key] else []
        assert sorted(explored(client, top, secret)) == expected


def test_who_installed_the_site_finds_all(site: dict[str, BasePage]) -> None:
    root = get_user_model().objects.create_superuser("root@example.org", password="a long password")
    client = client_of(root)
    for (place, code), secret in SECRETS.items():
        assert sorted(titles(client, secret)) == [f"Sida {place} {code}", f"Utkast {place} {code}"]
    assert len(titles(client, "utkast")) == 6
    assert len(titles(client, "utkast", locale="ar")) == 3


def test_a_page_above_her_own_part_is_found_by_what_is_published_alone(site: dict[str, BasePage]) -> None:
    # The explorer has it, for the way down; its draft is nobody's of the county.
    root = Page.objects.get(url_path="/lan-sv/").specific
    root.title = "Hemlig rubrik"
    root.search_description = "Malakit"
    root.save_revision()
    client = client_of(person(*PEOPLE["county-editor-skane"]))
    assert titles(client, "malakit") == titles(client, "hemlig rubrik") == []


def test_what_was_published_is_found_too_while_changes_wait(site: dict[str, BasePage], editor: Browser) -> None:
    response = editor.get(SEARCH, {"q": "sida skane"})
    document = Document(response)
    assert "Sida skane sv" in [cell.text.strip() for cell in document.soup.select("[id^=page_][id$=_title]")]


def test_a_translator_finds_her_page_by_the_words_of_the_swedish_one(site: dict[str, BasePage]) -> None:
    client = client_of(person(*PEOPLE["translator-ar-skane"]))
    assert titles(client, "sida skane sv")[0] == "Sida skane ar"
    # By what is published of it.
    assert titles(client, SECRETS["skane", "sv"]) == []
    assert "Sida gotland ar" not in titles(client, "sida gotland sv")


def test_the_public_finds_no_word_of_a_draft(site: dict[str, BasePage], client: Client) -> None:
    for (_place, code), secret in SECRETS.items():
        assert search(SearchQuery(secret, code)).total == 0
        assert not search(SearchQuery(secret, "sv")).also
        assert suggest(secret[:4], code) == []
        assert corrected(secret[:-1], get(code)) is None
        assert secret not in search(SearchQuery(secret[:-1], code)).suggestions
        assert not SearchWord.objects.filter(written__icontains=secret).exists()
        assert not SearchRecord.objects.filter(text__contains=secret).exists()
        for address in (f"/{code}/search/?q={secret}", f"/api/v1/search?q={secret}&language={code}"):
            body = client.get(address).content.decode().replace(f'"{secret}"', "")
            assert "Utkast" not in body
            assert "Ny titel" not in body


def test_narrowed_by_state_and_language(site: dict[str, BasePage]) -> None:
    client = client_of(person(*PEOPLE["county-editor-skane"]))
    secret = SECRETS["skane", "sv"]
    assert titles(client, secret, state="draft") == ["Utkast skane sv"]
    assert titles(client, secret, state="changed") == ["Sida skane sv"]
    assert titles(client, secret, state="live") == []
    assert len(titles(client, secret, locale="sv")) == 2
    # Another language than hers is no choice.
    assert len(titles(client, "sida", locale="ar")) <= len(titles(client, "sida"))


@pytest.mark.parametrize("action", ["delete", "publish"])
def test_all_in_the_listing_means_the_pages_that_it_shows(site: dict[str, BasePage], action: str) -> None:
    client = client_of(person(*PEOPLE["county-publisher-skane"]))
    top = Page.objects.get(url_path="/lan-sv/skane/")
    secret = SECRETS["skane", "sv"]
    response: Any = client.get(f"/admin/bulk/wagtailcore/page/{action}/?id=all&childOf={top.pk}&q={secret}")
    assert response.status_code == 200
    listed = {item["item"].pk for item in response.context["items"]}
    assert listed == {site["skane sv draft"].pk, site["skane sv live"].pk}


def test_the_places_are_those_of_the_site() -> None:
    assert {place for place, _code in SECRETS} == set(PLACES)
