"""What somebody gave by hand gives nothing, and is shown."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.utils import timezone
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Task,
    TaskState,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from cms.access.sync import drift, sync
from pages.models import BasePage, LocalPage
from tests.access.test_adversary import client_of, text_of
from tests.access.test_sync import may, person
from tests.factories import again, make_home, make_page, page_at, publish

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def made(shared_database: None) -> BasePage:
    make_home()
    publish(page_at("lan/skane/"))
    publish(page_at("lan/gotland/"))
    return make_page("lan/gotland/hemligt/", model=LocalPage, live=False, title="Gotlands hemlighet")


@pytest.fixture
def draft(made: BasePage) -> BasePage:
    return again(made)


def _again(user: Any) -> Any:
    return get_user_model().objects.get(pk=user.pk)


def test_a_group_given_by_hand_opens_nothing_and_is_taken_at_the_next_request(draft: BasePage) -> None:
    person("county-publisher", "09")
    user = person("county-editor", "12")
    gotland = Group.objects.get(name="county-publisher 09")
    user.groups.add(gotland)
    assert drift().surplus
    assert may(_again(user), draft) == set()
    client = client_of(user)
    assert "Gotlands hemlighet" not in text_of(client.get(f"/admin/pages/{draft.get_parent().pk}/"))
    assert client.get(f"/admin/pages/{draft.pk}/edit/").status_code == 403
    assert not _again(user).groups.filter(pk=gotland.pk).exists()
    assert not drift()


def test_a_page_permission_given_by_hand_opens_nothing_and_is_shown(draft: BasePage) -> None:
    user = person("county-editor", "12")
    group = Group.objects.get(name="county-editor 12")
    change = Permission.objects.get(codename="publish_page", content_type__model="page")
    GroupPagePermission.objects.create(group=group, page=Page.objects.get(pk=draft.pk), permission=change)
    assert may(_again(user), draft) == set()
    assert client_of(user).get(f"/admin/pages/{draft.pk}/edit/").status_code == 403
    administrator = client_of(person("site-administrator"))
    GroupPagePermission.objects.get_or_create(group=group, page=Page.objects.get(pk=draft.pk), permission=change)
    assert f"publish_page on page {draft.pk}" in text_of(administrator.get("/admin/"))
    assert "publish_page" not in text_of(client_of(user).get("/admin/"))


def test_a_group_of_another_name_opens_nothing(draft: BasePage) -> None:
    user = person("county-editor", "12")
    group = Group.objects.create(name="helpers")
    for codename in ("change_page", "publish_page", "add_page"):
        permission = Permission.objects.get(codename=codename, content_type__model="page")
        GroupPagePermission.objects.create(group=group, page=Page.get_first_root_node(), permission=permission)
    user.groups.add(group)
    assert may(_again(user), draft) == set()
    client = client_of(user)
    parent = draft.get_parent().pk
    for address in (f"pages/{parent}/", f"pages/{draft.pk}/edit/", "pages/search/?q=hemlighet", "choose-page/"):
        assert "Gotlands hemlighet" not in text_of(client.get(f"/admin/{address}", follow=True)), address


def test_a_role_that_ended_is_out_at_the_next_request(draft: BasePage) -> None:
    user = person("county-publisher", "09")
    client = client_of(user)
    assert client.get(f"/admin/pages/{draft.pk}/edit/").status_code == 200
    user.role_assignments.update(ends_on="2020-01-01")
    response = client.get(f"/admin/pages/{draft.pk}/edit/")
    assert response.status_code in (302, 403)
    assert "Gotlands hemlighet" not in text_of(response)
    assert client.get("/admin/").headers["Location"].startswith("/accounts/login/")


def test_a_page_permission_of_the_own_role_elsewhere_shows_nothing(draft: BasePage) -> None:
    user = person("county-editor", "12")
    group = Group.objects.get(name="county-editor 12")
    change = Permission.objects.get(codename="change_page", content_type__model="page")
    GroupPagePermission.objects.create(group=group, page=Page.objects.get(pk=draft.get_parent().pk), permission=change)
    client = client_of(user)
    for address in (f"pages/{draft.get_parent().pk}/", "pages/search/?q=hemlighet", "overview/?where=gotland"):
        assert "Gotlands hemlighet" not in text_of(client.get(f"/admin/{address}", follow=True)), address


def test_a_collection_permission_of_another_group_shows_nothing_and_is_drift(draft: BasePage) -> None:
    gotland = Collection.objects.get(name="Gotland")
    get_image_model().objects.create(title="Gotlands bild", file=get_test_image_file(), collection=gotland)
    user = person("county-editor", "12")
    group = Group.objects.create(name="photographers")
    choose = Permission.objects.get(codename="choose_image")
    GroupCollectionPermission.objects.create(group=group, collection=gotland, permission=choose)
    user.groups.add(group)
    user.user_permissions.add(Permission.objects.get(codename="publish_page"))
    assert {grant.kind for grant in drift().surplus} == {"collection", "account"}
    client = client_of(user)
    for address in ("images/chooser/results/", "images/"):
        assert "Gotlands bild" not in text_of(client.get(f"/admin/{address}")), address
    sync()
    assert not drift()
    assert not GroupCollectionPermission.objects.filter(group=group).exists()
    assert not _again(user).user_permissions.exists()


def test_who_moved_to_another_county_sees_the_old_one_s_drafts_no_more(draft: BasePage) -> None:
    user = person("county-editor", "09")
    client = client_of(user)
    Page.objects.filter(pk=draft.pk).update(locked=True, locked_by=user, locked_at=timezone.now(), owner=user)
    revision = draft.save_revision(user=user, log_action=True)
    assert revision.user == user
    workflow = draft.get_workflow()
    assert workflow is not None
    workflow.start(draft, user)
    assert "Gotlands hemlighet" in text_of(client.get("/admin/"))
    user.role_assignments.update(county_id="12")
    sync()
    response = client.get("/admin/")
    assert response.status_code == 200
    assert "Gotlands hemlighet" not in text_of(response)


def test_moderation_by_groups_of_an_earlier_release_goes_over_to_the_one_task(draft: BasePage) -> None:
    publisher, editor = person("county-publisher", "09"), person("county-editor", "09")
    WorkflowPage.objects.all().delete()
    group = Group.objects.get(name="county-publisher 09")
    task = GroupApprovalTask.objects.create(name="Länspublicerare Gotland", active=True)
    task.groups.set([group])
    old = Workflow.objects.create(name="Länspublicerare Gotland", active=True)
    WorkflowTask.objects.create(workflow=old, task=task.task_ptr)
    WorkflowPage.objects.create(page=Page.objects.get(pk=draft.get_parent().pk), workflow=old)
    state = old.start(draft, editor)
    sync()
    assert list(Task.objects.filter(active=True).values_list("content_type__model", flat=True)) == ["moderationtask"]
    assert Workflow.objects.filter(active=True).count() == 1
    current = TaskState.objects.get(pk=state.current_task_state_id)
    address = f"/admin/pages/workflow/action/{draft.pk}/approve/{current.pk}/"
    client_of(publisher).post(address, {"comment": ""})
    draft.refresh_from_db()
    assert draft.live
