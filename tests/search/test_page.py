"""The search page as a reader gets it."""

from __future__ import annotations

import re

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache, caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation
from django.utils.translation import gettext, ngettext
from wagtail.models import Page, Site

from cms.languages.cldr import language_name
from pages.models import ArticlePage, LocalPage, StandardPage, ThemePage
from search import spelling
from search.contracts import Record
from search.curation import keep_best_bet
from search.indexing import keep
from search.models import BestBet, SearchTally
from tests.factories import make_home, make_page, page_at, paragraphs, publish
from tests.html import Document

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _database_engine(settings: object) -> None:
    settings.ELASTICSEARCH_URL = ""  # type: ignore[attr-defined]
    spelling.forget()  # the words of another test's pages


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


def choices(document: Document, name: str) -> dict[str, str]:
    """What can be chosen of a filter, without the marks that isolate."""
    options = document.one(f"#id_{name}").select("option")
    return {option["value"]: re.sub("[\u2068\u2069]", "", option.text.strip()) for option in options}


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
    assert choices(document, "municipality") == {"": "Hela länet", "1280": "Malmö kommun (1)"}
    assert len(get(client, "/sv/search/?county=12").soup.select("#id_municipality option")) == 34
    document = get(client, "/sv/search/?q=bostad&municipality=1280")
    assert [a["href"] for a in document.soup.select(".hit h3 a")] == ["/sv/lan/skane/malmo/"]
    arabic = get(client, "/ar/search/")
    names = [option.text.strip() for option in arabic.soup.select("#id_county option")][1:]
    assert any("\u0600" < name[0] < "\u06ff" for name in names)


def test_each_choice_says_how_many_pages_it_would_leave(client: Client, site: None) -> None:
    document = get(client, "/sv/search/?q=bostad")
    assert choices(document, "type") == {
        "": "Alla typer",
        "article": "Artikel (2)",
        "local": "Lokal sida (1)",
        "county": "Länssida (1)",
    }
    assert choices(document, "theme").items() >= {"att-bo": "Att bo (2)"}.items()
    assert choices(document, "county") == {"": "Hela landet", "12": "Skåne län (2)"}
    assert not document.soup.select("#id_municipality")
    # What is not chosen is counted within what is.
    document = get(client, "/sv/search/?q=bostad&type=local")
    assert choices(document, "county") == {"": "Hela landet", "12": "Skåne län (1)"}
    assert choices(document, "type").keys() == {"", "article", "local", "county"}
    # And what is chosen stays, though it leaves nothing.
    document = get(client, "/sv/search/?q=hyran&type=news")
    assert choices(document, "type") == {"": "Alla typer", "article": "Artikel (1)", "news": "Nyhet (0)"}


def test_filters_are_folded_until_one_is_set(client: Client, site: None) -> None:
    assert not get(client, "/sv/search/?q=bostad").one(".filters").has_attr("open")
    assert get(client, "/sv/search/?q=bostad&type=local").one(".filters").has_attr("open")
    # Nothing found, nothing to choose.
    assert not get(client, "/sv/search/?q=xyzzy").soup.select(".filters")


def test_themes_in_the_best_language(client: Client, site: None) -> None:
    make_page("skola/", model=ThemePage, title="Skola")
    make_page("skola/bostad/", "sv", title="Bostad och skola")
    arabic = get(client, "/ar/search/")
    own, other = arabic.soup.select("#id_theme option")[1:]
    assert (own["value"], own.text.strip(), own.get("lang")) == ("att-bo", "السكن", None)
    assert (other["value"], other.text.strip(), other["lang"], other["dir"]) == ("skola", "Skola", "sv", "ltr")
    document = get(client, "/sv/search/?q=bostad&theme=skola")
    assert [a["href"] for a in document.soup.select(".hit h3 a")] == ["/sv/skola/bostad/"]
    assert document.one(".taken bdi").text == "Skola"
    # A theme that is unpublished is no choice any more, and its name is nowhere.
    page_at("skola/").unpublish()
    gone = get(client, "/sv/search/?q=bostad&theme=skola")
    assert "skola" not in choices(gone, "theme")
    assert len(gone.soup.select(".hit")) == 5


def test_each_filter_can_be_taken_away_by_a_link(client: Client, site: None) -> None:
    document = get(client, "/sv/search/?q=bostad&type=local&county=12&municipality=1280&near=skane&page=1")
    links = [str(a["href"]) for a in document.soup.select(".taken a.button")]
    assert links == [
        "/sv/search/?q=bostad&county=12&municipality=1280&near=12",
        "/sv/search/?q=bostad&type=local&near=12",
        "/sv/search/?q=bostad&type=local&county=12&near=12",
    ]
    assert document.one(".taken a.more")["href"] == "/sv/search/?q=bostad&near=12"
    assert [bdi.text for bdi in document.soup.select(".taken bdi")] == ["Lokal sida", "Skåne län", "Malmö kommun"]
    for link in links:
        assert get(client, link).one("#id_q")["value"] == "bostad"


def test_another_county_lets_go_of_the_municipality(client: Client, site: None) -> None:
    document = get(client, "/sv/search/?q=bostad&county=01&municipality=1280")
    assert not document.soup.select(".errorlist")
    assert [a["href"] for a in document.soup.select(".taken a")] == ["/sv/search/?q=bostad"]
    # Nothing is left: the first thing offered is to go on without the filter.
    assert document.one(".tips li:first-child a")["href"] == "/sv/search/?q=bostad"


def test_near_by_code_or_slug_moves_a_county_and_is_not_shown(client: Client, site: None) -> None:
    make_page("att-bo/skane/", title="Likadan", body=paragraphs("Bostad."))
    plain = get(client, "/sv/search/?q=bostad")
    for near in ("12", "skane"):
        document = get(client, f"/sv/search/?q=bostad&near={near}")
        assert {a["href"] for a in document.soup.select(".hit h3 a")} == {
            a["href"] for a in plain.soup.select(".hit h3 a")
        }
        assert not document.soup.select(".taken, [name=near]")
    for near in ("99", "sk%C3%A5ne", "%00", "1" * 5000):
        document = get(client, f"/sv/search/?q=bostad&near={near}")
        assert not document.soup.select(".errorlist")


def test_other_spellings_are_links(client: Client, site: None) -> None:
    document = get(client, "/sv/search/?q=bostda&near=12")
    link = document.one(".did-you-mean a")
    assert (link["href"], link.find("bdi").text) == ("/sv/search/?q=bostad&near=12", "bostad")
    assert not get(client, "/sv/search/?q=bostad").soup.select(".did-you-mean")


def test_a_recommended_page_is_marked_in_words(client: Client, site: None) -> None:
    bet = BestBet.objects.create(language="sv", queries="bostad", page=page_at("kontakt/"))
    keep_best_bet(bet)
    document = get(client, "/sv/search/?q=bostad")
    assert document.soup.select(".hit h3 a")[0]["href"] == "/sv/kontakt/"
    with translation.override("sv"):
        assert document.one(".hit:first-child .recommended").text == gettext("Recommended for this search")
    document.one(".recommended")


def test_few_hits_say_that_there_is_more_in_other_languages(client: Client, site: None) -> None:
    with translation.override("ar"):
        document = get(client, "/ar/search/?q=bostad")
        assert gettext("There is more in other languages further down.") in document.text
        heading = gettext("Also found in: <bdi>%(language)s</bdi>") % {"language": language_name("en", "ar")}
        assert document.one("#also-en").decode_contents().strip() == heading
        nothing = get(client, "/ar/search/?q=malm%C3%B6")
        assert not nothing.soup.select(".hits + .pages-nav")
        assert gettext("There is no page about this in your language: <bdi>%(language)s</bdi>.") % {
            "language": language_name("ar", "ar")
        } in str(nothing.soup)
    # The entrances and the contact stand below what was found.
    assert {"/ar/att-bo/", "/ar/kontakt/"} <= {a["href"] for a in nothing.soup.select("#results a")}


def test_at_least_so_many(client: Client, site: None) -> None:
    _grow(250)
    document = get(client, "/sv/search/?q=bostad")
    with translation.override("sv"):
        said = ngettext(
            "At least %(number)s page for <bdi>%(query)s</bdi>",
            "At least %(number)s pages for <bdi>%(query)s</bdi>",
            200,
        )
    assert document.one(".results-count").decode_contents().strip() == said % {"number": "200", "query": "bostad"}


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
    assert [a["href"] for a in second.soup.select(".numbers a")] == [
        "/sv/search/?q=likadan&type=article",
        "/sv/search/?q=likadan&type=article&page=2",
    ]
    assert second.one(".numbers [aria-current=page]").text.split()[-1] == "2"
    response = client.get("/sv/search/?q=likadan&type=article&page=7")
    assert (response.status_code, response["Location"]) == (302, "/sv/search/?q=likadan&type=article&page=2")


def test_many_pages_show_the_first_the_last_and_those_around(client: Client, site: None) -> None:
    _grow(195)
    document = get(client, "/sv/search/?q=bostad&near=12&page=10")
    numbers = [li.text.split()[-1] for li in document.soup.select(".numbers li")]
    assert numbers == ["1", "…", "9", "10", "11", "…", "20"]
    assert document.soup.select(".numbers a")[-1]["href"] == "/sv/search/?q=bostad&near=12&page=20"
    assert not document.soup.select(".results-also")


def test_a_page_of_nothing_leads_back(client: Client, site: None) -> None:
    response = client.get("/sv/search/?q=xyzzy&page=3")
    assert (response.status_code, response["Location"]) == (302, "/sv/search/?q=xyzzy")


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


def test_a_search_is_counted_for_editors_only_where_a_reader_made_it(client: Client, site: None) -> None:
    def times() -> int:
        return sum(SearchTally.objects.filter(query="xyzzy").values_list("times", flat=True))

    for _time in range(3):
        client.get("/sv/search/?q=xyzzy")
    assert times() == 3
    client.get("/sv/search/?q=xyzzy", headers={"Sec-Purpose": "prefetch;prerender"})
    client.head("/sv/search/?q=xyzzy")
    client.get("/sv/search/?q=xyzzy&page=2")
    client.get("/sv/search/?q=xyzzy&type=article")
    client.get("/api/v1/search", {"q": "xyzzy", "lang": "sv"})
    client.get("/api/v1/suggest", {"q": "xyzzy", "lang": "sv"})
    assert times() == 3
    client.get("/sv/search/?q=xyzzy&near=12")
    assert times() == 4


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
        ("/sv/search/?q=bostad", 14),
        ("/en/search/?q=bostad", 14),
        ("/ar/search/?q=bostad", 16),
        ("/prs/search/?q=bostad", 16),
        ("/sv/search/?q=bostad&county=12&municipality=1280", 12),
        ("/sv/search/?q=xyzzy", 11),
        ("/sv/search/?county=12&page=7", 4),
    ],
)
def test_queries(site: None, number: int, address: str, expected: int) -> None:
    _grow(number)
    client = Client()
    client.get(address)
    cache.clear()
    caches["searches"].clear()
    Site.get_site_root_paths()  # Wagtail keeps it for an hour in the same cache.
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    # Where nothing is found in the reader's language no texts are asked for.
    assert expected - 2 <= len(captured) <= expected, "\n".join(
        query["sql"][:200] for query in captured.captured_queries
    )
