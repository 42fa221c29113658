"""The roles and the native permissions that they come down to."""

from __future__ import annotations

from io import StringIO
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from wagtail.models import GroupPagePermission, Page

from cms.access.models import RoleAssignment
from cms.access.roles import ROLES, Needs
from cms.access.sync import drift, sync
from pages.models import BasePage, LocalPage, ThemePage
from tests.factories import again, make_home, make_page, page_at, publish

pytestmark = pytest.mark.django_db


def person(role: str, county: str | None = None, language: str = "") -> Any:
    """The user with this one role, synchronised; made when first asked for."""
    email = f"{role}-{county or ''}-{language}@example.org"
    existing = get_user_model().objects.filter(email=email).first()
    if existing is not None:
        return existing
    user = get_user_model().objects.create_user(email, email, "a long password")
    assignment = RoleAssignment(user=user, role=role, county_id=county, language=language)
    assignment.full_clean()
    assignment.save()
    sync()
    return get_user_model().objects.get(pk=user.pk)


def may(user: Any, page: BasePage) -> set[str]:
    """What the user may do with the page."""
    tester = page.permissions_for_user(user)
    found = {
        "edit": tester.can_edit(),
        "add": tester.can_add_subpage(),
        "publish": tester.can_publish(),
        "delete": tester.can_delete(),
        "move": tester.can_move(),
        "unpublish": tester.can_unpublish(),
    }
    return {action for action, allowed in found.items() if allowed}


@pytest.fixture(scope="module")
def made(shared_database: None) -> dict[str, BasePage]:
    make_home()
    make_home("ar")
    publish(page_at("lan/skane/"))
    publish(page_at("lan/gotland/"))
    return {
        "national": make_page("att-bo/", model=ThemePage),
        "national-ar": make_page("att-bo/", "ar", ThemePage),
        "home": page_at(""),
        "skane": page_at("lan/skane/"),
        "sfi-skane": make_page("lan/skane/sfi/", model=LocalPage),
        "sfi-gotland": make_page("lan/gotland/sfi/", model=LocalPage),
    }


@pytest.fixture
def pages(made: dict[str, BasePage]) -> dict[str, BasePage]:
    return again(made)


EVERYTHING = {"edit", "add", "publish", "delete", "move", "unpublish"}


@pytest.mark.parametrize(
    ("role", "county", "language", "allowed"),
    [
        ("site-administrator", None, "", {}),
        ("analyst", None, "", {}),
        ("national-editor", None, "", {"national": {"edit", "add"}, "home": {"edit", "add"}}),
        (
            "national-publisher",
            None,
            "",
            {"national": EVERYTHING, "home": {"edit", "add", "publish"}},
        ),
        ("county-editor", "12", "", {"skane": {"edit", "add"}, "sfi-skane": {"edit", "add"}}),
        (
            "county-publisher",
            "12",
            "",
            {"skane": {"edit", "add", "publish"}, "sfi-skane": EVERYTHING},
        ),
        ("county-publisher", "09", "", {"sfi-gotland": EVERYTHING}),
        ("translator", None, "ar", {"national-ar": {"edit"}}),
        ("reviewer", None, "ar", {"national-ar": {"edit", "publish", "unpublish"}}),
        ("translator", None, "ti", {}),
        ("translator", "12", "ar", {}),
    ],
)
def test_each_role_holds_in_its_scope_and_nowhere_else(
    pages: dict[str, BasePage], role: str, county: str | None, language: str, allowed: dict[str, set[str]]
) -> None:
    user = person(role, county, language)
    found = {name: may(user, page) for name, page in pages.items()}
    assert {name: actions for name, actions in found.items() if actions} == allowed


def test_nobody_deletes_or_moves_what_the_trees_hang_on(pages: dict[str, BasePage]) -> None:
    root = get_user_model().objects.create_superuser("root@example.org", password="a long password")
    for name in ("home", "skane"):
        assert not {"delete", "move"} & may(root, pages[name])


def test_sync_twice_changes_nothing(pages: dict[str, BasePage]) -> None:
    person("county-editor", "12")
    person("translator", language="ar")
    assert not drift()
    assert not sync()


def test_a_right_given_by_hand_is_drift_and_is_taken_back(pages: dict[str, BasePage]) -> None:
    person("county-editor", "12")
    group = Group.objects.get(name="county-editor 12")
    GroupPagePermission.objects.create(
        group=group, page=Page.objects.get(depth=1), permission=Permission.objects.get(codename="publish_page")
    )
    out = StringIO()
    with pytest.raises(CommandError, match="0 missing, 1 surplus"):
        call_command("sync_roles", "--check", stdout=out)
    assert "surplus: county-editor 12: publish_page on page 1" in out.getvalue()
    call_command("sync_roles", stdout=StringIO())
    call_command("sync_roles", "--check", stdout=StringIO())
    assert not GroupPagePermission.objects.filter(group=group, permission__codename="publish_page").exists()


def test_a_member_added_by_hand_is_taken_out(pages: dict[str, BasePage]) -> None:
    person("county-publisher", "12")
    stranger = get_user_model().objects.create_user("stranger@example.org", password="a long password")
    stranger.groups.add(Group.objects.get(name="county-publisher 12"))
    sync()
    assert not stranger.groups.exists()


def test_an_ended_assignment_gives_nothing(pages: dict[str, BasePage]) -> None:
    user = person("county-editor", "12")
    RoleAssignment.objects.filter(user=user).update(ends_on="2020-01-01")
    sync()
    user = get_user_model().objects.get(pk=user.pk)
    assert not may(user, pages["sfi-skane"])
    assert not user.has_perm("wagtailadmin.access_admin")


@pytest.mark.parametrize("role", ROLES, ids=lambda role: role.key)
def test_an_assignment_names_what_its_role_needs(role: Any) -> None:
    user = get_user_model().objects.create_user("x@example.org", password="a long password")
    wrong = {
        Needs.COUNTY: {"language": "ar"},
        Needs.LANGUAGE: {"county_id": "12"},
        Needs.NOTHING: {"county_id": "12"},
    }[role.needs]
    with pytest.raises(ValidationError):
        RoleAssignment(user=user, role=role.key, **wrong).full_clean()


def test_stock_groups_with_rights_on_the_whole_tree_are_gone() -> None:
    assert not Group.objects.filter(name__in=["Editors", "Moderators"]).exists()
    assert not GroupPagePermission.objects.filter(page__depth=1).exists()
