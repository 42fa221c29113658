"""What the adversary's tests share: two counties with pages, and all that an attack could change."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.test import Client
from wagtail.models import Page

from pages.models import BasePage, CountyPage, LocalPage
from tests.factories import make_home, make_page, page_at, publish

#: In the title, address and text of what Skåne's people must not get to know.
SECRET = "hemlighet"


@dataclass(frozen=True, slots=True)
class Ground:
    """Skåne is the attacker's county; Gotland is the other one."""

    own: BasePage
    own_below: BasePage
    skane: BasePage
    gotland: BasePage
    draft: BasePage
    live: BasePage


def ground() -> Ground:
    """Skåne with two published pages, Gotland with a draft and a published page that has a draft."""
    make_home()
    make_home("ar")
    skane, gotland = publish(page_at("lan/skane/")), publish(page_at("lan/gotland/"))
    for county in (skane, gotland):
        make_page(county.reading_path, "ar", CountyPage, county=county.county)
    own = make_page("lan/skane/sfi/", model=LocalPage, title="SFI i Skåne")
    below = make_page("lan/skane/sfi/kurser/", model=LocalPage, title="Kurser i Skåne")
    live = make_page("lan/gotland/sfi/", model=LocalPage, title="SFI på Gotland")
    live.title = f"Gotlands {SECRET} i utkast"
    live.save_revision()
    draft = make_page(
        f"lan/gotland/{SECRET}/",
        model=LocalPage,
        live=False,
        title=f"Gotlands {SECRET}",
        body=[{"type": "text", "value": f"<p>Text med {SECRET}.</p>"}],
    )
    live.refresh_from_db()
    return Ground(own, below, skane, gotland, draft, live)


def state() -> list[Any]:
    """Everything about the pages that an attack could change."""
    names = ("pk", "path", "url_path", "title", "draft_title", "live", "latest_revision", "expire_at", "locked")
    return list(Page.objects.order_by("pk").values_list(*names))


def client_of(user: Any) -> Client:
    """A signed-in browser."""
    client = Client()
    client.force_login(user)
    return client


def text_of(response: Any) -> str:
    """The answer's body, with what scripts read from it unescaped."""
    body = b"".join(response.streaming_content) if response.streaming else response.content
    return body.decode("utf-8", "replace")


def form(page: BasePage, **values: Any) -> dict[str, Any]:
    """The editor's form, with an empty text."""
    return {
        "title": page.title,
        "slug": page.slug,
        "search_description": "",
        "body-count": "0",
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
        **values,
    }
