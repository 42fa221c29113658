"""The admin's search page: what a row says, how it is parted, what it costs, and what anybody may type."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from wagtail.models import Page

from pages.models import LocalPage
from search.curation import keep_synonyms
from search.models import Synonyms
from tests.access.test_sync import person
from tests.factories import make_home, make_page, page_at, paragraphs, publish
from tests.html import Document
from tests.search.drafts.conftest import client_of
from tests.search.test_hostile import SYNTAX

pytestmark = pytest.mark.django_db

SEARCH, RESULTS = "/admin/pages/search/", "/admin/pages/search/results/"


@pytest.fixture(autouse=True)
def _county(settings: Any) -> None:
    settings.ELASTICSEARCH_URL = ""
    make_home()
    publish(page_at("lan/skane/"))


@pytest.fixture
def editor() -> Client:
    return client_of(person("county-editor", "12"))


def get(client: Client, query: str, address: str = SEARCH, **more: str) -> Document:
    response = client.get(address, {"q": query, **more})
    assert response.status_code == 200
    return Document(response)


def make(number: int, *, live: bool = False, **fields: Any) -> Page:
    fields = {"title": f"Sida {number}", "body": paragraphs(f"Kastanjer nummer {number}.")} | fields
    return make_page(f"lan/skane/sida-{number}/", model=LocalPage, live=live, **fields)


def rows(document: Document) -> list[str]:
    return [row.text.strip() for row in document.soup.select("[id^=page_][id$=_title]")]


def test_what_a_row_says(editor: Client) -> None:
    make(1, title="<i>Rubrik</i>", body=paragraphs("Om &lt;script&gt;alert(1)&lt;/script&gt; kastanjer."))
    live = make(2, live=True, title="Publicerad", body=paragraphs("Om lönnar."))
    live.title = "Ändrad"
    live.body = paragraphs("Om kastanjen.")
    live.save_revision()
    with translation.override("en"):
        response = editor.get(SEARCH, {"q": "kastanj"}, headers={"accept-language": "en"})
    html = response.content.decode()
    document = Document(response)
    assert sorted(rows(document)) == ["<i>Rubrik</i>", "Publicerad"]
    assert "<script>alert(1)" not in html
    assert "Ändrad" not in html
    passages = [element.text for element in document.soup.select(".search-found-passage")]
    assert "Om <script>alert(1)</script> kastanjer." in passages
    assert {mark.text for mark in document.soup.select(".search-found-passage mark")} == {"kastanjer", "kastanjen"}
    assert {element["lang"] for element in document.soup.select(".search-found-passage")} == {"sv"}
    assert {element.text for element in document.soup.select(".search-found-address")} == {
        "/sv/lan/skane/sida-1/",
        "/sv/lan/skane/sida-2/",
    }
    assert len(document.soup.select(".search-found-note")) == 1


def test_twenty_on_a_page(editor: Client) -> None:
    for number in range(23):
        make(number)
    assert len(rows(get(editor, "kastanj"))) == 20
    assert len(rows(get(editor, "kastanj", p="2"))) == 3
    assert len(rows(get(editor, "kastanj", RESULTS, p="2"))) == 3
    by_title = rows(get(editor, "kastanj", ordering="title"))
    assert by_title == sorted(by_title)
    assert rows(get(editor, "kastanj", ordering="-title"))[0] == "Sida 9"
    assert len(rows(get(editor, "kastanj", p="x"))) == 20


def test_without_words_those_that_were_changed_last(editor: Client) -> None:
    make(1)
    last = make(2)
    assert rows(get(editor, ""))[0] == last.title
    assert rows(get(editor, " \t"))[0] == last.title
    assert rows(get(editor, "", state="draft")) == ["Sida 2", "Sida 1"]


def test_synonyms_of_editors_count(editor: Client) -> None:
    page = make(1, body=paragraphs("Om uppehållstillstånd."))
    synonyms = Synonyms.objects.create(language="sv", words="put\nuppehållstillstånd")
    keep_synonyms(synonyms)
    assert rows(get(editor, "put")) == [page.title]


def cost(client: Client, address: str) -> int:
    get(client, "kastanj", address)
    with CaptureQueriesContext(connection) as captured:
        assert len(rows(get(client, "kastanj", address))) == 20
    return len(captured)


def test_the_cost_is_the_same_however_many_there_are(editor: Client) -> None:
    publisher = client_of(person("county-publisher", "12"))
    counted = []
    made = 0
    for number in (20, 60):
        while made < number:
            make(made, live=made % 2 == 0)
            made += 1
        counted.append([cost(client, address) for client in (editor, publisher) for address in (SEARCH, RESULTS)])
    assert counted[0] == counted[1]
    # Of an editor, who doesn't publish, Wagtail asks for each page whether she may delete it.
    assert max(counted[0][2:]) <= 30, counted


def test_whatever_is_typed(editor: Client) -> None:
    make(1, title="Hyra")
    explorer = f"/admin/pages/{Page.objects.get(url_path='/lan-sv/skane/').pk}/"
    for number, query in enumerate(SYNTAX):
        text = query.encode("utf-8", "replace").decode()
        for address, typed in ((SEARCH if number % 2 else RESULTS, text), (explorer, text[:500])):
            response = editor.get(address, {"q": typed})
            assert response.status_code == 200, (address, query[:50])
            assert "<script>alert" not in response.content.decode()
