"""Recommended pages: which may be, that they come first and marked, and what becomes of them with their page."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import PageViewRestriction

from cms.access.audit.events import Event
from cms.access.models.audit import AuditEntry
from search.contracts import SearchQuery
from search.models import BestBet, BestBetQuery
from search.service import search
from tests.factories import make_page, page_at
from tests.search.editors.conftest import errors, opened, publisher, signed_in

pytestmark = pytest.mark.django_db
ADD = "/admin/readers-search/recommended/add/"
LIST = "/admin/readers-search/recommended/"


def _add(client: Client, path: str, queries: str, language: str = "sv", code: str = "", **fields: Any) -> Any:
    page = page_at(path, code or language).pk
    return client.post(ADD, {"language": language, "queries": queries, "page": page, "sort_order": "0"} | fields)


def _hits(text: str, language: str = "sv") -> list[tuple[str, bool]]:
    return [(hit.path, hit.recommended) for hit in search(SearchQuery(text, language)).hits]


def test_it_comes_first_and_marked_at_once(site: None) -> None:
    client = publisher()
    assert _hits("lägenhet") == [("bostad/", False)]
    _add(client, "uthyrning/", "Lägenheter\nett eget hem")
    assert _hits("lägenhet") == [("uthyrning/", True), ("bostad/", False)]
    assert _hits("eget hem") == _hits("mitt eget hem") == [("uthyrning/", True)]
    assert _hits("hem") == []
    own = BestBet.objects.get()
    client.post(
        reverse("search_best_bets_edit", args=[own.pk]), {"queries": "hem", "page": own.page_id, "sort_order": 0}
    )
    assert _hits("lägenhet") == [("bostad/", False)]
    client.post(reverse("search_best_bets_delete", args=[own.pk]))
    assert _hits("hem") == []


def test_several_come_in_their_order(site: None) -> None:
    client = publisher()
    _add(client, "uthyrning/", "hem", sort_order="2")
    _add(client, "bostad/", "hem", sort_order="1")
    assert _hits("hem") == [("bostad/", True), ("uthyrning/", True)]


def test_what_is_wrong_is_said(site: None) -> None:
    client = publisher()
    assert errors(_add(client, "bostad/", " \n ")) == ["This field is required."]
    assert errors(_add(client, "bostad/", "hem\n!!")) == ["“!!” has no word that can be searched."]
    assert errors(_add(client, "bostad/", "x" * 101)) == [f"“{'x' * 40}” is longer than 100 characters."]
    assert errors(_add(client, "bostad/", "guri", "so", "ar")) == [
        "This page is in العربية. Readers of this language are shown pages in: Soomaali, English, svenska."
    ]
    assert errors(_add(client, "bostad/", "hem", page="")) == ["This field is required."]
    _add(client, "bostad/", "hem")
    assert errors(_add(client, "bostad/", "bo")) == [
        "This page is recommended in this language already: add the searches there."
    ]
    assert BestBet.objects.count() == 1


def test_a_page_of_a_fallback_may_be_recommended(site: None) -> None:
    assert _add(publisher(), "vard/", "carruur", "so", "sv").status_code == 302


@pytest.mark.parametrize("role", ["national-publisher", "site-administrator", "reviewer"])
def test_the_form_names_no_page_that_is_not_public(site: None, role: str) -> None:
    client = signed_in(role, **({"language": "ar"} if role == "reviewer" else {}))
    language = "ar" if role == "reviewer" else "sv"
    private = make_page("privat/", title="Hemligt för vissa")
    PageViewRestriction.objects.create(page=private, restriction_type=PageViewRestriction.LOGIN)
    for path in ("utkast/", "privat/"):
        refused = _add(client, path, "hem", language, "sv")
        assert errors(refused) == ["This page is not public, so that nobody would find it."]
        assert "Hemligt" not in refused.content.decode()
    for page in ("999999", "x", "-1", "1 or 1"):
        assert client.post(ADD, {"language": language, "queries": "hem", "page": page}).status_code == 200
    assert not BestBet.objects.exists()


def test_a_page_that_is_unpublished_is_not_shown_and_the_list_says_so(site: None) -> None:
    client, reviewer = publisher(), signed_in("reviewer", language="ar")
    page = make_page("rum/", "sv", title="Hyra rum")
    arabic = make_page("rum/", "ar", title="غرفة")
    _add(client, "rum/", "kammare")
    _add(reviewer, "rum/", "غرف", "ar")
    assert _hits("kammare") == [("rum/", True)]
    said = "Not public now: readers are not shown it."
    assert said not in opened(client, "recommended/").text
    arabic.unpublish()
    page.unpublish()
    page.title = "Hemlig ny rubrik"
    page.save_revision()
    assert _hits("kammare") == []
    listed = opened(client, "recommended/", language="sv")
    assert said in listed.text
    assert "/sv/rum/" in listed.text
    # The site's administrators know of no draft.
    other = opened(signed_in("site-administrator"), "recommended/").text
    assert other.count(said) == 2
    assert f"Page {page.pk}" in other
    assert "rum" not in other.replace("kammare", "").lower()
    form = opened(signed_in("site-administrator"), f"recommended/{BestBet.objects.get(page=page).pk}/")
    assert "Hyra rum" not in form.text
    assert "Hemlig" not in form.text


def test_with_its_page_it_goes_and_stands_in_the_log(site: None) -> None:
    page = make_page("rum/", title="Hyra rum")
    _add(publisher(), "rum/", "kammare")
    own = BestBet.objects.get()
    page.delete()
    assert not BestBet.objects.exists()
    assert not BestBetQuery.objects.exists()
    entries = AuditEntry.objects.filter(event=Event.SETTINGS_CHANGED, about=f"search/recommended/{own.pk}")
    assert [entry.detail["change"] for entry in entries.order_by("pk")] == ["added", "deleted"]
    assert "Hyra rum" not in str([entry.detail for entry in entries])


def test_the_list_is_searched_and_costs_the_same(site: None) -> None:
    client = publisher()
    _add(client, "bostad/", "hem\nkvart")
    _add(client, "bostad/", "بيت", "ar")
    page = opened(client, "recommended/")
    assert page.soup.select("table .title a")[1]["dir"] == "rtl"
    assert "/ar/bostad/" in page.text
    assert "2 recommended pages" in page.text
    assert "1 recommended page" in opened(client, "recommended/", q="KVART").text
    assert "1 recommended page" in opened(client, "recommended/", language="ar").text
    counts = []
    for number in (0, 30):
        for step in range(number):
            BestBet.objects.create(language="sv", queries=f"ord{step}", page=page_at("vard/"))
        with CaptureQueriesContext(connection) as queries:
            assert client.get(LIST).status_code == 200
        counts.append(len(queries))
    assert counts == [15, 15]
