"""Who gives words to search, by role; and that no other address of Wagtail's leads to them."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import ReferenceIndex

from search.models import BestBet, Synonyms
from tests.factories import page_at
from tests.search.editors.conftest import signed_in

pytestmark = pytest.mark.django_db

NOBODY: list[tuple[str, dict[str, str]]] = [
    ("national-editor", {}),
    ("county-editor", {"county": "12"}),
    ("county-publisher", {"county": "12"}),
    ("translator", {"language": "ar"}),
    ("reviewer", {"language": "ar", "county": "12"}),
]


@pytest.fixture
def words(site: None) -> dict[str, tuple[int, int]]:
    """Synonyms and a recommended page in three languages, by code."""
    return {
        code: (
            Synonyms.objects.create(language=code, words="alfa\nbeta").pk,
            BestBet.objects.create(language=code, queries="alfa", page=page_at("bostad/", code)).pk,
        )
        for code in ("sv", "ar", "so")
    }


def _status(client: Client, name: str, *args: int, **body: Any) -> tuple[int, int]:
    """Of reading, and of sending."""
    address = reverse(name, args=args)
    return client.get(address).status_code, client.post(address, body).status_code


@pytest.mark.parametrize(("role", "scope"), NOBODY, ids=lambda value: value if isinstance(value, str) else "")
def test_no_other_role_comes_in_anywhere(words: dict[str, tuple[int, int]], role: str, scope: dict[str, str]) -> None:
    client = signed_in(role, **scope)
    lists = ("search_synonyms", "search_best_bets", "search_report", "search_report_csv")
    assert {_status(client, name) for name in lists} == {(403, 403)}
    for code, (synonyms, best_bet) in words.items():
        assert _status(client, "search_synonyms_add", language=code, words="gamma\ndelta") == (403, 403)
        assert _status(client, "search_synonyms_edit", synonyms, words="gamma\ndelta") == (403, 403)
        assert _status(client, "search_synonyms_delete", synonyms) == (403, 403)
        assert _status(client, "search_best_bets_add", language=code, queries="gamma") == (403, 403)
        assert _status(client, "search_best_bets_edit", best_bet, queries="gamma") == (403, 403)
        assert _status(client, "search_best_bets_delete", best_bet) == (403, 403)
    # What is not there says no more than what is.
    assert _status(client, "search_synonyms_edit", 999_999) == (403, 403)
    assert sorted(Synonyms.objects.values_list("words", flat=True)) == ["alfa\nbeta"] * 3
    assert "readers-search" not in client.get("/admin/").content.decode()


def test_a_reviewer_has_her_language_alone(words: dict[str, tuple[int, int]]) -> None:
    client = signed_in("reviewer", language="ar")
    page = client.get(reverse("search_synonyms"))
    assert [row.language for row in page.context["page"]] == ["ar"]
    assert [code for code, _label in page.context["form"].fields["language"].choices] == ["", "ar"]
    assert [row.best_bet.language for row in client.get(reverse("search_best_bets")).context["page"]] == ["ar"]
    assert list(client.get(reverse("search_synonyms"), {"language": "so"}).context["page"]) == []
    for code in ("so", "sv"):
        synonyms, best_bet = words[code]
        assert _status(client, "search_synonyms_edit", synonyms, words="gamma\ndelta") == (403, 403)
        assert _status(client, "search_synonyms_delete", synonyms) == (403, 403)
        assert _status(client, "search_best_bets_edit", best_bet) == (403, 403)
        assert _status(client, "search_best_bets_delete", best_bet) == (403, 403)
        refused = client.post(reverse("search_synonyms_add"), {"language": code, "words": "gamma\ndelta"})
        assert refused.status_code == 403
        assert "reviewers" in refused.content.decode()
    assert _status(client, "search_synonyms_edit", words["ar"][0], words="gamma\ndelta") == (200, 302)
    assert _status(client, "search_synonyms_add", language="ar", words="ena\ntva") == (200, 302)
    assert _status(client, "search_best_bets_delete", words["ar"][1]) == (200, 302)


@pytest.mark.parametrize("role", ["national-publisher", "site-administrator"])
def test_who_keeps_the_site_has_every_language(words: dict[str, tuple[int, int]], role: str) -> None:
    client = signed_in(role)
    listed = client.get(reverse("search_synonyms")).context["page"]
    assert [row.language for row in listed] == ["sv", "ar", "so"]
    for code, (synonyms, best_bet) in words.items():
        assert _status(client, "search_synonyms_edit", synonyms, words=f"gamma{code}\ndelta{code}") == (200, 302)
        assert _status(client, "search_best_bets_delete", best_bet) == (200, 302)
    # Not found, for which the site looks in the language's tree too.
    assert client.get(reverse("search_synonyms_edit", args=[999_999]), follow=True).status_code == 404


def test_an_analyst_reads_the_report_alone(words: dict[str, tuple[int, int]]) -> None:
    client = signed_in("analyst")
    assert client.get(reverse("search_report")).status_code == 200
    assert client.get(reverse("search_report_csv")).status_code == 200
    assert _status(client, "search_synonyms", *()) == (403, 403)
    assert _status(client, "search_best_bets_edit", words["sv"][1]) == (403, 403)


def test_a_language_does_not_change_and_another_cannot_be_added(words: dict[str, tuple[int, int]]) -> None:
    client = signed_in("reviewer", language="ar")
    client.post(reverse("search_synonyms_edit", args=[words["ar"][0]]), {"language": "so", "words": "gamma\ndelta"})
    assert Synonyms.objects.get(pk=words["ar"][0]).language == "ar"
    answer = client.post(reverse("search_synonyms_add"), {"language": "xx", "words": "gamma\ndelta"})
    assert "language" in answer.context["form"].errors


@pytest.mark.parametrize("role", ["reviewer", "county-editor", "national-publisher", "site-administrator"])
def test_wagtails_own_addresses_do_not_lead_to_them(words: dict[str, tuple[int, int]], role: str) -> None:
    scope = {"reviewer": {"language": "ar"}, "county-editor": {"county": "12"}}.get(role, {})
    client = signed_in(role, **scope)
    for model, pk in (("synonyms", words["ar"][0]), ("bestbet", words["ar"][1])):
        bulk = reverse("wagtail_bulk_action", args=["search", model, "delete"])
        assert client.post(f"{bulk}?id={pk}").status_code == 403
        # There is no viewset, so neither usage, history nor a chooser.
        for action in ("usage", "history", "edit"):
            assert client.get(f"/admin/snippets/search/{model}/{action}/{pk}/", follow=True).status_code == 404
    assert (Synonyms.objects.count(), BestBet.objects.count()) == (3, 3)


def test_used_by_of_a_page_links_to_who_may_change_it(words: dict[str, tuple[int, int]]) -> None:
    page = page_at("bostad/", "ar")
    ReferenceIndex.create_or_update_for_object(BestBet.objects.get(pk=words["ar"][1]))
    address = reverse("search_best_bets_edit", args=[words["ar"][1]])
    usage = reverse("wagtailadmin_pages:usage", args=[page.pk])
    assert address in signed_in("reviewer", language="ar").get(usage).content.decode()
    assert address not in signed_in("translator", language="ar").get(usage).content.decode()
