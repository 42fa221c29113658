"""The page chooser finds what its user may know of, drafts too, by the forms of words."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from pages.models import LocalPage
from tests.access.test_sync import person
from tests.factories import make_home, make_page, page_at, paragraphs, publish
from tests.html import Document
from tests.search.drafts.conftest import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _pages(settings: Any) -> None:
    settings.ELASTICSEARCH_URL = ""
    make_home()
    for county in ("skane", "gotland"):
        publish(page_at(f"lan/{county}/"))
        for name, live in (("utkast", False), ("publicerad", True)):
            body = paragraphs("Om kastanjer.")
            make_page(f"lan/{county}/{name}/", model=LocalPage, live=live, title=f"{name} i {county}", body=body)


@pytest.fixture
def editor() -> Client:
    return client_of(person("county-editor", "12"))


def titles(client: Client, query: str, **more: str) -> list[str]:
    response = client.get("/admin/choose-page/search/", {"q": query, **more})
    assert response.status_code == 200
    return [link.text.strip() for link in Document(response).soup.select("a.choose-page, a[data-chooser-modal-choice]")]


def test_it_finds_other_forms_and_words_of_the_body(editor: Client) -> None:
    assert sorted(titles(editor, "kastanjen")) == ["publicerad i gotland", "publicerad i skane", "utkast i skane"]
    assert titles(editor, "utkast") == ["utkast i skane"]
    assert titles(editor, "bokskog") == []


def test_a_type_that_is_asked_for_holds(editor: Client) -> None:
    assert titles(editor, "kastanjen", page_type="pages.ArticlePage") == []
    assert len(titles(editor, "kastanjen", page_type="pages.LocalPage")) == 3


@pytest.mark.parametrize("role", ["site-administrator", "national-publisher"])
def test_who_has_no_part_of_her_own_there_finds_what_is_published(role: str) -> None:
    found = titles(client_of(person(role)), "kastanjen")
    assert sorted(found) == ["publicerad i gotland", "publicerad i skane"]


def test_what_it_costs_does_not_grow(editor: Client) -> None:
    counted = []
    for number in (2, 12):
        for each in range(number):
            body = paragraphs("Om lönnar.")
            make_page(f"lan/skane/{number}-{each}/", model=LocalPage, title=f"Lönn {number} {each}", body=body)
        titles(editor, "lönnar")
        with CaptureQueriesContext(connection) as captured:
            assert len(titles(editor, "lönnar")) == (2 if number == 2 else 14)
        counted.append(len(captured))
    assert counted[0] == counted[1], counted
