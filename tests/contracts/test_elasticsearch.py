"""What only an engine beside the database has to do: begin empty, fall behind, catch up, be replaced. On a real one."""

from __future__ import annotations

from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from pages.models import ArticlePage
from search import building
from search.contracts import EngineError, SearchBackend, SearchQuery
from search.documents import VERSION
from search.engines import SecondEngine, second_engine
from search.models import SearchBuild, SearchChange
from search.outbox import MOST_ATTEMPTS, drain
from search.service import search
from search.status import status
from tests.contracts.asking import question
from tests.contracts.conftest import PREFIX
from tests.factories import make_home, make_page, publish

pytestmark = pytest.mark.django_db

CLOSED = "http://127.0.0.1:1"


def committed() -> None:
    """Begin as a new transaction does: a test's own never ends, and what it registered waits for ever."""
    connection.run_on_commit.clear()


def run(*arguments: str) -> str:
    out = StringIO()
    call_command(*arguments, stdout=out)
    return out.getvalue()


def found(engine: SearchBackend, text: str) -> bool:
    """Whether the engine itself finds it, unchecked."""
    return bool(engine.search([question(text)])[0].page_ids)


def second() -> SecondEngine:
    engine = second_engine()
    assert engine is not None
    return engine


@pytest.fixture
def beginning(elasticsearch: SearchBackend, settings: Any) -> Iterator[SearchBackend]:
    """An Elasticsearch in which nothing of ours is."""
    from search.elastic.client import writer

    settings.ELASTICSEARCH_PREFIX = f"{PREFIX}-beginning"
    yield elasticsearch
    for index in writer().indices.get(index=f"{PREFIX}-beginning-*").body:
        writer().indices.delete(index=index)


def indices() -> list[str]:
    from search.elastic.client import writer

    return sorted(writer().indices.get(index=f"{PREFIX}-beginning-*").body)


def test_what_was_kept_ends_when_it_is_told(beginning: SearchBackend) -> None:
    make_home()
    run("search_rebuild")
    make_page("hyra/", title="Hyra bostad")
    query = SearchQuery("bostad", "sv")
    for _time in range(3):  # it has not been told yet, and that answer is kept
        assert (search(query).total, search(query).degraded) == (0, False)
    drain()
    assert search(query).total == 1


def test_before_the_first_rebuild_the_database_answers(beginning: SearchBackend) -> None:
    make_home()
    page = make_page("hyra/", title="Hyra bostad")
    assert search(SearchQuery("bostad", "sv")).degraded
    noted = SearchChange.objects.count()
    # Or Elasticsearch would make an index that knows no language; and nothing is forgotten.
    with pytest.raises(EngineError, match="missing"):
        drain()
    assert (SearchChange.objects.count(), indices()) == (noted, [])
    run("search_rebuild")
    result = search(SearchQuery("bostad", "sv"))
    assert (result.degraded, [hit.page_id for hit in result.hits]) == (False, [page.pk])
    assert not SearchChange.objects.exists()
    assert (status()["sv"]["indexed"], status()["sv"]["engine"]) == (2, "elasticsearch")


def test_a_rebuild_keeps_the_index_before_for_a_rollback(beginning: SearchBackend) -> None:
    make_home()
    run("search_rebuild")
    first = indices()
    run("search_rebuild", "--language", "sv")
    run("search_rebuild", "--language", "sv")
    assert len(indices()) == len(first) + 1
    make_page("hyra/", title="Hyresord")
    drain()
    said = run("search_rollback", "--language", "sv")
    # The index before did not have the page; it was told of it.
    assert said.split()[1] in indices()
    assert found(beginning, "hyresord")
    with pytest.raises(CommandError, match="No index of en"):
        run("search_rollback", "--language", "en")


def test_changes_during_a_rebuild_are_in_the_new_index(
    beginning: SearchBackend, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_home()
    run("search_rebuild")
    pages = [make_page(f"sida-{number}/", title=f"Rubrik{number}") for number in range(5)]
    drain()
    monkeypatch.setattr(building, "_FILL", 2)
    done = []

    def meanwhile(number: int, _of: int) -> None:
        done.append(number)
        if len(done) == 2:
            pages[0].unpublish()  # It is in the new index already.
            publish(pages[4], title="Ändrad")  # It is not yet.
            make_page("ny/", title="Nyhet")
            drain()

    assert building.rebuild_index("sv", meanwhile) == 6
    assert len(done) >= 3
    assert not found(beginning, "rubrik0")
    assert found(beginning, "ändrad")
    assert found(beginning, "nyhet")
    assert building.wrong_in_index("sv") == []


def test_a_rebuild_that_was_stopped_goes_on(beginning: SearchBackend, monkeypatch: pytest.MonkeyPatch) -> None:
    make_home()
    run("search_rebuild")
    for number in range(5):
        make_page(f"sida-{number}/", title="Likadan")
    drain()
    monkeypatch.setattr(building, "_FILL", 2)
    told = []

    def stop(number: int, _of: int) -> None:
        told.append(number)
        if len(told) == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        building.rebuild_index("sv", stop)
    started = SearchBuild.objects.get(pk="sv")
    assert status()["sv"]["building"]
    before = len(told)
    assert building.rebuild_index("sv", lambda number, _of: told.append(number)) == 6
    assert told[before] > told[before - 1], "it began anew"
    assert not SearchBuild.objects.exists()
    assert started.index in indices()
    assert search(SearchQuery("likadan", "sv")).total == 5


def test_an_index_that_is_not_right_does_not_answer(beginning: SearchBackend, monkeypatch: pytest.MonkeyPatch) -> None:
    make_home()
    make_page("hyra/", title="Hyra")
    run("search_rebuild")
    before = indices()
    # A node that takes documents and loses some.
    monkeypatch.setattr(type(second()), "fill", lambda self, index, documents: list(documents))
    with pytest.raises(CommandError, match="the old one goes on"):
        run("search_rebuild", "--language", "sv")
    assert indices() == before
    assert found(beginning, "hyra")


def test_an_index_of_another_version_waits_for_a_rebuild(beginning: SearchBackend) -> None:
    from search.backends.elasticsearch import forget_versions
    from search.elastic.client import alias, writer

    make_home()
    make_page("hyra/", title="Hyra")
    run("search_rebuild")
    writer().indices.put_mapping(index=alias("sv"), meta={"version": str(VERSION + 1)})
    forget_versions()
    result = search(SearchQuery("hyra", "sv"))
    assert (result.degraded, result.total) == (True, 1)
    assert status()["sv"]["rebuild"]
    run("search_rebuild", "--needed")
    assert not search(SearchQuery("hyra", "sv")).degraded


def test_a_document_that_is_refused_again_and_again_is_set_aside(
    beginning: SearchBackend, monkeypatch: pytest.MonkeyPatch
) -> None:
    from search.backends import elasticsearch as module
    from search.elastic import documents

    make_home()
    run("search_rebuild")
    sound = documents.source
    page = make_page("trasig/", title="Trasig")
    other = make_page("hel/", title="Helord")

    def poisoned(document: Any) -> dict[str, Any]:
        fields = sound(document)
        return fields | {"updated": "no date"} if document.page_id == page.pk else fields

    monkeypatch.setattr(module, "source", poisoned)
    drain()
    assert found(beginning, "helord")
    (change,) = SearchChange.objects.all()
    assert (change.page_id, change.attempts, change.set_aside) == (page.pk, MOST_ATTEMPTS, True)
    assert "updated" in change.error
    assert status()["sv"]["set_aside"] == 1
    assert f"set aside: page {page.pk}" in run("search_status")
    monkeypatch.setattr(module, "source", sound)
    assert drain() == 0, "what is set aside waits for a person"
    assert building.wrong_in_index("sv") == [page.pk]
    run("search_verify", "--language", "sv")
    assert found(beginning, "trasig")
    assert other.live


def test_verify_mends_both_engines(beginning: SearchBackend) -> None:
    make_home()
    kept, gone = make_page("a/", title="Gammalord"), make_page("b/", title="Borttagenord")
    run("search_rebuild")
    ArticlePage.objects.filter(pk=kept.pk).update(title="Nyttord")
    ArticlePage.objects.filter(pk=gone.pk).update(live=False)
    second().remove([kept.pk])
    with pytest.raises(CommandError, match="3 differ"):
        run("search_verify", "--language", "sv", "--check")
    run("search_verify", "--language", "sv")
    assert run("search_verify", "--language", "sv", "--check").split() == (
        ["sv", "0", "records", "and", "0", "in", "Elasticsearch", "differed"]
    )
    assert found(beginning, "nyttord")
    assert not found(beginning, "borttagenord")


def test_what_happened_while_it_was_away_is_told_later(
    elasticsearch: SearchBackend, settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    from search.elastic.client import reading, writing

    make_home()
    gone = make_page("borta/", title="Försvinner")
    drain()
    url, settings.ELASTICSEARCH_URL = settings.ELASTICSEARCH_URL, CLOSED
    committed()
    with django_capture_on_commit_callbacks(execute=True):
        make_page("hyra/", title="Tillkommer")
        gone.delete()
    settings.ELASTICSEARCH_URL = url
    reading.reset()
    writing.reset()
    assert found(elasticsearch, "försvinner")
    assert search(SearchQuery("försvinner", "sv")).total == 0, "the database knows better"
    committed()
    with django_capture_on_commit_callbacks(execute=True):
        make_page("annat/", title="Något annat")
    assert not SearchChange.objects.exists()
    assert not found(elasticsearch, "försvinner")
    assert search(SearchQuery("tillkommer", "sv")).total == 1


def test_many_changes_of_one_transaction_are_told_once(
    elasticsearch: SearchBackend, django_capture_on_commit_callbacks: Any
) -> None:
    make_home()
    committed()
    with django_capture_on_commit_callbacks(execute=True) as callbacks:
        for number in range(5):
            make_page(f"sida-{number}/", title="Likadan")
    assert [callback.__module__ for callback in callbacks].count("search.outbox") == 1
    assert search(SearchQuery("likadan", "sv")).total == 5


def test_with_a_worker_publishing_tells_nobody(
    elasticsearch: SearchBackend, settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    settings.SEARCH_WORKER = True
    make_home()
    drain()
    committed()
    with django_capture_on_commit_callbacks(execute=True) as callbacks:
        make_page("hyra/", title="Hyresord")
    assert "search.outbox" not in [callback.__module__ for callback in callbacks]
    assert not found(elasticsearch, "hyresord")
    assert run("search_worker", "--once").strip() == "1 changes told"
    assert found(elasticsearch, "hyresord")
