"""The search page as a reader gets it."""

from __future__ import annotations

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Page, Site

from pages.models import ArticlePage, LocalPage, StandardPage, ThemePage
from search.contracts import Record
from search.indexing import keep
from tests.factories import make_home, make_page, page_at, paragraphs, publish
from tests.html import Document

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _database_engine(settings: object) -> None:
    settings.ELASTICSEARCH_URL = ""  # type: ignore[attr-defined]


@pytest.fixture
def site() -> None:
    """Themes, articles and a local page in Swedish; some of it in Arabic and English."""
    for code in ("sv", "en", "ar"):
        make_home(code)
        make_page("att-bo/", code, ThemePage, title={"sv": "Att bo", "en": "Living", "ar": "السكن"}[code])
    make_page("kontakt/", model=StandardPage, title="Kontakt")
    make_page("att-bo/hyra/", title="Hyra bostad", body=paragraphs("Hyran <b>betalas</b> varje månad."))
    make_page("att-bo/hyra/", "ar", title="استئجار مسكن", body=paragraphs("يُدفع الإيجار كل شهر."))
    make_page("att-bo/kopa/", title="Köpa bostad")
    make_page("att-bo/kopa/", "en", title="Buying a home", translation_state="machine-translated")
    publish(page_at("lan/skane/"), title="Bostad i Skåne")
    make_page("lan/skane/malmo/", model=LocalPage, title="Bostad i Malmö")


def get(client: Client, address: str) -> Document:
    response = client.get(address)
    assert response.status_code == 200
    return Document(response)


def test_hits_with_all_that_a_reader_is_told(client: Client, site: None) -> None:
    document = get(client, "/sv/search/?q=hyran")
    hit = document.one(".hit")
    assert hit.find("a")["href"] == "/sv/att-bo/hyra/"
    assert hit.find("a").text == "Hyra bostad"
    assert [mark.text for mark in hit.find_all("mark")] == ["Hyran"]
    assert "Att bo" in hit.text
    assert document.one("input#id_q")["value"] == "hyran"
    assert document.one('meta[name="robots"]')["content"] == "noindex"
    assert not document.soup.select('link[rel="canonical"], link[rel="alternate"][hreflang]')


def test_groups_say_which_language_they_are_in(client: Client, site: None) -> None:
    document = get(client, "/ar/search/?q=bostad")
    assert document.language == ("ar", "rtl")
    own, english, swedish = document.soup.select(".hits")
    assert [a["href"] for a in own.select("h3 a")] == ["/ar/att-bo/hyra/"]
    assert not own.select("h3[lang]")
    # Found by a Swedish word, shown in the best language that it has for her.
    assert [a["href"] for a in english.select("h3 a")] == ["/ar/att-bo/kopa/"]
    assert document.language_of("Buying a home") == "en"
    assert {a["href"] for a in swedish.select("h3 a")} == {"/ar/lan/skane/", "/ar/lan/skane/malmo/"}
    assert {(h["lang"], h["dir"]) for h in swedish.select("h3")} == {("sv", "ltr")}


def test_nothing_found_leads_on(client: Client, site: None) -> None:
    document = get(client, "/sv/search/?q=xyzzy")
    links = {a["href"] for a in document.soup.select("#results a")}
    assert {"/sv/", "/sv/att-bo/", "/sv/kontakt/"} <= links
    assert "xyzzy" in document.one(".results-count").text


def test_without_a_query_there_is_the_form_alone(client: Client, site: None) -> None:
    document = get(client, "/sv/search/?q=%20%20&county=12")
    assert not document.soup.select("#results")
    assert len(document.soup.select("#id_county option")) == 22
    assert document.one("#id_county option[selected]")["value"] == "12"


def test_filters_and_their_choices_in_the_readers_language(client: Client, site: None) -> None:
    document = get(client, "/sv/search/?q=bostad&county=12")
    assert {a["href"] for a in document.soup.select(".hit h3 a")} == {"/sv/lan/skane/", "/sv/lan/skane/malmo/"}
    assert len(document.soup.select("#id_municipality option")) == 34
    document = get(client, "/sv/search/?q=bostad&municipality=1280")
    assert [a["href"] for a in document.soup.select(".hit h3 a")] == ["/sv/lan/skane/malmo/"]
    arabic = get(client, "/ar/search/")
    names = [option.text for option in arabic.soup.select("#id_county option")][1:]
    assert any("\u0600" < name[0] < "\u06ff" for name in names)


def test_a_wrong_parameter_is_passed_over(client: Client, site: None) -> None:
    for parameters in (
        "county=99",
        "county=12%00",
        "county=" + "9" * 5000,
        "municipality=9999",
        "type=spaceship",
        "page=0",
        "page=-3",
        "page=abc",
        "page=99999999999999999999",
        "page=2&page=x",
    ):
        document = get(client, f"/sv/search/?q=hyran&{parameters}")
        assert [a["href"] for a in document.soup.select(".hit h3 a")] == ["/sv/att-bo/hyra/"], parameters


def test_a_wrong_choice_is_named_at_its_field(client: Client, site: None) -> None:
    assert "spaceship" in get(client, "/sv/search/?q=hyran&type=spaceship").one(".errorlist").text


def test_paging_keeps_what_was_asked_and_a_page_too_far_leads_back(client: Client, site: None) -> None:
    for number in range(11):
        make_page(f"sida-{number}/", title=f"Likadan {number}")
    first = get(client, "/sv/search/?q=likadan&type=article")
    assert first.one('a[rel="next"]')["href"] == "/sv/search/?q=likadan&type=article&page=2"
    assert not first.soup.select('a[rel="prev"]')
    second = get(client, "/sv/search/?q=likadan&type=article&page=2")
    assert len(second.soup.select(".hit")) == 1
    assert second.one('a[rel="prev"]')["href"] == "/sv/search/?q=likadan&type=article"
    response = client.get("/sv/search/?q=likadan&type=article&page=7")
    assert (response.status_code, response["Location"]) == (302, "/sv/search/?q=likadan&type=article&page=2")


def test_what_the_reader_typed_and_what_a_page_says_is_escaped(client: Client, site: None) -> None:
    make_page("kod/", title="<i>kodord</i>", body=paragraphs("&lt;script&gt;alert(1)&lt;/script&gt; kodord"))
    response = client.get("/sv/search/", {"q": "<script>alert(2)</script> kodord"})
    assert b"<script>alert" not in response.content
    assert b"<i>kodord" not in response.content
    document = Document(response)
    assert document.one(".hit h3 a").text == "<i>kodord</i>"
    assert [mark.text for mark in document.soup.select(".hit mark")] == ["script", "alert", "script", "kodord"]


def test_an_unpublished_page_is_gone_at_once_also_from_what_a_browser_kept(client: Client, site: None) -> None:
    address = "/sv/search/?q=hyran"
    first = client.get(address)
    assert first["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert client.get(address, headers={"If-None-Match": first["ETag"]}).status_code == 304
    page_at("att-bo/hyra/").unpublish()
    again = client.get(address, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, Document(again).soup.select(".hit")) == (200, [])


def test_neither_session_nor_cookie(client: Client, site: None) -> None:
    response = client.get("/ar/search/?q=bostad")
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")


def test_other_methods_are_refused(client: Client) -> None:
    assert client.post("/sv/search/", {"q": "a"}).status_code == 405


def _grow(number: int) -> None:
    """``number`` more pages that answer "bostad", straight into the tables."""
    parent = Page.objects.get(url_path="/home-sv/att-bo/")
    pages = Page.objects.bulk_create(
        Page(
            path=Page._get_path(parent.path, parent.depth + 1, 200 + place),
            depth=parent.depth + 1,
            title=f"Bostad nummer {place}",
            draft_title=f"Bostad nummer {place}",
            slug=f"bostad-{place}",
            url_path=f"/home-sv/att-bo/bostad-{place}/",
            content_type=ContentType.objects.get_for_model(ArticlePage),
            locale_id=parent.locale_id,
            live=True,
            last_published_at=timezone.now(),
        )
        for place in range(number)
    )
    keep([Record(page.pk, "sv", "article", page.title, body="En bostad.") for page in pages])


@pytest.mark.parametrize("number", [10, 1000])
@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("/sv/search/?q=bostad", 11),
        ("/en/search/?q=bostad", 12),
        ("/ar/search/?q=bostad", 13),
        ("/prs/search/?q=bostad", 13),
        ("/sv/search/?q=bostad&county=12&municipality=1280", 11),
        ("/sv/search/?q=xyzzy", 7),
        ("/sv/search/?county=12&page=7", 4),
    ],
)
def test_queries(site: None, number: int, address: str, expected: int) -> None:
    _grow(number)
    client = Client()
    client.get(address)
    cache.clear()
    Site.get_site_root_paths()  # Wagtail keeps it for an hour in the same cache.
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    # Where nothing is found in the reader's language its numbers are not asked for.
    assert expected - 1 <= len(captured) <= expected, "\n".join(
        query["sql"][:200] for query in captured.captured_queries
    )
