"""The adversary's list: rights that she has lost or never had: stale forms, dates, comments, forged fields, locks."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import Comment, Page, Revision

from cms.access.models import RoleAssignment
from pages.models import BasePage, LocalPage
from tests.access.attacks import SECRET, Ground, client_of, form, ground, state, text_of
from tests.access.test_sync import person
from tests.factories import again, make_page, publish

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def made(shared_database: None) -> Ground:
    return ground()


@pytest.fixture
def site(made: Ground) -> Ground:
    return again(made)


@pytest.fixture
def publisher(site: Ground) -> Any:
    return person("county-publisher", "12")


def _take_away(user: Any) -> None:
    RoleAssignment.objects.get(user=user).delete()


def test_a_stale_form_gives_nothing_when_the_role_was_taken(site: Ground, publisher: Any) -> None:
    client = client_of(publisher)
    other = person("county-editor", "12")
    assignment = RoleAssignment.objects.get(user=other)
    addresses: tuple[tuple[str, dict[str, Any]], ...] = (
        (f"pages/{site.own.pk}/edit/", form(site.own, title="Ändrad", **{"action-publish": "1"})),
        (f"pages/{site.own.pk}/unpublish/", {}),
        (f"pages/{site.own_below.pk}/delete/", {}),
        (f"bulk/wagtailcore/page/unpublish/?id={site.own.pk}", {}),
        (f"people/roles/delete/{assignment.pk}/", {}),
    )
    assert client.get(f"/admin/{addresses[0][0]}").status_code == 200
    audit = next(path for path in ("/admin/audit/?export=csv", "/admin/audit/") if client.get(path).status_code == 200)
    _take_away(publisher)
    before = state()
    for address, values in addresses:
        assert client.post(f"/admin/{address}", values).status_code in (302, 403), address
    assert client.get(audit).status_code in (302, 403)
    assert state() == before
    assert RoleAssignment.objects.filter(pk=assignment.pk).exists()


def _hours(number: int) -> str:
    """A time so many hours from now, as the form has it."""
    return (timezone.localtime() + datetime.timedelta(hours=number)).strftime("%Y-%m-%d %H:%M")


def test_an_editor_s_dates_publish_and_expire_nothing(site: Ground) -> None:
    client = client_of(person("county-editor", "12"))
    draft = make_page("lan/skane/nytt/", model=LocalPage, live=False)
    past, soon = _hours(-1), _hours(1)
    for page in (draft, site.own):
        for dates in ({"go_live_at": past}, {"go_live_at": soon}, {"expire_at": past}, {"expire_at": soon}):
            for extra in ({}, {"action-publish": "1"}, {"action-schedule": "1"}):
                client.post(f"/admin/pages/{page.pk}/edit/", form(page, title="Ändrad", **dates, **extra))
    assert not Revision.objects.filter(approved_go_live_at__isnull=False).exists()
    call_command("publish_scheduled", verbosity=0)
    draft.refresh_from_db()
    site.own.refresh_from_db()
    assert (draft.live, site.own.live, site.own.title) == (False, True, "SFI i Skåne")
    assert site.own.expire_at is None


def test_what_was_scheduled_before_the_right_was_taken_can_be_called_off_by_who_has_it(site: Ground) -> None:
    """The publisher decided while she could; her date stands until another publisher of the county takes it away."""
    first = person("county-publisher", "12")
    client_of(first).post(
        f"/admin/pages/{site.own.pk}/edit/",
        form(site.own, title="Ändrad", go_live_at=_hours(1), **{"action-publish": "1"}),
    )
    revision = Revision.objects.get(approved_go_live_at__isnull=False)
    _take_away(first)
    address = f"/admin/pages/{site.own.pk}/revisions/{revision.pk}/unschedule/"
    assert client_of(first).post(address).status_code in (302, 403)
    assert client_of(person("county-editor", "12")).post(address).status_code == 403
    revision.refresh_from_db()
    assert revision.approved_go_live_at
    RoleAssignment.objects.create(user=first, role="county-publisher", county_id="12")
    client_of(first).post(address)
    revision.refresh_from_db()
    assert revision.approved_go_live_at is None


def _comment(page: BasePage, user: Any) -> Comment:
    found: Comment = Comment.objects.create(page=page, user=user, text=f"En {SECRET}", contentpath="title")
    return found


def test_comments_on_another_s_page_are_neither_read_nor_changed(site: Ground, publisher: Any) -> None:
    author = person("county-editor", "09")
    foreign = _comment(site.live, author)
    own = _comment(site.own, person("county-editor", "12"))
    client = client_of(publisher)
    values = {"comments-TOTAL_FORMS": "1", "comments-INITIAL_FORMS": "1", "comments-0-contentpath": "title"}
    for page in (site.own, site.live):
        for comment in (foreign, own):
            for extra in ({"comments-0-text": "Förfalskad"}, {"comments-0-DELETE": "on", "comments-0-text": "x"}):
                client.post(
                    f"/admin/pages/{page.pk}/edit/", form(page) | values | {"comments-0-id": comment.pk} | extra
                )
    foreign.refresh_from_db()
    assert (foreign.text, foreign.page_id, foreign.user_id) == (f"En {SECRET}", site.live.pk, author.pk)
    assert not Comment.objects.filter(text="Förfalskad").exists()


def test_fields_that_the_form_does_not_have_are_not_written(site: Ground, publisher: Any) -> None:
    names = ("owner_id", "locale_id", "translation_key", "path", "depth", "numchild", "url_path", "live", "alias_of_id")
    before = Page.objects.values(*names).get(pk=site.own.pk)
    forged = {
        "owner": publisher.pk,
        "locale": 2,
        "translation_key": site.live.translation_key,
        "path": site.live.path,
        "url_path": site.live.url_path,
        "depth": "1",
        "live": "",
        "pk": site.live.pk,
        "id": site.live.pk,
        "page_ptr": site.live.pk,
        "alias_of": site.live.pk,
        "locked": "on",
        "translation_state": "reviewed",
        "first_published_at": "2001-01-01",
        "latest_revision": site.draft.latest_revision_id,
        "county": "09",
        "municipality": "0980",
        "content_type": "1",
    }
    others = [row for row in state() if row[0] != site.own.pk]
    client_of(publisher).post(
        f"/admin/pages/{site.own.pk}/edit/", form(site.own, title="Ändrad", **forged, **{"action-publish": "1"})
    )
    site.own.refresh_from_db()
    assert site.own.title == "Ändrad"
    assert Page.objects.values(*names).get(pk=site.own.pk) == before
    assert site.own.translation_state == ""
    assert [row for row in state() if row[0] != site.own.pk] == others


def test_a_locked_page_is_unlocked_by_no_form_of_an_editor(site: Ground) -> None:
    publisher, editor = person("county-publisher", "12"), person("county-editor", "12")
    client_of(publisher).post(f"/admin/pages/{site.own.pk}/lock/")
    client = client_of(editor)
    client.post(f"/admin/pages/{site.own.pk}/unlock/")
    client.post(f"/admin/pages/{site.own.pk}/edit/", form(site.own, title="Ändrad", locked=""))
    client.post(
        f"/admin/pages/{site.own.pk}/copy/", {"new_title": "K", "new_slug": "sfi", "new_parent_page": site.skane.pk}
    )
    site.own.refresh_from_db()
    assert site.own.locked
    assert site.own.get_latest_revision_as_object().title == "SFI i Skåne"


@pytest.mark.parametrize("role", ["translator", "reviewer"])
@pytest.mark.parametrize("county", [None, "12"])
def test_who_translates_opens_no_swedish_draft(site: Ground, role: str, county: str | None) -> None:
    client = client_of(person(role, county, "ar"))
    source = publish(site.own)
    source.title = f"Nästa {SECRET}"
    revision = source.save_revision()
    for address in (
        "edit/",
        "edit/preview/",
        "edit/preview/?mode=",
        "view_draft/",
        "history/",
        "history/results/",
        "usage/",
        "move/",
        "copy/",
        "delete/",
        "unpublish/",
        f"revisions/{revision.pk}/view/",
        f"revisions/{revision.pk}/revert/",
        "revisions/compare/live...latest/",
        f"revisions/compare/earliest...{revision.pk}/",
        "workflow_history/",
        "workflow_history/detail/1/",
        "workflow/preview/1/",
        "privacy/",
    ):
        answer = client.get(f"/admin/pages/{source.pk}/{address}")
        assert answer.status_code in (302, 403, 404, 405), address
        assert SECRET not in text_of(answer), address
    assert client.post(f"/admin/pages/{source.pk}/edit/preview/", form(source)).status_code in (302, 403)
