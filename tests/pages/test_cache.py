"""The page cache: what it keeps, and each thing that must empty it."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.images import get_image_model
from wagtail.models import Page, PageViewRestriction, Site

from pages.models import ArticlePage, BasePage, EntrancePage, Publisher, ThemePage
from tests.factories import make_home, make_page, page_at, paragraphs, publish
from tests.html import Document

pytestmark = pytest.mark.django_db
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 5" width="8" height="5"><path d="M0 0h8v5z"/></svg>'


@pytest.fixture(scope="module")
def site(shared_database: None) -> None:
    make_home()
    make_home("ar")
    make_page("att-bo/", model=ThemePage, title="Att bo")
    make_page("att-bo/hyra/", title="Hyra bostad")
    make_page("att-bo/kopa/", title="Köpa bostad")
    make_page("soker-asyl/", model=EntrancePage, title="Jag söker asyl")
    make_page("soker-asyl/ansok/", title="Ansök")


def is_cached(client: Client, address: str) -> bool:
    """Whether the page comes from the cache: that costs one query, for the tags."""
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code in (200, 301, 302, 404)
    return len(captured) == 1


def fill(client: Client, *addresses: str) -> None:
    for address in addresses:
        client.get(address)
        assert is_cached(client, address), address


def test_second_reader_gets_the_same_bytes(client: Client, site: None) -> None:
    first = client.get("/sv/att-bo/hyra/")
    second = client.get("/sv/att-bo/hyra/")
    assert first.content == second.content
    assert second.headers["Content-Type"] == "text/html; charset=utf-8"
    assert second.headers["Content-Language"] == "sv"
    assert second.headers["ETag"] == first.headers["ETag"]
    assert second.headers["Cache-Control"] == "public, max-age=0, must-revalidate"


def test_only_the_encoding_varies_and_no_cookie_is_set(client: Client, site: None) -> None:
    for _attempt in range(2):
        response = client.get("/ar/att-bo/hyra/")
        assert response.headers["Vary"] == "Accept-Encoding"
        assert not response.cookies


def test_unchanged_page_is_answered_with_304(client: Client, site: None) -> None:
    etag = client.get("/sv/att-bo/hyra/").headers["ETag"]
    for _attempt in range(2):
        response = client.get("/sv/att-bo/hyra/", headers={"If-None-Match": etag})
        assert response.status_code == 304
        assert response.content == b""
    publish(page_at("att-bo/hyra/"), title="Hyra en bostad")
    assert client.get("/sv/att-bo/hyra/", headers={"If-None-Match": etag}).status_code == 200


def test_head_has_the_headers_and_no_body(client: Client, site: None) -> None:
    client.get("/sv/att-bo/hyra/")
    response = client.head("/sv/att-bo/hyra/")
    assert response.status_code == 200
    assert response.content == b""


def link_to_hyra(client: Client) -> tuple[str, str] | None:
    """Where the theme's page leads for renting, and how it calls it."""
    for link in Document(client.get("/sv/att-bo/")).soup.select("main a[href]"):
        if link.get_text(strip=True).startswith("Hyra"):
            return str(link["href"]), link.get_text(strip=True)
    return None


def change_title() -> None:
    publish(page_at("att-bo/hyra/"), title="Hyra en bostad")


def unpublish() -> None:
    page_at("att-bo/hyra/").unpublish()


def delete() -> None:
    page_at("att-bo/hyra/").delete()


def change_slug() -> None:
    page = page_at("att-bo/hyra/")
    page.slug = "hyra-bostad"
    page.save_revision().publish()


def move() -> None:
    page_at("att-bo/hyra/").move(page_at("soker-asyl/"), pos="last-child")


def restrict() -> None:
    PageViewRestriction.objects.create(
        page=Page.objects.get(url_path="/home-sv/att-bo/hyra/"), restriction_type=PageViewRestriction.LOGIN
    )


@pytest.mark.parametrize("change", [change_title, unpublish, delete, change_slug, move, restrict])
def test_a_change_of_the_page_empties_it_and_what_lists_it(
    client: Client, site: None, change: Callable[[], None]
) -> None:
    fill(client, "/sv/att-bo/hyra/", "/sv/att-bo/", "/ar/att-bo/hyra/", "/sv/att-bo/kopa/")
    assert link_to_hyra(client) == ("/sv/att-bo/hyra/", "Hyra bostad")
    change()
    for address in ("/sv/att-bo/hyra/", "/sv/att-bo/", "/ar/att-bo/hyra/", "/sv/att-bo/kopa/"):
        assert not is_cached(client, address), address
    assert link_to_hyra(client) != ("/sv/att-bo/hyra/", "Hyra bostad")


@pytest.mark.parametrize("change", [change_title, unpublish, delete])
def test_a_change_leaves_other_pages_alone(client: Client, site: None, change: Callable[[], None]) -> None:
    fill(client, "/sv/soker-asyl/ansok/", "/sv/soker-asyl/", "/sv/")
    change()
    assert is_cached(client, "/sv/soker-asyl/ansok/")
    assert is_cached(client, "/sv/soker-asyl/")
    assert is_cached(client, "/sv/")


def test_a_menu_page_empties_every_page(client: Client, site: None) -> None:
    fill(client, "/sv/soker-asyl/ansok/", "/ar/att-bo/hyra/")
    publish(page_at("att-bo/"), title="Bostad")
    assert not is_cached(client, "/sv/soker-asyl/ansok/")
    assert not is_cached(client, "/ar/att-bo/hyra/")


def test_a_translation_takes_the_fallback_s_place(client: Client, site: None) -> None:
    make_page("att-bo/", "ar", ThemePage)
    fill(client, "/ar/att-bo/hyra/")
    make_page("att-bo/hyra/", "ar", title="استئجار")
    assert "استئجار" in client.get("/ar/att-bo/hyra/").content.decode()


def test_a_linked_page_s_new_address_is_shown(
    client: Client, site: None, django_capture_on_commit_callbacks: Any
) -> None:
    target = page_at("soker-asyl/ansok/")
    publish(page_at("att-bo/hyra/"), body=paragraphs(f'<a linktype="page" id="{target.pk}">Ansök</a>'))
    fill(client, "/sv/att-bo/hyra/")
    target.slug = "ansok-om-asyl"
    # Wagtail tells of a new slug when the transaction is committed.
    with django_capture_on_commit_callbacks(execute=True):
        target.save_revision().publish()
    assert 'href="/sv/soker-asyl/ansok-om-asyl/"' in client.get("/sv/att-bo/hyra/").content.decode()


def test_a_parent_s_new_slug_empties_what_lies_below(
    client: Client, site: None, django_capture_on_commit_callbacks: Any
) -> None:
    fill(client, "/sv/att-bo/hyra/")
    page = page_at("att-bo/")
    page.slug = "bostad"
    with django_capture_on_commit_callbacks(execute=True):
        page.save_revision().publish()
    assert not is_cached(client, "/sv/att-bo/hyra/")
    assert client.get("/sv/att-bo/hyra/", follow=True).redirect_chain == [("/sv/bostad/hyra/", 301)]
    assert client.get("/sv/bostad/hyra/").status_code == 200


def test_settings_empty_every_page(client: Client, site: None) -> None:
    fill(client, "/sv/att-bo/hyra/")
    Publisher.objects.create(site=Site.objects.get(), language="sv", name="Utgivaren")
    assert "Utgivaren" in client.get("/sv/att-bo/hyra/").content.decode()
    publisher = Publisher.objects.get()
    publisher.name = "Den nya utgivaren"
    publisher.save()
    assert "Den nya utgivaren" in client.get("/sv/att-bo/hyra/").content.decode()
    publisher.delete()
    assert "Den nya utgivaren" not in client.get("/sv/att-bo/hyra/").content.decode()


def test_a_new_picture_file_is_shown(client: Client, site: None) -> None:
    image = get_image_model().objects.create(title="door", file=ContentFile(SVG, name="door.svg"))
    page = page_at("att-bo/hyra/")
    publish(page, body=[{"type": "picture", "value": {"image": image.pk, "alt": "En dörr"}, "id": "p"}])
    fill(client, "/sv/att-bo/hyra/")
    image.file = ContentFile(SVG.replace(b"v5z", b"v4z"), name="other.svg")
    image.save()
    assert not is_cached(client, "/sv/att-bo/hyra/")


def test_a_county_s_page_follows_its_local_pages(client: Client, site: None) -> None:
    from pages.models import LocalPage

    publish(page_at("lan/skane/"))
    fill(client, "/ar/lan/skane/", "/ar/lan/skane/malmo/", "/ar/lan/gotland/")
    make_page("lan/skane/sfi/", model=LocalPage, title="SFI i Skåne")
    assert "SFI i Skåne" in client.get("/ar/lan/skane/").content.decode()
    assert "SFI i Skåne" in client.get("/ar/lan/skane/malmo/").content.decode()
    assert is_cached(client, "/ar/lan/gotland/")


def test_expiry_ends_the_cached_page_in_time(client: Client, site: None) -> None:
    page = page_at("att-bo/hyra/")
    page.expire_at = timezone.now() + datetime.timedelta(seconds=2)
    page.save_revision().publish()
    fill(client, "/sv/att-bo/hyra/")
    Page.objects.filter(pk=page.pk).update(expire_at=timezone.now() - datetime.timedelta(seconds=1))
    cache.clear()  # what the time limit does
    assert client.get("/sv/att-bo/hyra/").status_code == 404


def _editor() -> Any:
    user = get_user_model().objects.create_user("editor@example.org", password="a long password")
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    return user


def test_an_editor_s_bar_never_enters_the_cache(client: Client, site: None) -> None:
    editor = Client()
    editor.force_login(_editor())
    seen = editor.get("/sv/att-bo/hyra/")
    assert "wagtail-userbar" in seen.content.decode()
    assert seen.headers["Cache-Control"] == "private, no-store"
    public = client.get("/sv/att-bo/hyra/")
    assert "wagtail-userbar" not in public.content.decode()
    assert "wagtail-userbar" in editor.get("/sv/att-bo/hyra/").content.decode()
    assert "wagtail-userbar" not in client.get("/sv/att-bo/hyra/").content.decode()


def test_a_draft_never_enters_the_cache(client: Client, site: None) -> None:
    page = page_at("att-bo/hyra/")
    page.title = "Utkast till ny rubrik"
    page.save_revision()
    editor = Client()
    editor.force_login(_superuser())
    draft = editor.get(f"/admin/pages/{page.pk}/view_draft/")
    assert "Utkast till ny rubrik" in draft.content.decode()
    assert "no-store" in draft.headers["Cache-Control"] or "private" in draft.headers["Cache-Control"]
    assert "Utkast till ny rubrik" not in client.get("/sv/att-bo/hyra/").content.decode()


def test_a_preview_never_enters_the_cache(client: Client, site: None) -> None:
    page = page_at("att-bo/hyra/")
    preview = BasePage.make_preview_request(page)
    assert preview.status_code == 200
    page.title = "Förhandsvisning"
    assert "Förhandsvisning" in page.make_preview_request().content.decode()
    assert not is_cached(client, "/sv/att-bo/hyra/")
    assert "Förhandsvisning" not in client.get("/sv/att-bo/hyra/").content.decode()


def test_a_change_while_the_page_is_made_is_not_kept(client: Client, site: None, monkeypatch: Any) -> None:
    """A page made of old data while an editor publishes is shown, but not stored."""
    from pages import rendering, views

    original = rendering.render_page

    def slow(*args: Any, **kwargs: Any) -> Any:
        response = original(*args, **kwargs)
        publish(page_at("att-bo/hyra/"), title="Ny rubrik")
        return response

    monkeypatch.setattr(views, "render_page", slow)
    client.get("/sv/att-bo/hyra/")
    monkeypatch.undo()
    assert "Ny rubrik" in client.get("/sv/att-bo/hyra/").content.decode()


def test_pages_with_parameters_are_not_kept(client: Client, site: None) -> None:
    client.get("/sv/att-bo/hyra/?utm=1")
    assert not is_cached(client, "/sv/att-bo/hyra/?utm=1")


def test_missing_pages_are_not_kept(client: Client, site: None) -> None:
    assert client.get("/sv/att-bo/salja/").status_code == 404
    make_page("att-bo/salja/", model=ArticlePage, title="Sälja")
    assert client.get("/sv/att-bo/salja/").status_code == 200


def test_no_cache_with_zero_seconds(client: Client, site: None, settings: Any) -> None:
    settings.PAGE_CACHE_SECONDS = 0
    client.get("/sv/att-bo/hyra/")
    assert not is_cached(client, "/sv/att-bo/hyra/")


def _superuser() -> Any:
    return get_user_model().objects.create_superuser("root@example.org", "root@example.org", "a long password")
