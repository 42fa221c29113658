"""What somebody gave by hand gives nothing, and is shown."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from wagtail.models import GroupPagePermission, Page

from cms.access.sync import drift
from pages.models import BasePage, LocalPage
from tests.access.test_adversary import client_of, text_of
from tests.access.test_sync import may, person
from tests.factories import make_home, make_page, page_at, publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft() -> BasePage:
    make_home()
    publish(page_at("lan/skane/"))
    publish(page_at("lan/gotland/"))
    return make_page("lan/gotland/hemligt/", model=LocalPage, live=False, title="Gotlands hemlighet")


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
