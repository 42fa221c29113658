"""Answers that are kept, and what ends them."""

from __future__ import annotations

import datetime
import pickle
from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import caches
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation
from wagtail.models import Page, PageViewRestriction

from cms.translation.glossary.models import Concept, Term
from pages.models import ThemePage
from search import service
from search.contracts import ResultPage, SearchQuery
from search.models import BestBet, Synonyms
from search.service import find, search
from tests.factories import make_home, make_page, page_at, publish

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _database_engine(settings: Any) -> None:
    settings.ELASTICSEARCH_URL = ""
    settings.PAGE_CACHE_SECONDS = 3600


@pytest.fixture
def site() -> None:
    make_home("sv")
    make_page("att-bo/", model=ThemePage, title="Att bo")
    make_page("att-bo/hyra/", title="Hyra bostad")
    make_page("att-bo/villa/", title="Villa")


def ask(text: str = "hyra", language: str = "sv") -> ResultPage:
    """The answer, which is kept by then."""
    search(SearchQuery(text, language))
    return search(SearchQuery(text, language))


def queries(text: str = "hyra") -> int:
    with CaptureQueriesContext(connection) as captured:
        search(SearchQuery(text, "sv"))
    return len(captured)


def test_what_was_asked_twice_costs_two_queries(site: None) -> None:
    assert queries() > 5
    assert queries() > 5, "once is not worth keeping"
    first = ask()
    assert queries() == 2
    assert ask() == first
    assert ask("  HYRA ").query == "HYRA"
    assert queries("villa") > 5


def test_every_parameter_asks_something_else(site: None) -> None:
    ask()
    for other in ({"page": 2}, {"near": "12"}, {"theme": "att-bo"}, {"county": "12"}, {"type": "article"}):
        with CaptureQueriesContext(connection) as captured:
            search(SearchQuery("hyra", "sv", **other))
        assert len(captured) > 2, other


def _restrict() -> None:
    page = page_at("att-bo/hyra/")
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)


@pytest.mark.parametrize(
    "change",
    [
        lambda: page_at("att-bo/hyra/").unpublish(),
        lambda: page_at("att-bo/hyra/").delete(),
        lambda: page_at("att-bo/").delete(),
        _restrict,
    ],
)
def test_what_is_taken_off_is_gone_at_once(site: None, change: Callable[[], Any]) -> None:
    assert ask().total == 1
    change()
    assert ask().total == 0


def test_what_stands_above_a_page_is_named_while_it_is_public(site: None) -> None:
    assert ask().hits[0].breadcrumb == ["Att bo"]
    publish(page_at("att-bo/"), title="Bostad och hem")
    assert ask().hits[0].breadcrumb == ["Bostad och hem"]
    page_at("att-bo/").unpublish()
    answer = ask()
    assert (answer.hits[0].breadcrumb, answer.facets["theme"]) == ([], {})


def test_what_is_published_is_found_at_once(site: None) -> None:
    assert ask("radhus").total == 0
    make_page("att-bo/ny/", title="Radhus")
    assert ask("radhus").total == 1
    publish(page_at("att-bo/ny/"), title="Koloni")
    assert ask("radhus").total == 0


def _synonyms() -> Synonyms:
    return Synonyms.objects.create(language="sv", words="kåk\nvilla")


def test_what_editors_give_holds_at_once(site: None) -> None:
    assert ask("kåk").total == 0
    synonyms = _synonyms()
    assert ask("kåk").total == 1
    synonyms.words = "kåk\nhyra"
    synonyms.save()
    assert ask("kåk").hits[0].title == "Hyra bostad"
    synonyms.delete()
    assert ask("kåk").total == 0
    best_bet = BestBet.objects.create(language="sv", queries="kåk", page=page_at("att-bo/villa/"))
    assert ask("kåk").hits[0].title == "Villa"
    best_bet.page = Page.objects.get(pk=page_at("att-bo/hyra/").pk)
    best_bet.save()
    assert ask("kåk").hits[0].title == "Hyra bostad"
    best_bet.delete()
    assert ask("kåk").total == 0


def test_the_glossary_holds_at_once(site: None, django_capture_on_commit_callbacks: Any) -> None:
    assert ask("kåk").total == 0
    with django_capture_on_commit_callbacks(execute=True):
        concept = Concept.objects.create(definition="Ett hus")
        for text in ("kåk", "villa"):
            Term.objects.create(concept=concept, language="sv", text=text)
    assert ask("kåk").total == 1
    concept.delete()
    assert ask("kåk").total == 0


def test_a_rebuild_ends_what_was_kept(site: None) -> None:
    ask()
    call_command("search_rebuild", verbosity=0)
    assert queries() > 2


def test_nothing_is_kept_beyond_the_end_of_what_it_shows(site: None) -> None:
    soon = timezone.now() + datetime.timedelta(minutes=2)
    later = soon + datetime.timedelta(days=1)
    make_page("att-bo/hyra/fraga/", title="Fråga om hyra", expire_at=later)
    assert find(SearchQuery("hyra", "sv")).expires == later
    page = page_at("att-bo/")
    page.expire_at = soon
    publish(page)
    assert find(SearchQuery("hyra", "sv")).expires == soon, "the page above, and the theme that can be chosen"
    page.expire_at = timezone.now() + datetime.timedelta(seconds=0.9)
    publish(page)
    ask()
    assert queries() > 2, "less than a second is not kept at all"


def test_a_change_while_it_is_asked_is_not_kept(site: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def slow(asked: SearchQuery) -> ResultPage:
        answer = find(asked)
        page_at("att-bo/hyra/").unpublish()
        return answer

    search(SearchQuery("hyra", "sv"))
    with monkeypatch.context() as changed:
        changed.setattr(service, "find", slow)
        assert search(SearchQuery("hyra", "sv")).total == 1
    assert search(SearchQuery("hyra", "sv")).total == 0


def test_a_page_is_asked_for_again_whatever_the_tags_say(site: None) -> None:
    assert ask().total == 1
    # Nothing is told of it: as if this were the moment between two commits.
    PageViewRestriction.objects.bulk_create(
        [PageViewRestriction(page=Page.objects.get(pk=page_at("att-bo/").pk), restriction_type="login")]
    )
    assert ask().total == 0
    PageViewRestriction.objects.all().delete()
    assert ask().total == 1
    Page.objects.filter(pk=page_at("att-bo/hyra/").pk).update(live=False)
    assert ask().total == 0


def test_moved_below_a_private_page_it_is_gone(site: None) -> None:
    private = make_page("privat/", title="Privat")
    PageViewRestriction.objects.create(page=private, restriction_type=PageViewRestriction.LOGIN)
    assert ask().total == 1
    page_at("att-bo/hyra/").move(Page.objects.get(pk=private.pk), pos="last-child")
    assert ask().total == 0


def test_a_cache_that_is_away_costs_nothing(site: None, settings: Any) -> None:
    settings.CACHES = settings.CACHES | {
        "searches": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": "redis://127.0.0.1:9/0"}
    }
    assert ask().total == 1


def test_each_language_of_the_asking_page_has_its_own_labels(site: None) -> None:
    for code, label in (("sv", "Artikel"), ("en", "Article"), ("sv", "Artikel")):
        with translation.override(code):
            assert ask().hits[0].type_label == label


def test_an_answer_of_a_stand_in_is_not_kept(site: None, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.ELASTICSEARCH_URL = "http://127.0.0.1:9"
    assert ask().degraded
    assert queries() > 2


def test_nothing_that_a_reader_typed_is_kept(site: None, monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[Any] = []
    monkeypatch.setattr(caches["searches"], "set", lambda key, value, seconds: written.append((key, value)))
    ask("hyra hemligt")
    ask("hyrra")
    assert len(written) == 1, "another spelling has the reader's words in it"
    assert b"hemligt" not in pickle.dumps(written)


def test_it_can_be_switched_off(site: None, settings: Any) -> None:
    settings.PAGE_CACHE_SECONDS = 0
    ask()
    assert queries() > 2
