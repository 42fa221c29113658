"""When the index is written, and what it costs."""

from __future__ import annotations

import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from wagtail.models import ReferenceIndex

from search.contracts import EngineError, SearchQuery
from search.indexing import refresh
from search.models import SearchChange, SearchRecord
from search.outbox import drain
from search.service import search
from tests.factories import make_home, make_page, publish

pytestmark = pytest.mark.django_db

#: Nothing listens there.
CLOSED = "http://127.0.0.1:1"


@pytest.fixture(autouse=True)
def _home(settings: Any) -> None:
    settings.ELASTICSEARCH_URL = ""
    make_home()


def indexed() -> int:
    """The rows of the full-text index."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM search_index")
        return int(cursor.fetchone()[0])


def test_a_record_is_written_with_the_page_or_not_at_all() -> None:
    before = indexed()
    with transaction.atomic():
        make_page("hyra/", title="Hyra")
        assert indexed() == before + 1
        transaction.set_rollback(True)
    assert (indexed(), SearchRecord.objects.count()) == (before, 1)


def test_saving_a_draft_writes_nothing() -> None:
    page = make_page("hyra/", title="Hyra")
    page.title = "Utkast"
    with CaptureQueriesContext(connection) as captured:
        page.save_revision()
    assert not [query for query in captured.captured_queries if "search_searchrecord" in query["sql"]]
    assert search(SearchQuery("utkast", "sv")).total == 0


def test_refresh_costs_the_same_for_one_page_and_for_many() -> None:
    pages = [make_page(f"sida-{number}/") for number in range(12)]
    for chosen in (pages[:1], pages):
        with CaptureQueriesContext(connection) as captured:
            refresh(page.pk for page in chosen)
        statements = [q["sql"] for q in captured.captured_queries if "SAVEPOINT" not in q["sql"]]
        # Two read the pages; one writes the records; two put the words in the place of the old ones; one
        # notes them for other spellings.
        assert len(statements) == 6, statements


def test_records_and_index_hold_the_same_pages() -> None:
    page = make_page("hyra/", title="Hyra")
    publish(page, title="Hyra igen")
    page.unpublish()
    publish(page)
    page.delete()
    assert indexed() == SearchRecord.objects.count() == 1


def test_an_editor_is_not_told_that_search_uses_the_page() -> None:
    page = make_page("hyra/", title="Hyra")
    assert not ReferenceIndex.model_is_indexable(SearchRecord)
    assert not ReferenceIndex.get_references_to(page).exists()


class TestWithoutTheCluster:
    """Elasticsearch is configured and does not answer; a real closed port."""

    @pytest.fixture(autouse=True)
    def _closed(self, settings: Any) -> None:
        settings.ELASTICSEARCH_URL = CLOSED

    def test_the_database_answers_and_says_so(self, client: Any) -> None:
        make_page("hyra/", title="Hyra bostad")
        result = search(SearchQuery("bostäder", "sv"))
        assert (result.degraded, result.total) == (True, 1)
        response = client.get("/sv/search/?q=bostad")
        assert response.status_code == 200
        assert response.context["results"].degraded

    def test_publishing_goes_on_and_the_change_is_noted(self, django_capture_on_commit_callbacks: Any) -> None:
        connection.run_on_commit.clear()  # A test's transaction never ends.
        with django_capture_on_commit_callbacks(execute=True) as callbacks:
            page = make_page("hyra/", title="Hyra")
        assert callbacks
        assert SearchChange.objects.filter(page_id=page.pk).exists()
        noted = SearchChange.objects.count()
        with pytest.raises(EngineError):
            drain()
        assert SearchChange.objects.count() == noted

    def test_a_note_is_written_with_the_page_or_not_at_all(self) -> None:
        SearchChange.objects.all().delete()
        with transaction.atomic():
            make_page("hyra/", title="Hyra")
            transaction.set_rollback(True)
        assert not SearchChange.objects.exists()

    def test_status_says_that_it_is_degraded(self) -> None:
        out = StringIO()
        call_command("search_status", "--json", stdout=out)
        said = json.loads(out.getvalue())["sv"]
        assert (said["expected"], said["indexed"], said["engine"], said["degraded"]) == (1, 1, "database", True)
        assert "ConnectionError" in said["error"]

    def test_a_rebuild_fails_with_a_sentence_and_builds_the_database(self) -> None:
        SearchRecord.objects.all().delete()
        with pytest.raises(CommandError, match="sv: ConnectionError"):
            call_command("search_rebuild", "--language", "sv", stdout=StringIO())
        assert SearchRecord.objects.count() == 1


def test_without_a_second_engine_nothing_is_noted() -> None:
    make_page("hyra/", title="Hyra")
    assert not SearchChange.objects.exists()
    assert drain() == 0


def test_commands() -> None:
    make_page("hyra/", title="Hyra")
    make_home("ti")
    SearchRecord.objects.all().delete()
    out = StringIO()
    call_command("search_rebuild", "--language", "sv", stdout=out)
    assert out.getvalue().split()[:3] == ["sv", "2", "pages"]
    out = StringIO()
    call_command("search_status", stdout=out)
    lines = {line.split()[0]: " ".join(line.split()[1:]) for line in out.getvalue().splitlines()}
    assert lines["sv"] == "2 of 2 pages (database)"
    assert lines["ti"] == "0 of 1 pages (database)"
    assert len(lines) == 11
    call_command("search_rebuild", stdout=StringIO())
    assert SearchRecord.objects.filter(language="ti").count() == 1
    with pytest.raises(CommandError, match="xx"):
        call_command("search_rebuild", "--language", "xx")
