"""The glossary's terms find each other, as long as they stand there."""

from __future__ import annotations

import io

import pytest
from django.core.management import call_command
from django.test import Client

from cms.translation.glossary.entries import Entry, Terms, entries, write
from cms.translation.glossary.models import Concept, Status, Term
from search.contracts import SearchQuery
from search.editors.glossary import keep_concepts
from search.models import Synonyms, SynonymTerm
from search.service import search, suggest
from tests.search.editors.conftest import found

pytestmark = pytest.mark.django_db

CONCEPT = Entry(
    "bostad", "Vad det är.", "Boverket", "", Status.PROPOSED,
    {
        "sv": Terms(("lägenhet",), ("lya",), ("lgh",)),
        "ar": Terms(("شقة", "وحدة سكنية"), ("مسكن",)),
        "so": Terms(("guri",)),
    },
)  # fmt: skip


@pytest.fixture
def concept(site: None, django_capture_on_commit_callbacks: object) -> Concept:
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        return write(CONCEPT, None, None)


def test_every_term_of_a_language_and_the_swedish_ones(concept: Concept) -> None:
    for text in ("شقة", "وحدة سكنية", "مسكن", "lägenhet", "lya", "lgh"):
        assert found(text, "ar") == ["bostad/"], text
    assert found("lya", "so") == ["bostad/"]
    assert found("lgh", "sv") == ["bostad/"]
    # A language without a term of the concept's has none of its words.
    assert not SynonymTerm.objects.filter(language="fr").exists()


def test_readers_see_none_of_it(concept: Concept) -> None:
    assert "lya" not in str(search(SearchQuery("lägenhet", "sv")))
    assert suggest("lya", "sv") == []


def test_changes_and_deletion_are_followed(concept: Concept, django_capture_on_commit_callbacks: object) -> None:
    before = entries([CONCEPT.key])[CONCEPT.key]
    with django_capture_on_commit_callbacks(execute=True) as callbacks:  # type: ignore[operator]
        write(before.with_terms("ar", Terms(("شقة",), ("بيت",))), concept, before)
    assert len(callbacks) > 1
    assert (found("مسكن", "ar"), found("بيت", "ar")) == ([], ["bostad/"])
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        Term.objects.get(language="ar", text="بيت").delete()
    assert found("بيت", "ar") == []
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        concept.delete()
    assert not SynonymTerm.objects.exists()


def test_editors_words_and_the_glossarys_stand_beside_each_other(concept: Concept) -> None:
    synonyms = Synonyms.objects.create(language="sv", words="kvart\nlägenhet")
    assert found("kvart") == found("lya") == ["bostad/"]
    synonyms.delete()
    assert (found("kvart"), found("lya")) == ([], ["bostad/"])


def test_a_term_of_the_glossary_may_be_a_synonym_too(concept: Concept, client: Client) -> None:
    from tests.search.editors.conftest import publisher

    answer = publisher().post(
        "/admin/readers-search/synonyms/add/", {"language": "sv", "words": "kvart\nlägenhet", "note": ""}
    )
    assert answer.status_code == 302


def test_a_rebuild_makes_what_is_missing(concept: Concept) -> None:
    rows = set(SynonymTerm.objects.values_list("language", "key"))
    SynonymTerm.objects.filter(language="ar").delete()
    SynonymTerm.objects.filter(language="sv").update(key="≈fel")
    call_command("search_rebuild", language="fr", stdout=io.StringIO())
    assert set(SynonymTerm.objects.values_list("language", "key")) == rows
    assert keep_concepts() == 0


def test_where_nothing_is_wrong_it_costs_two_queries(concept: Concept, django_assert_num_queries: object) -> None:
    with django_assert_num_queries(4):  # type: ignore[operator]
        # With the savepoint of a test.
        keep_concepts()
