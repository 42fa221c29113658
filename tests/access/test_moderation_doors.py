"""Locks and decided tasks at every door."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone
from wagtail.models import Page, TaskState

from pages.models import BasePage, LocalPage
from tests.access.test_sync import person
from tests.factories import again, make_home, make_page, page_at, publish

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def made(shared_database: None) -> BasePage:
    make_home()
    publish(page_at("lan/skane/"))
    make_page("lan/skane/annat/", model=LocalPage)
    return make_page("lan/skane/sfi/", model=LocalPage, title="SFI i Skåne")


@pytest.fixture
def page(made: BasePage) -> BasePage:
    return again(made)


def client_of(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def state_of(page: BasePage) -> Any:
    """All that a door could change."""
    return Page.objects.values("title", "draft_title", "live", "path", "latest_revision", "live_revision").get(
        pk=page.pk
    )


def start(page: BasePage, user: Any) -> TaskState:
    page.save_revision(user=user)
    workflow = page.get_workflow()
    assert workflow is not None
    task: TaskState = workflow.start(page, user).current_task_state
    return task


def lock(page: BasePage, user: Any) -> None:
    Page.objects.filter(pk=page.pk).update(locked=True, locked_by=user, locked_at=timezone.now())


DOORS = {
    "edit": ("{pk}/edit/", {"title": "Ny", "slug": "sfi", "body-count": "0"}),
    "publish": ("{pk}/edit/", {"title": "Ny", "slug": "sfi", "body-count": "0", "action-publish": "1"}),
    "unpublish": ("{pk}/unpublish/", {}),
    "delete": ("{pk}/delete/", {}),
    "move": ("{pk}/move/{other}/confirm/", {}),
    "schedule": ("{pk}/edit/", {"title": "Ny", "slug": "sfi", "body-count": "0", "go_live_at": "2030-01-01 10:00"}),
}


@pytest.mark.parametrize("door", DOORS)
def test_a_page_that_another_has_locked_stays_as_it_is(page: BasePage, door: str) -> None:
    client = client_of(person("county-publisher", "12"))
    lock(page, person("county-editor", "12"))
    before = state_of(page)
    address, data = DOORS[door]
    other = Page.objects.get(url_path="/lan-sv/skane/annat/")
    client.post(f"/admin/pages/{address.format(pk=page.pk, other=other.pk)}", data)
    assert Page.objects.filter(pk=page.pk).exists()
    assert state_of(page) == before


@pytest.mark.parametrize("action", ["publish", "unpublish", "delete", "move"])
def test_a_locked_page_is_passed_by_no_bulk_action(page: BasePage, action: str) -> None:
    client = client_of(person("county-publisher", "12"))
    other = Page.objects.get(url_path="/lan-sv/skane/annat/")
    page.title = "Ett utkast"
    page.save_revision()
    lock(page, person("county-editor", "12"))
    before = state_of(page)
    client.post(
        f"/admin/bulk/wagtailcore/page/{action}/?id={page.pk}&id={other.pk}",
        {"include_descendants": "", "chooser": str(page_at("lan/skane/").pk)},
    )
    assert Page.objects.filter(pk=page.pk).exists()
    assert state_of(page) == before


def test_her_own_lock_stops_nobody_herself(page: BasePage) -> None:
    publisher = person("county-publisher", "12")
    lock(page, publisher)
    client_of(publisher).post(f"/admin/pages/{page.pk}/unpublish/")
    assert not Page.objects.get(pk=page.pk).live


def test_what_another_has_locked_is_not_approved(page: BasePage) -> None:
    task = start(page, person("county-editor", "12"))
    client = client_of(person("county-publisher", "12"))
    lock(page, task.workflow_state.requested_by)
    before = state_of(page)
    client.post(f"/admin/pages/workflow/action/{page.pk}/approve/{task.pk}/")
    task.refresh_from_db()
    assert task.status == TaskState.STATUS_IN_PROGRESS
    assert state_of(page) == before


def test_the_second_to_approve_is_told_and_changes_nothing(page: BasePage) -> None:
    publisher = person("county-publisher", "12")
    client, task = client_of(publisher), start(page, person("county-editor", "12"))
    address = f"/admin/pages/workflow/action/{page.pk}/approve/{task.pk}/"
    assert client.post(address).status_code == 302
    before = state_of(page)
    for other in (address, address.replace("approve", "reject")):
        response = client.post(other, {"comment": "Nej."})
        assert response.status_code == 403
        assert publisher.username in response.content.decode()
    assert state_of(page) == before
    task.refresh_from_db()
    assert (task.status, task.comment) == (TaskState.STATUS_APPROVED, "")


def test_a_task_s_number_of_before_decides_nothing_new(page: BasePage) -> None:
    editor = person("county-editor", "12")
    client, task = client_of(person("county-publisher", "12")), start(page, editor)
    state = task.workflow_state
    task.reject(user=person("county-publisher", "09"))
    state.refresh_from_db()
    state.resume(user=editor)
    assert client.post(f"/admin/pages/workflow/action/{page.pk}/approve/{task.pk}/").status_code == 403
    state.refresh_from_db()
    assert state.current_task_state.status == TaskState.STATUS_IN_PROGRESS


@pytest.mark.parametrize("publisher", ["12", "09"])
def test_another_page_s_task_is_not_decided_by_this_page_s_address(page: BasePage, publisher: str) -> None:
    """As installed Wagtail asks about the page of the address and decides on the task's."""
    publish(page_at("lan/gotland/"))
    theirs = make_page("lan/gotland/sfi/", model=LocalPage, live=False)
    task = start(theirs, person("county-editor", "09"))
    own = start(page, person("county-editor", "12"))
    client = client_of(person("county-publisher", publisher))
    for address in (f"{page.pk}/approve/{task.pk}/", f"{theirs.pk}/approve/{own.pk}/"):
        assert client.post(f"/admin/pages/workflow/action/{address}").status_code == 403
    for state in (task, own):
        state.refresh_from_db()
        assert state.status == TaskState.STATUS_IN_PROGRESS
    assert not Page.objects.get(pk=theirs.pk).live


def test_two_who_decide_at_once_decide_once(page: BasePage) -> None:
    publisher = person("county-publisher", "12")
    task = start(page, person("county-editor", "12"))
    one, two = TaskState.objects.get(pk=task.pk), TaskState.objects.get(pk=task.pk)
    moderation = task.task.specific
    moderation.on_action(one, publisher, "approve")
    with pytest.raises(PermissionDenied):
        moderation.on_action(two, publisher, "reject", comment="Nej.")
    task.refresh_from_db()
    assert task.status == TaskState.STATUS_APPROVED
