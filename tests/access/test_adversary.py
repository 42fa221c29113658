"""Doors that somebody tried: those that were open once, and those that hold."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.test import Client
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Collection, Page

from pages.models import BasePage, LocalPage, ThemePage
from tests.access.test_sync import person
from tests.factories import again, make_home, make_page, page_at, publish

pytestmark = pytest.mark.django_db

SECRET = "Gotlands hemlighet"
EVERYBODY = [
    ("site-administrator", None, ""),
    ("national-editor", None, ""),
    ("national-publisher", None, ""),
    ("county-editor", "12", ""),
    ("county-publisher", "12", ""),
    ("translator", None, "ar"),
    ("translator", "12", "ar"),
    ("reviewer", None, "ar"),
    ("analyst", None, ""),
]
everybody = pytest.mark.parametrize(("role", "county", "language"), EVERYBODY, ids=lambda value: str(value or "-"))


def client_of(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def text_of(response: Any) -> str:
    body = b"".join(response.streaming_content) if response.streaming else response.content
    return body.decode("utf-8", "replace")


@pytest.fixture(scope="module")
def made(shared_database: None) -> BasePage:
    """A draft in Gotland, with pages around it."""
    make_home()
    make_home("ar")
    publish(page_at("lan/skane/"))
    publish(page_at("lan/gotland/"))
    make_page("lan/skane/sfi/", model=LocalPage, title="SFI i Skåne")
    return make_page("lan/gotland/hemligt/", model=LocalPage, live=False, title=SECRET)


@pytest.fixture
def draft(made: BasePage) -> BasePage:
    return again(made)


@everybody
def test_another_county_s_draft_is_named_nowhere(draft: BasePage, role: str, county: Any, language: str) -> None:
    client = client_of(person(role, county, language))
    home, revision = page_at("").pk, draft.latest_revision_id
    for address in (
        f"choose-page/{draft.pk}/",
        f"choose-page/{draft.get_parent().pk}/",
        "choose-page/search/?q=hemlighet",
        f"choose-page/chosen-multiple/?id={draft.pk}",
        f"pages/{draft.pk}/move/{home}/confirm/",
        f"pages/{draft.pk}/move/",
        f"pages/{draft.pk}/copy/",
        f"pages/{draft.pk}/history/",
        f"pages/{draft.pk}/usage/",
        f"pages/{draft.pk}/view_draft/",
        f"pages/{draft.pk}/revisions/{revision}/view/",
        f"pages/{draft.pk}/revisions/{revision}/revert/",
        f"pages/{draft.pk}/revisions/compare/earliest...{revision}/",
        f"pages/{draft.pk}/privacy/",
        f"pages/{draft.get_parent().pk}/",
        "pages/",
        "pages/search/?q=hemlighet",
        "api/main/pages/",
        f"api/main/pages/{draft.pk}/",
        f"api/main/pages/?child_of={draft.get_parent().pk}",
        "reports/site-history/",
        "reports/aging-pages/",
        "reports/page-types-usage/",
        "reports/locked/",
        "reports/workflow/",
        "overview/?where=gotland",
        *(f"bulk/wagtailcore/page/{action}/?id={draft.pk}" for action in ("publish", "unpublish", "delete", "move")),
        f"bulk/wagtailcore/page/publish/?id=all&childOf={draft.get_parent().pk}",
        "bulk/wagtailcore/page/publish/?id=all",
    ):
        assert SECRET not in text_of(client.get(f"/admin/{address}", follow=True)), address


@everybody
def test_another_county_s_files_are_named_nowhere(draft: BasePage, role: str, county: Any, language: str) -> None:
    gotland = Collection.objects.get(name="Gotland")
    image = get_image_model().objects.create(title=SECRET, file=get_test_image_file(), collection=gotland)
    document = get_document_model()(title=SECRET, collection=gotland)
    document.file.save("a.txt", ContentFile("text"))
    document.save()
    client = client_of(person(role, county, language))
    for address in (
        "images/",
        f"images/{image.pk}/",
        f"images/usage/{image.pk}/",
        "images/chooser/results/",
        f"images/chooser/{image.pk}/",
        "documents/",
        f"documents/edit/{document.pk}/",
        "documents/chooser/results/",
        f"documents/chooser/{document.pk}/",
        "api/main/images/",
        f"api/main/images/{image.pk}/",
        "api/main/documents/",
        f"api/main/documents/{document.pk}/",
    ):
        assert SECRET not in text_of(client.get(f"/admin/{address}")), address


@everybody
@pytest.mark.parametrize("action", ["publish", "unpublish", "delete", "move"])
def test_a_bulk_action_does_nothing_in_another_county(
    draft: BasePage, action: str, role: str, county: Any, language: str
) -> None:
    live = make_page("lan/gotland/sfi/", model=LocalPage)
    before = list(Page.objects.order_by("pk").values_list("pk", "path", "live", "url_path"))
    own = Page.objects.get(url_path="/lan-sv/skane/")
    client = client_of(person(role, county, language))
    client.post(f"/admin/bulk/wagtailcore/page/{action}/?id={draft.pk}&id={live.pk}", {"chooser": own.pk})
    assert list(Page.objects.order_by("pk").values_list("pk", "path", "live", "url_path")) == before


@pytest.mark.parametrize(
    ("role", "county", "language", "path", "code"),
    [
        ("county-publisher", "12", "", "lan/skane/", "sv"),
        ("national-publisher", None, "", "", "sv"),
        ("reviewer", None, "ar", "", "ar"),
    ],
)
def test_what_the_trees_hang_on_stays_through_every_door(
    role: str, county: Any, language: str, path: str, code: str
) -> None:
    make_home()
    make_home("ar")
    publish(page_at("lan/skane/"))
    publish(page_at("lan/gotland/"))
    page = page_at(path, code)
    other = page_at("lan/gotland/")
    before = list(Page.objects.order_by("pk").values_list("pk", "path", "url_path"))
    client = client_of(person(role, county, language))
    for address, values in (
        (f"bulk/wagtailcore/page/delete/?id={page.pk}", {}),
        (f"bulk/wagtailcore/page/move/?id={page.pk}", {"chooser": other.pk}),
        (f"pages/{page.pk}/delete/", {}),
        (f"pages/{page.pk}/move/{other.pk}/confirm/", {}),
        (f"pages/{page.pk}/copy/", {"new_title": "x", "new_slug": "x", "new_parent_page": page.get_parent().pk}),
        (f"pages/{page.pk}/privacy/", {"restriction_type": "login"}),
        (f"api/main/pages/{page.pk}/action/delete/", {}),
        (f"api/main/pages/{page.pk}/action/copy/", {}),
        (f"api/main/pages/{page.pk}/action/create_alias/", {}),
        (f"api/main/pages/{page.pk}/action/move/", {"destination_page_id": other.pk}),
    ):
        client.post(f"/admin/{address}", values)
        assert list(Page.objects.order_by("pk").values_list("pk", "path", "url_path")) == before, address
        assert not page.get_view_restrictions(), address


ACTIONS = ("publish", "unpublish", "delete", "move", "copy", "create_alias", "convert_alias", "copy_for_translation")


@everybody
@pytest.mark.parametrize("action", ACTIONS)
def test_the_admin_s_api_changes_nothing(draft: BasePage, action: str, role: str, county: Any, language: str) -> None:
    own = page_at("lan/skane/sfi/")
    before = list(Page.objects.order_by("pk").values_list("pk", "path", "live"))
    client = client_of(person(role, county, language))
    for page in (draft, own):
        client.post(
            f"/admin/api/main/pages/{page.pk}/action/{action}/",
            {"destination_page_id": own.pk, "locale": "ar", "copy_parents": "1", "recursive": "1"},
        )
    assert list(Page.objects.order_by("pk").values_list("pk", "path", "live")) == before


def _user_form(user: Any, **values: Any) -> dict[str, Any]:
    return {
        "username": user.username,
        "email": user.username,
        "first_name": "A",
        "last_name": "B",
        "is_active": "on",
        **values,
    }


def test_the_site_administrator_makes_no_superuser() -> None:
    make_home()
    client = client_of(person("site-administrator"))
    other = get_user_model().objects.create_user("other@example.org", password="a long password")
    client.post(f"/admin/users/edit/{other.pk}/", _user_form(other, is_superuser="on"))
    new = {"password1": "Zx81-spectrum-qq", "password2": "Zx81-spectrum-qq", "is_superuser": "on"}
    client.post("/admin/users/new/", _user_form(get_user_model()(username="new@example.org"), **new))
    assert not get_user_model().objects.filter(is_superuser=True).exists()


def test_the_site_administrator_gives_no_role_by_a_group() -> None:
    """Groups carry what ``sync_roles`` derives; one set by hand would hold until the next time it runs."""
    make_home()
    admin = person("site-administrator")
    person("national-publisher")
    group = Group.objects.get(name="national-publisher")
    before = list(group.user_set.values_list("pk", flat=True))
    client = client_of(admin)
    own = Group.objects.get(name="site-administrator")
    client.post(f"/admin/users/edit/{admin.pk}/", _user_form(admin, groups=[own.pk, group.pk]))
    client.post(f"/admin/bulk/auth/user/assign_role/?id={admin.pk}", {"role": group.pk})
    new = {"password1": "Zx81-spectrum-qq", "password2": "Zx81-spectrum-qq", "groups": [group.pk]}
    client.post("/admin/users/new/", _user_form(get_user_model()(username="new@example.org"), **new))
    assert list(group.user_set.values_list("pk", flat=True)) == before


def test_the_site_administrator_keeps_accounts() -> None:
    make_home()
    client = client_of(person("site-administrator"))
    made = get_user_model().objects.create_user("new@example.org", password="a long password")
    client.post(f"/admin/users/edit/{made.pk}/", _user_form(made, first_name="Alva"))
    made.refresh_from_db()
    assert made.first_name == "Alva"
    other = person("county-editor", "12")
    client.post(
        f"/admin/users/edit/{other.pk}/",
        _user_form(other, first_name="Bo", groups=list(other.groups.values_list("pk", flat=True))),
    )
    other.refresh_from_db()
    assert other.first_name == "Bo"
    assert other.groups.exists()


def test_a_superuser_s_account_is_closed_to_the_site_administrator() -> None:
    make_home()
    root = get_user_model().objects.create_superuser("root@example.org", password="a long password")
    client = client_of(person("site-administrator"))
    words = {"password1": "Zx81-spectrum-qq", "password2": "Zx81-spectrum-qq"}
    client.post(f"/admin/users/edit/{root.pk}/", _user_form(root, **words))
    client.post(f"/admin/users/delete/{root.pk}/")
    client.post(f"/admin/bulk/auth/user/set_active_state/?id={root.pk}", {"mark_as_active": "False"})
    client.post(f"/admin/bulk/auth/user/delete/?id={root.pk}")
    root.refresh_from_db()
    assert root.check_password("a long password")
    assert root.is_active
    assert root.is_superuser


@pytest.mark.parametrize(
    "address",
    ["groups/", "groups/new/", "sites/", "locales/", "collections/", "workflows/list/", "workflows/tasks/index/"],
)
@everybody
def test_nobody_reaches_what_permissions_are_made_of(role: str, county: Any, language: str, address: str) -> None:
    make_home()
    client = client_of(person(role, county, language))
    assert client.get(f"/admin/{address}").status_code in (302, 403, 404)


def _edit_form(client: Client, page: BasePage, **values: str) -> Any:
    return client.post(
        f"/admin/pages/{page.pk}/edit/",
        {"title": page.title, "slug": page.slug, "body-count": "0", "search_description": "", **values},
    )


@pytest.mark.parametrize("role", ["translator", "reviewer"])
def test_a_translator_changes_no_source(role: str) -> None:
    make_home()
    make_home("ar")
    source = make_page("att-bo/", model=ThemePage)
    client = client_of(person(role, language="ar"))
    assert _edit_form(client, source, title="Ändrad").status_code in (302, 403)
    source.refresh_from_db()
    assert source.latest_revision.as_object().title != "Ändrad"


@pytest.mark.parametrize("role", ["translator", "reviewer"])
def test_who_translates_makes_no_pages(role: str) -> None:
    make_home()
    home = make_home("ar")
    page = make_page("att-bo/", "ar", ThemePage)
    number = Page.objects.count()
    client = client_of(person(role, language="ar"))
    client.post(f"/admin/pages/add/pages/themepage/{home.pk}/", {"title": "x", "slug": "x", "body-count": "0"})
    client.post(f"/admin/pages/{page.pk}/copy/", {"new_title": "x", "new_slug": "x", "new_parent_page": home.pk})
    assert Page.objects.count() == number
