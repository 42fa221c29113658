"""How many queries a public page costs: literal numbers, the same for 10 pages and for 1,000."""

from __future__ import annotations

import base64

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.images import get_image_model
from wagtail.models import Page, Site

from pages.models import ArticlePage, BasePage, EntrancePage, LocalPage, NewsIndexPage, NewsPage, ThemePage
from tests.factories import make_home, make_page, page_at, paragraphs, publish

pytestmark = pytest.mark.django_db

PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
)


@pytest.fixture
def site() -> None:
    """A small site with everything that costs queries: fallbacks, links, related pages, news, a county."""
    for code in ("sv", "en", "ar"):
        make_home(code)
        make_page("soker-asyl/", code, EntrancePage)
        make_page("att-bo/", code, ThemePage)
        make_page("nyheter/", code, NewsIndexPage)
        make_page("nyheter/forsta/", code, NewsPage)
    publish(page_at("lan/skane/"))
    make_page("lan/skane/sfi/", model=LocalPage)
    theme = page_at("att-bo/")
    body = paragraphs(f'Read <a linktype="page" id="{theme.pk}">more</a>.')
    image = get_image_model().objects.create(title="door", file=ContentFile(PIXEL, name="door.png"))
    body.append({"type": "picture", "value": {"image": image.pk, "alt": "A door"}, "id": "picture"})
    body.append({"type": "related", "value": {"title": "", "pages": [theme.pk]}, "id": "related"})
    for number in range(3):
        for code in ("sv", "ar"):
            make_page(f"att-bo/kapitel-{number}/", code, body=body)


def _grow(parent_path: str, count: int, model: type[BasePage]) -> None:
    """``count`` more published pages, straight into the table that lists are made from."""
    parent = Page.objects.get(url_path=parent_path)
    content_type = ContentType.objects.get_for_model(model)
    Page.objects.bulk_create(
        Page(
            path=Page._get_path(parent.path, parent.depth + 1, 100 + number),
            depth=parent.depth + 1,
            title=f"Sida {number}",
            draft_title=f"Sida {number}",
            slug=f"sida-{number}",
            url_path=f"{parent_path}sida-{number}/",
            content_type=content_type,
            locale_id=parent.locale_id,
            live=True,
            first_published_at=timezone.now(),
            last_published_at=timezone.now(),
        )
        for number in range(count)
    )


def _queries(address: str) -> int:
    """Queries of a request that finds no page cached."""
    client = Client()
    client.get(address)
    cache.clear()
    Site.get_site_root_paths()  # Wagtail keeps it for an hour in the same cache
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


NUMBERS = {
    "/ar/att-bo/kapitel-1/": 10,
    "/ti/att-bo/kapitel-1/": 10,
    "/ar/": 9,
    "/ar/nyheter/": 8,
    "/ar/lan/": 5,
    "/ar/lan/skane/": 9,
    "/ar/lan/skane/malmo/": 11,
}


def test_queries_do_not_grow(site: None) -> None:
    few = {address: _queries(address) for address in NUMBERS}
    _grow("/home-sv/soker-asyl/", 500, ArticlePage)
    _grow("/home-sv/nyheter/", 300, NewsPage)
    _grow("/lan-sv/skane/", 200, LocalPage)
    many = {address: _queries(address) for address in NUMBERS}
    assert few == NUMBERS
    assert many == NUMBERS


def test_cached_page_costs_one_query(site: None) -> None:
    client = Client()
    client.get("/ar/att-bo/kapitel-1/")
    with CaptureQueriesContext(connection) as captured:
        response = client.get("/ar/att-bo/kapitel-1/")
    assert response.status_code == 200
    assert len(captured) == 1
