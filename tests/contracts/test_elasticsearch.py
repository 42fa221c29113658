"""What only an engine beside the database has to do: begin empty, fall behind, catch up. On a real one."""

from __future__ import annotations

from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection

from search.contracts import EngineError, Record, SearchBackend, SearchQuery
from search.indexing import drain
from search.models import SearchPending
from search.service import search, status
from tests.contracts.conftest import PREFIX
from tests.factories import make_home, make_page

pytestmark = pytest.mark.django_db

CLOSED = "http://127.0.0.1:1"


def committed() -> None:
    """Begin as a new transaction does: a test's own never ends, and what it registered waits for ever."""
    connection.run_on_commit.clear()


@pytest.fixture
def beginning(elasticsearch: SearchBackend, settings: Any) -> Iterator[SearchBackend]:
    """An Elasticsearch in which nothing of ours is."""
    from search.elastic.client import writer

    settings.ELASTICSEARCH_PREFIX = f"{PREFIX}-beginning"
    yield elasticsearch
    for index in writer().indices.get(index=f"{PREFIX}-beginning-*").body:
        writer().indices.delete(index=index)


def test_before_the_first_rebuild_the_database_answers(beginning: SearchBackend) -> None:
    make_home()
    make_page("hyra/", title="Hyra bostad")
    assert search(SearchQuery("bostad", "sv")).degraded
    with pytest.raises(EngineError):
        # Or Elasticsearch would make an index that knows no language.
        beginning.index([Record(1, "sv", "article", "Hyra")])
    assert drain() > 0
    call_command("search_rebuild", "--language", "sv", stdout=StringIO())
    result = search(SearchQuery("bostad", "sv"))
    assert (result.degraded, result.total) == (False, 1)
    assert not SearchPending.objects.exists()
    assert status()["sv"] == {"expected": 2, "indexed": 2, "engine": "elasticsearch", "degraded": False}


def test_a_rebuild_leaves_one_index_a_language(beginning: SearchBackend) -> None:
    from search.elastic.client import writer

    make_home()
    for _ in range(2):
        call_command("search_rebuild", "--language", "sv", stdout=StringIO())
    assert len(writer().indices.get(index=f"{PREFIX}-beginning-*").body) == 1


def test_what_happened_while_it_was_away_is_told_later(
    elasticsearch: SearchBackend, settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    make_home()
    gone = make_page("borta/", title="Försvinner")
    assert drain() == 0
    url, settings.ELASTICSEARCH_URL = settings.ELASTICSEARCH_URL, CLOSED
    committed()
    with django_capture_on_commit_callbacks(execute=True):
        make_page("hyra/", title="Tillkommer")
        gone.delete()
    settings.ELASTICSEARCH_URL = url
    assert elasticsearch.search(SearchQuery("försvinner", "sv"), {"sv": 9})["sv"].page_ids
    assert search(SearchQuery("försvinner", "sv")).total == 0, "the database knows better"
    committed()
    with django_capture_on_commit_callbacks(execute=True):
        make_page("annat/", title="Något annat")
    assert not SearchPending.objects.exists()
    assert not elasticsearch.search(SearchQuery("försvinner", "sv"), {"sv": 9})["sv"].page_ids
    assert search(SearchQuery("tillkommer", "sv")).total == 1


def test_many_changes_of_one_transaction_are_told_once(
    elasticsearch: SearchBackend, django_capture_on_commit_callbacks: Any
) -> None:
    make_home()
    committed()
    with django_capture_on_commit_callbacks(execute=True) as callbacks:
        for number in range(5):
            make_page(f"sida-{number}/", title="Likadan")
    assert [callback.__module__ for callback in callbacks].count("search.indexing") == 1
    assert search(SearchQuery("likadan", "sv")).total == 5
