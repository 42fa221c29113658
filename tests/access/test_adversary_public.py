"""The adversary's list: drafts, private and expired pages through the public's addresses, and forged hosts."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.core import mail
from django.test import Client, override_settings
from django.utils import timezone
from wagtail.models import PageViewRestriction, Revision

from pages.models import LocalPage
from search.building import rebuild
from tests.access.attacks import SECRET, Ground, client_of, form, ground, text_of
from tests.access.test_sync import person
from tests.factories import again, make_page, publish

pytestmark = pytest.mark.django_db

ADDRESSES = (
    "/sv/lan/gotland/{slug}/",
    "/ar/lan/gotland/{slug}/",
    "/sv/lan/gotland/",
    "/ar/lan/gotland/",
    "/sv/lan/gotland/sfi/",
    "/sv/",
    "/sv/lan/",
    "/sitemap.xml",
    f"/sv/search/?q={SECRET}",
    f"/ar/search/?q={SECRET}",
    f"/api/v1/search?q={SECRET}&language=sv",
    f"/api/v1/suggest?q={SECRET}&language=sv",
    "/api/v1/places?q=gotland&language=sv",
    "/api/v1/pages?language=sv",
    "/api/v1/pages/lan/gotland/{slug}/?language=sv",
    "/language/ar/lan/gotland/{slug}/",
    "/robots.txt",
)
QUERIES = ("", "?preview=1", "?preview=true&in_preview=1", "?mode=preview", "?revision={revision}", "?draft=1")


def _seen(client: Client, revision: int | None) -> dict[str, str]:
    seen = {}
    for address in ADDRESSES:
        for query in QUERIES if "?" not in address else ("",):
            asked = (address + query).format(slug=SECRET, revision=revision)
            # Two times: what the first put into the cache is the second's answer.
            for _time in range(2):
                answer = client.get(asked)
            # What was asked for is said again, in the search's field and in "not found".
            seen[asked] = text_of(answer).replace(f'value="{SECRET}"', "")
    return seen


@pytest.fixture(scope="module")
def made(shared_database: None) -> Ground:
    return ground()


@pytest.fixture
def site(made: Ground) -> Ground:
    return again(made)


@pytest.mark.parametrize("who", ["the public", "another county's publisher"])
@pytest.mark.parametrize("how", ["draft", "private", "below a private one", "expired", "to come"])
def test_what_is_not_public_is_at_no_public_address(site: Ground, who: str, how: str) -> None:
    if how != "draft":
        publish(site.draft)
    if how == "private":
        PageViewRestriction.objects.create(page=site.draft, restriction_type="password", password="x")
    if how == "below a private one":
        PageViewRestriction.objects.create(page=site.live, restriction_type="login")
        site.draft.move(site.live, pos="last-child")
        site.draft.refresh_from_db()
    if how == "expired":
        publish(site.draft, expire_at=timezone.now() - datetime.timedelta(hours=1))
    if how == "to come":
        site.draft.unpublish()
        site.draft.go_live_at = timezone.now() + datetime.timedelta(hours=1)
        site.draft.save_revision().publish()
    for code in ("sv", "ar"):
        rebuild(code)
    client = Client() if who == "the public" else client_of(person("county-publisher", "12"))
    for asked, shown in _seen(client, site.draft.latest_revision_id).items():
        if not (how == "below a private one" and who != "the public"):
            assert f"Gotlands {SECRET}" not in shown, asked
            assert f"Text med {SECRET}" not in shown, asked


def test_an_editor_s_view_is_not_kept_for_the_public(site: Ground) -> None:
    editor = client_of(person("county-publisher", "09"))
    assert SECRET in text_of(editor.get(f"/admin/pages/{site.draft.pk}/view_draft/"))
    editor.post(f"/admin/pages/{site.live.pk}/edit/preview/", form(site.live, title=f"Nästa {SECRET}"))
    assert SECRET in text_of(editor.get(f"/admin/pages/{site.live.pk}/edit/preview/"))
    PageViewRestriction.objects.create(page=site.own, restriction_type="login")
    address = f"/sv/{site.own.reading_path}"
    shown = editor.get(address)
    assert "SFI i Skåne" in text_of(shown)
    assert "no-store" in shown.headers["Cache-Control"]
    for shut in (address, f"/sv/{site.live.reading_path}", f"/sv/{site.draft.reading_path}"):
        answer = Client().get(shut)
        assert SECRET not in text_of(answer).replace(f"lan/gotland/{SECRET}/", ""), shut
        assert "Text of lan/skane/sfi/" not in text_of(answer), shut


def test_a_page_that_becomes_private_leaves_the_cache(site: Ground) -> None:
    address = f"/sv/{site.own.reading_path}"
    assert Client().get(address).status_code == 200
    PageViewRestriction.objects.create(page=site.own, restriction_type="password", password="x")
    answer = Client().get(address)
    assert "Text of lan/skane/sfi/" not in text_of(answer)


@pytest.mark.parametrize("hostile", ["https://evil.example/x", "//evil.example/x", "javascript:alert(1)"])
def test_the_private_page_s_form_leads_to_no_other_site(site: Ground, hostile: str) -> None:
    found = PageViewRestriction.objects.create(page=site.own, restriction_type="password", password="x")
    values = {"password": "x", "return_url": hostile}
    answer = Client().post(f"/sv/_util/authenticate_with_password/{found.pk}/{site.own.pk}/", values)
    assert not answer.headers.get("Location", "").startswith(hostile[:8])
    wrong = Client().post(
        f"/sv/_util/authenticate_with_password/{found.pk}/{site.own.pk}/", values | {"password": "no"}
    )
    assert f'action="{hostile}' not in text_of(wrong)


EVIL = "evil.example"


def test_a_forged_host_gets_into_no_page_and_no_mail(site: Ground, settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    user = person("county-editor", "12")
    client = Client(HTTP_HOST=EVIL)
    for address in (
        "/sv/",
        f"/sv/{site.own.reading_path}",
        "/sitemap.xml",
        "/robots.txt",
        "/sv/search/?q=sfi",
        "/sv/x/",
    ):
        assert EVIL not in text_of(client.get(address)), address
        assert EVIL not in text_of(Client().get(address)), address
    for address in ("/accounts/password/reset/", "/accounts/login/"):
        client.post(address, {"email": user.email, "login": user.email, "password": "x"})
    signed_in = Client(HTTP_HOST=EVIL)
    signed_in.force_login(user)
    values = form(site.own, title="Ny", **{"action-submit": "1"})
    person("county-publisher", "12")
    signed_in.post(f"/admin/pages/{site.own.pk}/edit/", values)
    for sent in mail.outbox:
        assert EVIL not in sent.body, sent.subject
        assert EVIL not in str(getattr(sent, "alternatives", "")), sent.subject


def test_a_forged_forwarded_host_is_not_believed(site: Ground) -> None:
    for name in ("HTTP_X_FORWARDED_HOST", "HTTP_FORWARDED", "HTTP_X_ORIGINAL_URL", "HTTP_X_REWRITE_URL"):
        client = Client()
        client.defaults[name] = EVIL
        for address in ("/sv/", f"/sv/{site.own.reading_path}", "/sitemap.xml"):
            assert EVIL not in text_of(client.get(address)), (name, address)


@override_settings(ALLOWED_HOSTS=["vagvisare.example"])
def test_a_host_that_is_not_ours_is_refused() -> None:
    assert Client(HTTP_HOST=EVIL).get("/sv/").status_code == 400
    assert Client(HTTP_HOST=EVIL).post("/accounts/password/reset/", {"email": "x@example.org"}).status_code == 400


def test_a_revision_s_number_opens_nothing_to_the_public(site: Ground) -> None:
    revision = Revision.objects.for_instance(site.draft).latest("pk")
    make_page("lan/gotland/annat/", model=LocalPage)
    for address in (
        f"/admin/pages/{site.draft.pk}/view_draft/",
        f"/admin/pages/{site.draft.pk}/revisions/{revision.pk}/view/",
        f"/admin/pages/{site.draft.pk}/edit/preview/",
        f"/admin/api/main/pages/{site.draft.pk}/",
    ):
        answer = Client().get(address)
        assert answer.status_code in (302, 401, 403), address
        assert SECRET not in text_of(answer), address
