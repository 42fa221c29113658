"""When the editors' index is written, what it says then, and what it costs."""

from __future__ import annotations

from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.db.models import Q
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page, ReferenceIndex

from cms.geography.models import County
from pages.models import LocalPage, ThemePage
from search.drafts.finding import find
from search.drafts.indexing import below, forget, needed, refresh
from search.drafts.models import TABLE, DraftRecord
from search.drafts.views import explorable
from tests.access.test_sync import person
from tests.factories import make_home, make_page, page_at, paragraphs, publish

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _home(settings: Any) -> None:
    settings.ELASTICSEARCH_URL = ""
    make_home()


def found(text: str, *codes: str) -> list[int]:
    """The pages that the national editor finds."""
    user = person("national-editor")
    return [one.page_id for one in find(text, user, codes or ("sv",), explorable(user)).found]


def rows() -> int:
    """The rows of the full-text index."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {TABLE}")  # noqa: S608  (a name of ours)
        return int(cursor.fetchone()[0])


def draft(page: Any, *texts: str) -> None:
    page.body = paragraphs(*texts)
    page.save_revision()


def test_a_newer_draft_takes_the_place_of_the_one_before() -> None:
    page = make_page("hyra/", live=False, body=paragraphs("Kastanjer."))
    assert found("kastanj") == [page.pk]
    draft(page, "Lönnar.")
    assert found("kastanj") == []
    assert found("lönn") == [page.pk]


def test_a_published_text_is_found_beside_its_draft_until_it_is_replaced() -> None:
    page = make_page("hyra/", body=paragraphs("Kastanjer."))
    assert DraftRecord.objects.filter(page_id=page.pk).values_list("live", flat=True).get()
    draft(page, "Lönnar.")
    assert found("kastanj") == found("lönn") == [page.pk]
    assert sorted(DraftRecord.objects.filter(page_id=page.pk).values_list("live", flat=True)) == [False, True]
    page.get_latest_revision().publish()
    assert found("kastanj") == []
    assert found("lönn") == [page.pk]
    assert DraftRecord.objects.filter(page_id=page.pk).values_list("live", flat=True).get()


def test_a_revision_that_is_taken_back_to() -> None:
    page = make_page("hyra/", live=False, body=paragraphs("Kastanjer."))
    first = page.get_latest_revision()
    draft(page, "Lönnar.")
    first.as_object().save_revision(previous_revision=first)
    assert found("lönn") == []
    assert found("kastanj") == [page.pk]


def test_a_revision_that_is_written_over() -> None:
    page: Any = make_page("hyra/", live=False, body=paragraphs("Kastanjer."))
    page.body = paragraphs("Lönnar.")
    page.save_revision(overwrite_revision=page.get_latest_revision())
    assert found("kastanj") == []
    assert found("lönn") == [page.pk]


def test_unpublished_it_is_a_draft() -> None:
    page = make_page("hyra/", body=paragraphs("Kastanjer."))
    page.unpublish()
    assert found("kastanj") == [page.pk]
    assert not DraftRecord.objects.get(page_id=page.pk).live
    publish(page)
    assert DraftRecord.objects.get(page_id=page.pk).live


def test_a_deleted_page_is_gone_and_those_below_it() -> None:
    parent = make_page("att-bo/", model=ThemePage, body=paragraphs("Kastanjer."))
    make_page("att-bo/hyra/", live=False, body=paragraphs("Kastanjer."))
    assert len(found("kastanj")) == 2
    before = rows()
    Page.objects.get(pk=parent.pk).delete()
    assert found("kastanj") == []
    assert rows() == before - 2 == DraftRecord.objects.count()


def test_a_moved_page_stays_and_takes_its_new_place() -> None:
    for slug in ("skane", "gotland"):
        publish(page_at(f"lan/{slug}/"))
    page = make_page("lan/skane/sfi/", model=LocalPage, live=False, body=paragraphs("Kastanjer."))
    below_it = make_page("lan/skane/sfi/kurs/", model=LocalPage, live=False, body=paragraphs("Kastanjer."))
    skane, gotland = person("county-editor", "12"), person("county-editor", "09")

    def of(user: Any, text: str) -> set[int]:
        return {one.page_id for one in find(text, user, ("sv",), explorable(user)).found}

    assert of(skane, "kastanj") == {page.pk, below_it.pk}
    assert of(gotland, "kastanj") == set()
    page.move(Page.objects.get(url_path="/lan-sv/gotland/"), pos="last-child")
    assert of(skane, "kastanj") == set()
    assert of(gotland, "kastanj") == {page.pk, below_it.pk}
    assert of(gotland, "kastanj gotland") >= {page.pk, below_it.pk}
    assert not DraftRecord.objects.filter(text__contains="Skåne").exists()


def test_a_renamed_county_is_found_by_its_new_name() -> None:
    publish(page_at("lan/skane/"))
    page = make_page("lan/skane/sfi/", model=LocalPage, live=False, body=paragraphs("Kastanjer."))
    county = County.objects.get(slug="skane")
    county.name = "Zorgländet"
    county.save()
    user = person("county-editor", "12")
    assert page.pk in [one.page_id for one in find("Zorgländet", user, ("sv",), explorable(user)).found]


def test_a_draft_is_written_with_its_revision_or_not_at_all() -> None:
    page = make_page("hyra/", live=False, body=paragraphs("Kastanjer."))
    with transaction.atomic():
        draft(page, "Lönnar.")
        assert found("lönn") == [page.pk]
        transaction.set_rollback(True)
    assert found("lönn") == []
    assert found("kastanj") == [page.pk]


def test_other_forms_and_other_keyboards() -> None:
    page = make_page("hyra/", live=False, title="Hyra", body=paragraphs("Lägenheterna i bostadskön."))
    for text in ("lägenhet", "lagenhet", "LÄGENHETEN", "bostadskö", "kö", "lägenheternas"):
        assert found(text) == [page.pk], text
    assert found("lågenhet") == []
    make_home("ar")
    arabic = make_page("hyra/", "ar", live=False, title="استئجار", body=paragraphs("شقق للإيجار"))
    user = person("translator", language="ar")

    def of(text: str, code: str) -> list[int]:
        return [one.page_id for one in find(text, user, (code,), explorable(user)).found]

    assert of("الشقق", "ar") == of("شقة", "ar") == of("شقق", "ar") == [arabic.pk]


def queries(action: Any) -> int:
    """The statements of an action that the index costs, or reads for it."""
    with CaptureQueriesContext(connection) as captured:
        action()
    return len([query for query in captured.captured_queries if "SAVEPOINT" not in query["sql"]])


def test_what_a_save_costs() -> None:
    """Each number is what the index adds to what the save cost without it."""
    page: Any = make_page("hyra/", live=False, body=paragraphs("Kastanjer."))
    local = make_page("lan/skane/sfi/", model=LocalPage, live=False)
    read, unchanged = 1, 2
    assert queries(lambda: refresh([page.pk], type(page))) == unchanged
    assert queries(lambda: refresh([local.pk], type(local))) == unchanged + 1
    # The words that were, those that are, and the record.
    page.body = paragraphs("Lönnar.")
    with CaptureQueriesContext(connection) as captured:
        page.save_revision()
    ours = [q["sql"] for q in captured.captured_queries if "search_drafts" in q["sql"]]
    assert len(ours) + read == 5, ours
    with CaptureQueriesContext(connection) as captured:
        page.get_latest_revision().publish()
    # Three saves of the page: published, and twice bookkept.
    assert len([q for q in captured.captured_queries if "search_drafts" in q["sql"]]) <= 3


def test_refreshing_many_costs_as_much_as_one() -> None:
    pages = [make_page(f"sida-{number}/") for number in range(12)]
    expected = queries(lambda: refresh([pages[0].pk], anew=True))
    assert queries(lambda: refresh([page.pk for page in pages], anew=True)) == expected


def test_an_editor_is_not_told_that_search_uses_the_page() -> None:
    page = make_page("hyra/")
    assert not ReferenceIndex.get_references_to(page).exists()


def test_the_command_builds_what_is_missing_and_drops_what_is_gone() -> None:
    page = make_page("hyra/", live=False, body=paragraphs("Kastanjer."))
    call_command("drafts_index", check=True)
    said = StringIO()
    call_command("drafts_index", needed=True, stdout=said)
    assert said.getvalue() == ""
    forget([page.pk])
    assert found("kastanj") == []
    with pytest.raises(CommandError, match="Run drafts_index"):
        call_command("drafts_index", check=True)
    call_command("drafts_index", needed=True, stdout=said)
    assert f"{len(below(Q()))} pages" in said.getvalue()
    assert found("kastanj") == [page.pk]
    DraftRecord.objects.filter(page_id=page.pk).update(page_id=10**9, id=2 * 10**9)
    assert needed()
    call_command("drafts_index", stdout=said)
    assert not needed()
    assert not DraftRecord.objects.filter(page_id=10**9).exists()
