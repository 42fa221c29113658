"""The adversary's list: what somebody tries with the pages of another county."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.utils import timezone
from wagtail.models import Page, Revision

from pages.models import LocalPage
from tests.access.attacks import SECRET, Ground, client_of, form, ground, state, text_of
from tests.access.test_sync import person
from tests.factories import again, make_page

pytestmark = pytest.mark.django_db

HOSTILE = ("https://evil.example/x", "//evil.example/x", "javascript:alert(1)", "/\\evil.example", "https:evil.example")


@pytest.fixture(scope="module")
def made(shared_database: None) -> Ground:
    return ground()


@pytest.fixture
def site(made: Ground) -> Ground:
    return again(made)


@pytest.fixture
def publisher(site: Ground) -> Any:
    return person("county-publisher", "12")


@pytest.mark.parametrize("action", ["publish", "unpublish", "delete", "move"])
def test_a_bulk_action_with_another_county_s_pages_changes_nothing(site: Ground, publisher: Any, action: str) -> None:
    before = state()
    client = client_of(publisher)
    own, other, draft = site.own.pk, site.live.pk, site.draft.pk
    for query in (
        f"id={own}&id={other}",
        f"id={other}&id={own}",
        f"id={own}&id={draft}&id={own}",
        f"id=all&childOf={site.gotland.pk}",
        f"id=all&childOf={site.skane.pk}&childOf={site.gotland.pk}",
        f"id=all&childOf={site.gotland.pk}&childOf={site.skane.pk}",
        f"id=all&childOf={Page.get_first_root_node().pk}",
        "id=all&childOf=",
        "id=all&childOf=x",
        f"id=all&q={SECRET}",
        f"id=all&childOf={site.skane.pk}&q={SECRET}",
        f"id=all&id={own}",
        f"id={other}&id=x",
        f"id={own}&id=x",
        f"id={own}&id=%20{draft}",
        f"id={own}&id=%2B{draft}",
        "id=x",
        "id=",
        "",
        "id=-1",
        "id=99999999999999999999999",
        "id=²",
    ):
        address = f"/admin/bulk/wagtailcore/page/{action}/?{query}"
        for response in (client.get(address), client.post(address, {"chooser": site.own.pk})):
            assert response.status_code in (302, 400, 403, 404), (query, response.status_code)
            assert SECRET not in text_of(response), query
        assert state() == before, query


def test_duplicates_in_a_bulk_action_count_once(site: Ground, publisher: Any) -> None:
    below = site.own_below.pk
    client_of(publisher).post(f"/admin/bulk/wagtailcore/page/unpublish/?id={below}&id={below}")
    assert not Page.objects.get(pk=below).live


def test_no_page_moves_across_a_county_s_border(site: Ground, publisher: Any) -> None:
    before = state()
    client = client_of(publisher)
    foreign = (site.gotland.pk, site.live.pk, site.draft.pk)
    for target in foreign:
        for address, values in (
            (f"pages/{site.own_below.pk}/move/", {"new_parent_page": target}),
            (f"pages/{site.own_below.pk}/move/{target}/confirm/", {}),
            (f"pages/{target}/move/{site.own.pk}/confirm/", {}),
            (f"pages/{target}/move/", {"new_parent_page": site.own.pk}),
            (f"bulk/wagtailcore/page/move/?id={site.own_below.pk}", {"chooser": target}),
            (f"pages/{target}/set_position/?position=0", {}),
            (f"pages/{target}/set_position/", {"position": 0}),
            (f"api/main/pages/{site.own_below.pk}/action/move/", {"destination_page_id": target}),
        ):
            response = client.post(f"/admin/{address}", values, follow=True)
            assert SECRET not in text_of(response), address
            assert state() == before, address
            assert SECRET not in text_of(client.get(f"/admin/{address}", values)), address


@pytest.mark.parametrize("who", ["county-editor", "county-publisher"])
def test_no_copy_crosses_a_county_s_border(site: Ground, who: str) -> None:
    before = state()
    client = client_of(person(who, "12"))
    extra = {"copy_subpages": "on", "publish_copies": "on"}
    for page, target in (
        (site.own, site.gotland),
        (site.own, site.live),
        (site.own, site.draft),
        (site.own_below, site.live),
        (site.live, site.skane),
        (site.draft, site.own),
        (site.gotland, site.skane),
        (site.skane, site.skane),
    ):
        values = {"new_title": "K", "new_slug": "kopia", "new_parent_page": target.pk, **extra}
        for asked in (values, values | {"alias": "on"}, values | {"new_slug": SECRET}):
            response = client.post(f"/admin/pages/{page.pk}/copy/", asked, follow=True)
            assert f"Gotlands {SECRET}" not in text_of(response)
            assert state() == before, (page, target)


def test_an_editor_s_copies_are_drafts_whatever_she_asks_for(site: Ground) -> None:
    values = {"new_title": "K", "new_slug": "kopia", "new_parent_page": site.skane.pk}
    client = client_of(person("county-editor", "12"))
    client.post(f"/admin/pages/{site.own.pk}/copy/", values | {"copy_subpages": "on", "publish_copies": "on"})
    copies = Page.objects.filter(url_path__startswith="/lan-sv/skane/kopia/")
    assert copies.count() == 2
    assert not copies.filter(live=True).exists()


@pytest.mark.parametrize("hostile", HOSTILE)
def test_no_view_leads_to_another_site(site: Ground, publisher: Any, hostile: str) -> None:
    client = client_of(publisher)
    pk, below = site.own.pk, site.own_below.pk
    draft = make_page("lan/skane/x/", model=LocalPage, live=False)
    for address, values in (
        (f"pages/{pk}/unpublish/", {}),
        (f"pages/{pk}/lock/", {}),
        (f"pages/{pk}/unlock/", {}),
        (f"pages/{below}/edit/", form(site.own_below)),
        (f"pages/{below}/copy/", {"new_title": "K", "new_slug": "k", "new_parent_page": site.skane.pk}),
        (f"pages/{pk}/move/{site.own.pk}/confirm/", {}),
        (f"pages/{pk}/privacy/", {"restriction_type": "none"}),
        (f"bulk/wagtailcore/page/unpublish/?id={below}", {}),
        (f"bulk/wagtailcore/page/publish/?id={draft.pk}", {}),
        (f"bulk/wagtailcore/page/delete/?id={draft.pk}", {}),
        (f"pages/add/pages/localpage/{site.own.pk}/", form(site.own, slug="ny")),
        (f"pages/{below}/delete/", {}),
        ("account/", {}),
        ("login/", {"username": "x", "password": "y"}),
    ):
        sign = "&" if "?" in address else "?"
        names = ("next", "return_url", "redirect_to")
        query = "&".join(f"{name}={hostile}" for name in names)
        for answer in (
            client.get(f"/admin/{address}{sign}{query}"),
            client.post(f"/admin/{address}{sign}{query}", values | dict.fromkeys(names, hostile)),
        ):
            assert not answer.headers.get("Location", "").startswith(hostile[:8]), address
            for attribute in ("href", "action", "value"):
                assert f'{attribute}="{hostile}' not in text_of(answer), (address, attribute)


@pytest.mark.parametrize("whose", ["draft", "live"])
def test_a_revision_of_another_page_is_not_there(site: Ground, publisher: Any, whose: str) -> None:
    foreign = Revision.objects.for_instance(getattr(site, whose)).latest("pk")
    Revision.objects.filter(pk=foreign.pk).update(approved_go_live_at=timezone.now() + datetime.timedelta(days=3))
    before = state()
    client = client_of(publisher)
    own = site.own.pk
    for address in (
        f"pages/{own}/revisions/{foreign.pk}/view/",
        f"pages/{own}/revisions/{foreign.pk}/revert/",
        f"pages/{own}/revisions/compare/{foreign.pk}...latest/",
        f"pages/{own}/revisions/compare/earliest...{foreign.pk}/",
        f"pages/{own}/revisions/compare/live...{foreign.pk}/",
        f"pages/{own}/revisions/{foreign.pk}/unschedule/",
    ):
        for answer in (client.get(f"/admin/{address}"), client.post(f"/admin/{address}", form(site.own))):
            assert SECRET not in text_of(answer), address
    client.post(f"/admin/pages/{own}/edit/", form(site.own, revision=foreign.pk, revision_id=foreign.pk))
    foreign.refresh_from_db()
    assert foreign.approved_go_live_at
    assert [row for row in state() if row[0] != own] == [row for row in before if row[0] != own]
    assert SECRET not in str(Revision.objects.for_instance(site.own).latest("pk").content)
