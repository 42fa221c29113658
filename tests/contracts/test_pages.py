"""From a page to a reader, through the service, on every engine: what is public is found, and nothing else."""

from __future__ import annotations

import datetime
import time

import pytest
from django.utils import timezone, translation
from wagtail.models import PageViewRestriction

from pages.models import ArticlePage, CountyPage, LocalPage, ThemePage
from search.building import rebuild
from search.contracts import ResultPage, SearchBackend, SearchQuery
from search.outbox import drain
from search.service import search
from search.status import status
from tests.factories import make_home, make_page, page_at, paragraphs, publish

pytestmark = pytest.mark.usefixtures("engine")


def find(text: str, language: str = "sv", **filters: str | int) -> ResultPage:
    """Search, with the second engine told of everything first, as it is after a commit."""
    drain()
    return search(SearchQuery(text, language, **filters))  # type: ignore[arg-type]


def paths(page: ResultPage) -> list[str]:
    return [hit.path for hit in page.hits]


def groups(page: ResultPage) -> dict[str, list[str]]:
    return {group.language.code: [hit.path for hit in group.hits] for group in page.also}


@pytest.fixture
def site() -> None:
    """Home pages in four languages."""
    for code in ("sv", "en", "ar", "uk"):
        make_home(code)


def test_a_published_page_is_found_as_it_is_shown(site: None) -> None:
    make_page("att-bo/", model=ThemePage, title="Att bo")
    make_page(
        "att-bo/hyra/",
        title="Hyra <en> bostad",
        search_description="Så hittar du ett hem.",
        body=paragraphs(
            "Först kommer något annat.", "Hyran &amp; el betalas varje månad. Skriv &lt;alltid&gt; kontrakt."
        ),
    )
    with translation.override("en"):
        result = find("hyran månad")
    assert (result.total, result.page, result.pages, result.degraded, result.suggestions) == (1, 1, 1, False, [])
    hit = result.hits[0]
    assert (hit.url, hit.title, hit.type, hit.type_label) == (
        "/sv/att-bo/hyra/",
        "Hyra <en> bostad",
        "article",
        "Article",
    )
    assert hit.breadcrumb == ["Att bo"]
    assert hit.passage == (
        "… <mark>Hyran</mark> &amp; el betalas varje <mark>månad</mark>. Skriv &lt;alltid&gt; kontrakt."
    )
    assert hit.updated == timezone.localdate()
    assert (hit.language.code, hit.is_fallback, hit.found_in.code) == ("sv", False, "sv")


def test_every_kind_of_text_on_the_page_finds_it(site: None) -> None:
    make_page(
        "sfi/",
        title="Svenska",
        alternative_titles="Språkkurs\nSFI",
        search_words="nybörjare",
        search_description="Sammanfattningen nämner Komvux.",
        body=[
            {"type": "heading", "value": {"text": "Anmälan", "level": "2"}, "id": "1"},
            {
                "type": "steps",
                "value": {
                    "title": "Ordningen",
                    "steps": [{"type": "item", "value": {"title": "Boka", "text": "<p>Vägledare</p>"}, "id": "a"}],
                },
                "id": "2",
            },
            {
                "type": "questions",
                "value": {
                    "title": "",
                    "questions": [
                        {"type": "item", "value": {"question": "Kostar?", "answer": "<p>Gratis</p>"}, "id": "b"}
                    ],
                },
                "id": "3",
            },
            {"type": "table", "value": {"data": [["Dagtid", "Kvällstid"]], "table_caption": "Schema"}, "id": "4"},
            {"type": "contact", "value": {"name": "Lärcentrum", "email": "larcentrum@example.org"}, "id": "5"},
        ],
    )
    asked = (
        "svenska språkkurs nybörjare komvux anmälan ordningen boka vägledare kostar gratis kvällstid schema lärcentrum"
    )
    assert [word for word in asked.split() if paths(find(word)) != ["sfi/"]] == []


def test_what_is_not_public_is_found_nowhere(site: None) -> None:
    yesterday = timezone.now() - datetime.timedelta(days=1)
    for code in ("sv", "en"):
        make_page("utkast/", code, live=False, title="hemligord")
        make_page("utgangen/", code, title="hemligord", expire_at=yesterday)
        make_page("ikraft-senare/", code, title="hemligord", go_live_at=timezone.now() + datetime.timedelta(days=1))
        make_page("privat/", code, title="Privat")
        make_page("privat/under/", code, title="hemligord")
        PageViewRestriction.objects.create(
            page=page_at("privat/", code), restriction_type=PageViewRestriction.PASSWORD, password="x"
        )
    make_page("andrat/", title="Ändrat")
    draft = page_at("andrat/")
    draft.title = "hemligord"
    draft.save_revision()
    for code in ("sv", "en", "ar"):
        result = find("hemligord", code)
        assert (result.total, result.hits, result.also) == (0, [], [])


def test_an_expiry_is_kept_to_the_second(site: None) -> None:
    end = timezone.now() + datetime.timedelta(seconds=2.5)
    make_page("mote/", title="Informationsmöte", expire_at=end)
    for _time in range(3):
        assert paths(find("informationsmöte")) == ["mote/"]
    # Nothing is saved and no signal is sent, but time passes; what was kept of the answer goes with it.
    time.sleep((end - timezone.now()).total_seconds())
    assert find("informationsmöte").total == 0


def test_the_roots_of_the_local_trees_are_no_pages(site: None) -> None:
    publish(page_at("lan/"), title="lokalrotsord")
    publish(page_at("lan/skane/"), title="länsord")
    assert find("lokalrotsord").total == 0
    assert paths(find("länsord")) == ["lan/skane/"]


def test_only_the_language_asked_for_and_its_fallbacks(site: None) -> None:
    make_page("el/", "sv", title="Elavtal svenskaordet")
    make_page("el/", "ar", title="عقد الكهرباء")
    make_page("el/", "uk", title="Договір електрики ukrainskaordet")
    make_page("vatten/", "sv", title="Vatten svenskaordet")
    assert groups(find("ukrainskaordet", "ar")) == {}
    assert find("ukrainskaordet", "sv").total == 0
    result = find("svenskaordet", "uk")
    # One exists in Ukrainian, so that is where she is led; the other only in Swedish.
    assert paths(result) == ["el/"]
    assert (result.hits[0].url, result.hits[0].title) == ("/uk/el/", "Договір електрики ukrainskaordet")
    assert (result.hits[0].language.code, result.hits[0].found_in.code) == ("uk", "sv")
    assert groups(result) == {"sv": ["vatten/"]}
    assert result.also[0].hits[0].url == "/uk/vatten/"
    assert result.also[0].hits[0].is_fallback


def test_no_page_twice(site: None) -> None:
    for code in ("sv", "en", "ar"):
        make_page("sfi/", code, title=f"SFI {code}")
    make_page("komvux/", "sv", title="Komvux och SFI")
    make_page("komvux/", "en", title="Komvux and SFI")
    make_page("folkhogskola/", "sv", title="Folkhögskola och SFI")
    result = find("SFI", "ar")
    assert (result.total, paths(result)) == (1, ["sfi/"])
    assert groups(result) == {"en": ["komvux/"], "sv": ["folkhogskola/"]}
    assert [group.language.code for group in result.also] == ["en", "sv"]


def test_hits_of_its_own_text_come_before_those_of_a_fallback(site: None) -> None:
    make_page("ett/", "sv", title="Migrationsverket")
    make_page("ett/", "en", title="Applying")
    make_page("tva/", "sv", title="Annat")
    make_page("tva/", "en", title="Other", body=paragraphs("The agency is called Migrationsverket."))
    assert paths(find("Migrationsverket", "en")) == ["tva/", "ett/"]


def test_publish_unpublish_change_and_delete(site: None) -> None:
    page = make_page("buss/", live=False, title="Busskort")
    assert find("busskort").total == 0
    publish(page)
    assert paths(find("busskort")) == ["buss/"]
    publish(page, title="Färdbevis")
    assert (find("busskort").total, find("färdbevis").total) == (0, 1)
    page.unpublish()
    assert find("färdbevis").total == 0
    publish(page)
    assert find("färdbevis").total == 1
    page.delete()
    assert find("färdbevis").total == 0


def test_deleting_a_parent_takes_what_is_below(site: None) -> None:
    parent = make_page("tema/", title="Tema")
    make_page("tema/kapitel/", title="Kapitelord")
    PageViewRestriction.objects.create(page=parent, restriction_type=PageViewRestriction.LOGIN)
    parent.delete()
    assert find("kapitelord").total == 0
    assert {row["indexed"] for row in status().values()} == {0, 1}  # The home pages.


def test_a_restriction_hides_a_page_and_what_is_below_and_gives_them_back(site: None) -> None:
    make_page("tema/", title="Tema")
    make_page("tema/kapitel/", title="Kapitelord")
    restriction = PageViewRestriction.objects.create(page=page_at("tema/"), restriction_type=PageViewRestriction.LOGIN)
    assert find("kapitelord").total == 0
    assert find("tema").total == 0
    restriction.delete()
    assert paths(find("kapitelord")) == ["tema/kapitel/"]


def test_a_move_and_a_change_of_slug_change_the_address(site: None) -> None:
    make_page("gammal/", title="Gammal")
    new = make_page("ny/", title="Ny")
    page = make_page("gammal/sida/", title="Flyttord")
    page.move(new, "last-child")
    assert [hit.url for hit in find("flyttord").hits] == ["/sv/ny/sida/"]
    publish(page_at("ny/"), slug="nyare")
    hit = find("flyttord").hits[0]
    assert (hit.url, hit.breadcrumb) == ("/sv/nyare/sida/", ["Ny"])


def test_a_moved_local_page_is_about_its_new_place(site: None) -> None:
    for county in ("skane", "gotland"):
        publish(page_at(f"lan/{county}/"))
    article = make_page("lan/skane/buss/", model=LocalPage, title="Bussar")
    make_page("lan/skane/buss/priser/", model=LocalPage, title="Bussars priser")
    assert set(paths(find("bussar", county="12"))) == {"lan/skane/buss/", "lan/skane/buss/priser/"}
    article.move(CountyPage.objects.get(url_path="/lan-sv/gotland/"), "last-child")
    assert find("bussar", county="12").total == 0
    assert set(paths(find("bussar", county="09"))) == {"lan/gotland/buss/", "lan/gotland/buss/priser/"}


def test_filters(site: None) -> None:
    publish(page_at("lan/skane/"), title="Skola i Skåne")
    make_page("lan/skane/malmo/", model=LocalPage, title="Skola i Malmö")
    make_page("lan/skane/om-skolan/", model=LocalPage, title="Skola i länet")
    make_page("skola/", title="Skola")
    assert find("skola").total == 4
    assert set(paths(find("skola", county="12"))) == {"lan/skane/", "lan/skane/malmo/", "lan/skane/om-skolan/"}
    assert paths(find("skola", municipality="1280")) == ["lan/skane/malmo/"]
    assert paths(find("skola", type="county")) == ["lan/skane/"]
    assert paths(find("skola", type="article")) == ["skola/"]


def test_pages_of_results(site: None) -> None:
    for number in range(13):
        make_page(f"nummer-{number}/", title=f"Likadan {number}")
    make_page("bara-engelska/", "en", title="Likadan")
    first, second, third = (find("likadan", "sv", page=number) for number in (1, 2, 3))
    assert [(page.total, page.pages, len(page.hits)) for page in (first, second, third)] == [
        (13, 2, 10),
        (13, 2, 3),
        (13, 2, 0),
    ]
    assert len({*paths(first), *paths(second)}) == 13
    assert groups(find("likadan", "en")) == {"sv": paths(first)[:5]}
    assert find("likadan", "en", page=2).also == []


def test_machine_translated_text_says_so(site: None) -> None:
    make_page("a/", "sv", title="källord")
    make_page("a/", "en", title="targetword", translation_state="machine-translated")
    assert find("targetword", "en").hits[0].machine_translated
    assert not find("källord").hits[0].machine_translated


def test_rebuild_mends_what_was_written_past_the_site(site: None) -> None:
    page = make_page("a/", title="Gammalord")
    gone = make_page("b/", title="Gammalord")
    drain()
    ArticlePage.objects.filter(pk=page.pk).update(title="Nyord")
    ArticlePage.objects.filter(pk=gone.pk).update(live=False)
    assert find("nyord").total == 0
    assert status()["sv"]["indexed"] == 3
    assert status()["sv"]["expected"] == 2
    assert rebuild("sv") == 2
    assert (find("nyord").total, find("gammalord").total) == (1, 0)
    assert status()["sv"]["indexed"] == 2


def test_status_names_the_engine(site: None, engine: SearchBackend) -> None:
    drain()
    known = {
        "engine": engine.name,
        "degraded": False,
        "rebuild": False,
        "error": "",
        "lag": 0.0,
        "waiting": 0,
        "set_aside": 0,
        "building": False,
        "outdated": 0,
    }
    assert status()["ar"] == {"expected": 1, "indexed": 1} | known
    assert status()["fr"] == {"expected": 0, "indexed": 0} | known
