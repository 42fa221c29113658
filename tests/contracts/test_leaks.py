"""What is not public leaves no trace in search, on any engine: the answers are those of a site without it."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from pages.models import ArticlePage, BasePage, LocalPage, ThemePage
from search import building, service, spelling
from search.building import rebuild, rebuild_index, rebuild_records
from search.contracts import Record, SearchBackend, SearchQuery
from search.models import BestBet, SearchWord
from search.outbox import drain
from search.records import build
from search.service import search, suggest
from tests.contracts.asking import put
from tests.factories import make_home, make_page, page_at, paragraphs, publish

#: Words that stand nowhere but in what is hidden: in its title, and in its text.
SECRET, INSIDE = "zorblaxit", "kvibbelstrand"
#: What readers ask: a word that public pages have too, the hidden ones, a beginning, both kinds together.
ASKED = ("bostad", SECRET, "zorbl", f"{INSIDE} bostad")


@pytest.fixture(autouse=True)
def _site(engine: SearchBackend, settings: Any) -> None:
    settings.API_RATES = {"search": 100_000, "suggest": 100_000}
    spelling.forget()
    for code in ("sv", "en", "ar", "uk"):
        make_home(code)
    for code, title in (("sv", "Att bo"), ("en", "Living"), ("ar", "السكن")):
        make_page("att-bo/", code, ThemePage, title=title)
    make_page("att-bo/hyra/", title="Hyra bostad", search_description="Att hyra en bostad.")
    make_page("att-bo/hyra/", "en", title="Renting a home, bostad")
    publish(page_at("lan/skane/"), title="Bostad i Skåne")
    drain()


def addresses(text: str, code: str) -> Iterator[str]:
    """Every way to ask for a text."""
    yield f"/{code}/search/?q={text}"
    yield f"/{code}/search/?q={text}&theme=att-bo"
    yield f"/api/v1/search?lang={code}&q={text}"
    yield f"/api/v1/search?lang={code}&q={text}&type=article"
    yield f"/api/v1/suggest?lang={code}&q={text}"


def answers(client: Client) -> dict[str, tuple[int, bytes, str]]:
    """What every address answers: the status, the body and its ETag."""
    found = {}
    for code in ("sv", "ar"):
        for text in ASKED:
            for address in addresses(text, code):
                response = client.get(address)
                found[address] = (response.status_code, response.content, response.headers["ETag"])
    return found


def secret_page(path: str = "att-bo/hemlig/", code: str = "sv", live: bool = True, **fields: Any) -> BasePage:
    """An article with the words that nobody may find."""
    told = {
        "title": f"{SECRET.capitalize()} bostad",
        "search_description": f"{INSIDE} i sammanfattningen",
        "alternative_titles": "bostadens andra namn",
        "body": paragraphs(f"Här står {INSIDE} och bostad."),
    }
    return make_page(path, code, live=live, **told | fields)


def left_in_index(engine: SearchBackend, record: Record) -> None:
    """Let the engine have the page all the same, as one that was not told of a change."""
    drain()
    put(engine, [record])


def _restrict(page: Page, kind: str) -> None:
    restriction = PageViewRestriction.objects.create(page=page, restriction_type=kind, password="x")
    if kind == PageViewRestriction.GROUPS:
        restriction.groups.add(Group.objects.create(name="Some people"))


def _draft() -> BasePage:
    return secret_page(live=False)


def _scheduled() -> BasePage:
    return secret_page(go_live_at=timezone.now() + datetime.timedelta(hours=1))


def _unpublished() -> BasePage:
    page = secret_page()
    page.unpublish()
    return page


def _expired() -> BasePage:
    page = secret_page()
    ArticlePage.objects.filter(pk=page.pk).update(expire_at=timezone.now() - datetime.timedelta(seconds=1))
    return page


def _private(kind: str) -> Callable[[], BasePage]:
    def hide() -> BasePage:
        page = secret_page()
        _restrict(page, kind)
        return page

    return hide


def _below_private() -> BasePage:
    make_page("att-bo/rum/", title="Rum")
    _restrict(page_at("att-bo/rum/"), PageViewRestriction.LOGIN)
    return secret_page("att-bo/rum/hemlig/")


def _moved_below_private() -> BasePage:
    page = secret_page()
    room = make_page("att-bo/rum/", title="Rum")
    _restrict(room, PageViewRestriction.PASSWORD)
    page.move(room, "last-child")
    return page_at("att-bo/rum/hemlig/")


def _deleted() -> BasePage:
    page = secret_page()
    pk = page.pk
    page.delete()
    page.pk = pk
    return page


def _in_another_language() -> BasePage:
    # Published, in a language that neither reader is shown.
    return secret_page("hemlig/", "uk")


WAYS: dict[str, Callable[[], BasePage]] = {
    "draft": _draft,
    "scheduled": _scheduled,
    "unpublished": _unpublished,
    "expired": _expired,
    "private-login": _private(PageViewRestriction.LOGIN),
    "private-password": _private(PageViewRestriction.PASSWORD),
    "private-groups": _private(PageViewRestriction.GROUPS),
    "below-private": _below_private,
    "moved-below-private": _moved_below_private,
    "deleted": _deleted,
    "other-language": _in_another_language,
}
ways = pytest.mark.parametrize("way", WAYS)


def _record_as_swedish(page: BasePage) -> Record:
    """What an engine that is behind has of the page: as if it were a public one in Swedish."""
    return Record(
        page_id=page.pk,
        language="sv",
        type="article",
        title=f"{SECRET.capitalize()} bostad",
        alternative=("bostadens andra namn",),
        summary=f"{INSIDE} i sammanfattningen",
        body=f"Här står {INSIDE} och bostad.",
        theme="att-bo",
        county="12",
        updated=timezone.now(),
    )


@ways
def test_the_answers_are_those_of_a_site_without_the_page(client: Client, engine: SearchBackend, way: str) -> None:
    before = answers(client)
    page = WAYS[way]()
    left_in_index(engine, _record_as_swedish(page))
    if way != "deleted":
        for language in ("sv", "ar"):
            BestBet.objects.create(language=language, queries="bostad\nkvibbelstrand", page=page)
    after = answers(client)
    # Byte for byte, and by their ETags: hits, counts, numbers of filters, passages, pages, suggestions.
    assert [address for address in before if after[address] != before[address]] == []
    assert all(status == 200 for status, _body, _etag in after.values())


@ways
def test_an_old_etag_confirms_nothing(client: Client, engine: SearchBackend, way: str) -> None:
    if way in ("draft", "scheduled", "other-language", "below-private"):
        page = secret_page()
    else:
        # As it was before it was hidden: the same words at the same address.
        page = secret_page("att-bo/hemlig-nyss/")
    drain()
    asked = [address for text in (SECRET, "zorbl") for address in addresses(text, "sv")]
    seen = {address: client.get(address).headers["ETag"] for address in asked}
    assert SECRET in client.get(asked[0]).content.decode().lower()
    page.delete()
    hidden = WAYS[way]()
    left_in_index(engine, _record_as_swedish(hidden))
    for address, etag in seen.items():
        response = client.get(address, headers={"If-None-Match": etag})
        assert response.status_code == 200, address
        assert f"{SECRET} bostad" not in response.content.decode().lower(), address


@ways
def test_nothing_of_it_is_in_the_services_answers(engine: SearchBackend, way: str) -> None:
    page = WAYS[way]()
    left_in_index(engine, _record_as_swedish(page))
    for code in ("sv", "en", "ar"):
        for text in (SECRET, INSIDE, f"{SECRET} {INSIDE}", "Zorbl"):
            narrowed: list[dict[str, Any]] = [{}, {"type": "article"}, {"theme": "att-bo"}, {"county": "12"}]
            for filters in narrowed:
                result = search(SearchQuery(text, code, **filters))
                told = (result.total, result.pages, result.hits, result.also, result.suggestions, result.more)
                assert told == (0, 0, [], [], [], False), (code, text, filters)
                assert not any(result.facets.values())
            assert suggest(text, code) == []


def test_who_is_signed_in_finds_no_more_as_a_reader(client: Client, admin_user: Any, engine: SearchBackend) -> None:
    left_in_index(engine, _record_as_swedish(secret_page(live=False)))
    client.force_login(admin_user)
    assert client.get("/api/v1/search", {"lang": "sv", "q": SECRET}).json()["total"] == 0
    assert client.get("/api/v1/suggest", {"lang": "sv", "q": SECRET}).json()["suggestions"] == []
    assert b"Zorblaxit" not in client.get("/sv/search/", {"q": SECRET}).content


def test_what_is_counted_does_not_count_what_is_hidden(engine: SearchBackend, monkeypatch: Any) -> None:
    monkeypatch.setattr(service, "WINDOW", 3)
    for number in range(3):
        page = secret_page(f"att-bo/hemlig-{number}/")
        ArticlePage.objects.filter(pk=page.pk).update(expire_at=timezone.now())
    drain()
    result = search(SearchQuery(SECRET, "sv"))
    assert (result.total, result.pages, result.more) == (0, 0, False)


# Words.


def other_spellings(text: str, code: str = "sv") -> str:
    """All that is shown as another spelling, by the service, the API and the page."""
    drain()
    spelling.forget()
    page = Client().get(f"/{code}/search/", {"q": text}).content.decode()
    shown = page.partition('class="did-you-mean"')[2].partition("</p>")[0]
    told = Client().get("/api/v1/search", {"lang": code, "q": text}).json()["suggestions"]
    return json.dumps([*search(SearchQuery(text, code)).suggestions, *told, shown], ensure_ascii=False).lower()


def test_a_public_word_is_suggested(engine: SearchBackend) -> None:
    secret_page()
    # The tests below would be true of a site that suggests nothing.
    assert SECRET in other_spellings("zorblaxut")
    assert SECRET in other_spellings("zorblaxut bostad")


@ways
def test_a_hidden_word_is_no_other_spelling(engine: SearchBackend, way: str) -> None:
    left_in_index(engine, _record_as_swedish(WAYS[way]()))
    assert SearchWord.objects.filter(language="sv", word=SECRET).exists()
    for text in ("zorblaxut", "zorblaxut bostad", "hyra en bostad zorblaxut"):
        for code in ("sv", "ar"):
            assert SECRET not in other_spellings(text, code), text


def test_a_hidden_compound_of_public_words_is_no_other_spelling(engine: SearchBackend) -> None:
    make_page("tvatt/", title="Tvätt")
    make_page("stuga/", title="Stuga")
    make_page("tvatt-och-stuga/", title="Tvätt i stugan, tvättstugans")
    hidden = make_page("hemlig/", title="Stugtvätten")
    hidden.unpublish()
    assert "stugtvätten" not in other_spellings("stugtvättten")


def test_a_draft_gives_no_words(engine: SearchBackend) -> None:
    page = secret_page(live=False)
    page.title = f"Mera {INSIDE}"
    page.save_revision()
    assert not SearchWord.objects.filter(word__in=(SECRET, INSIDE)).exists()


def test_a_rebuild_forgets_hidden_words(engine: SearchBackend) -> None:
    secret_page().unpublish()
    drain()
    rebuild("sv")
    assert not SearchWord.objects.filter(word__in=(SECRET, INSIDE)).exists()


# A page that is public, with something that is not.


def test_neither_draft_titles_nor_draft_text_of_a_live_page(client: Client, engine: SearchBackend) -> None:
    page = page_at("att-bo/hyra/")
    draft = {"title": SECRET, "body": paragraphs(f"Nu om {INSIDE}.")}
    draft |= dict.fromkeys(("search_description", "alternative_titles", "search_words"), INSIDE)
    for name, value in draft.items():
        setattr(page, name, value)
    page.save_revision()
    theme = page_at("att-bo/")
    theme.title = SECRET
    theme.save_revision()
    Page.objects.filter(pk__in=(page.pk, theme.pk)).update(draft_title=SECRET)
    drain()
    told = json.dumps([client.get(address).content.decode() for address in addresses("bostad", "sv")])
    assert "Hyra bostad" in told
    assert SECRET not in told
    assert INSIDE not in told
    assert [search(SearchQuery(text, "sv")).total for text in (SECRET, INSIDE)] == [0, 0]
    assert suggest(SECRET, "sv") == suggest(INSIDE, "sv") == []


def test_a_scheduled_change_of_a_live_page_waits(engine: SearchBackend) -> None:
    page = page_at("att-bo/hyra/")
    page.title, page.go_live_at = f"{SECRET} bostad", timezone.now() + datetime.timedelta(hours=1)
    page.save_revision().publish()
    drain()
    assert search(SearchQuery(SECRET, "sv")).total == 0
    assert SECRET not in [hit.title for hit in search(SearchQuery("bostad", "sv")).hits]


def test_what_a_live_page_said_before_is_gone(client: Client, engine: SearchBackend) -> None:
    page = secret_page()
    drain()
    assert search(SearchQuery(f"{SECRET} bostad", "sv")).hits[0].title == f"{SECRET.capitalize()} bostad"
    old = build([ArticlePage.objects.get(pk=page.pk)])
    publish(page, title="Annan bostad", search_description="", body=paragraphs("Om en bostad."))
    # The engine is not told yet: what it has leads to the page as it is now, without what it said.
    for address in addresses("bostad", "sv"):
        body = client.get(address).content.decode().lower()
        assert INSIDE not in body
        assert SECRET not in body
    drain()
    assert [search(SearchQuery(text, "sv")).total for text in (SECRET, INSIDE)] == [0, 0]
    assert suggest(SECRET, "sv") == []
    assert SECRET not in other_spellings("zorblaxut bostad")
    if engine.name != "database":
        from search.documents import analyse

        engine.index([analyse(one) for one in old])
        hits = search(SearchQuery(f"{SECRET} {INSIDE}", "sv")).hits
        assert SECRET not in json.dumps([[hit.title.lower(), hit.passage, hit.summary] for hit in hits])


def test_hidden_parents_are_in_no_breadcrumb_and_no_filter(client: Client, engine: SearchBackend) -> None:
    make_page("hemligt-tema/", model=ThemePage, title=f"{SECRET} tema")
    make_page("hemligt-tema/sida/", title="Öppen bostadssida")
    make_page("hemligt-tema/sida/under/", title="Öppen undersida om sotning")
    page_at("hemligt-tema/").unpublish()
    page_at("hemligt-tema/sida/").unpublish()
    publish(page_at("lan/gotland/"), title=f"{SECRET} Gotland")
    make_page("lan/gotland/sotare/", model=LocalPage, title="Sotning på Gotland")
    page_at("lan/gotland/").unpublish()
    drain()
    result = search(SearchQuery("sotning", "sv"))
    assert {hit.path: hit.breadcrumb for hit in result.hits} == {
        "hemligt-tema/sida/under/": [],
        "lan/gotland/sotare/": [],
    }
    told = client.get("/api/v1/search", {"lang": "sv", "q": "sotning"}).json()
    assert told["facets"]["theme"] == {}
    assert SECRET not in json.dumps(told)
    page = client.get("/sv/search/", {"q": "sotning"}).content.decode()
    assert SECRET not in page
    assert '<option value="hemligt-tema"' not in page
    refused = client.get("/api/v1/search", {"lang": "sv", "q": "sotning", "theme": "hemligt-tema"})
    never = client.get("/api/v1/search", {"lang": "sv", "q": "sotning", "theme": "ingen-sadan"})
    assert refused.status_code == never.status_code == 422
    assert refused.content.replace(b"hemligt-tema", b"ingen-sadan") == never.content


def test_a_hidden_version_in_the_readers_language_leaves_the_public_one(engine: SearchBackend) -> None:
    hidden = make_page("att-bo/hyra/", "ar", title=f"{SECRET} استئجار")
    _restrict(hidden, PageViewRestriction.LOGIN)
    make_page("att-bo/salja/", "sv", title="Sälja bostad")
    page_at("att-bo/hyra/", "en").unpublish()
    left_in_index(engine, _record_as_swedish(hidden))
    result = search(SearchQuery("bostad", "ar"))
    assert result.total == 0
    shown = {group.language.code: [hit.title for hit in group.hits] for group in result.also}
    assert set(shown) == {"sv"}
    assert set(shown["sv"]) == {"Hyra bostad", "Sälja bostad", "Bostad i Skåne"}
    assert search(SearchQuery(SECRET, "ar")).also == []


# Pages that become public, and stop being so, while the index is built.


def _unpublish(page: BasePage) -> None:
    page.unpublish()


def _expire(page: BasePage) -> None:
    ArticlePage.objects.filter(pk=page.pk).update(expire_at=timezone.now())


def _make_private(page: BasePage) -> None:
    _restrict(page, PageViewRestriction.LOGIN)


def _delete(page: BasePage) -> None:
    page.delete()


def _change(page: BasePage) -> None:
    other = "Annat"
    publish(page, title=other, search_description="", alternative_titles="", body=paragraphs(other))


@pytest.mark.parametrize("hide", [_unpublish, _expire, _make_private, _delete, _change])
@pytest.mark.parametrize("first", [True, False], ids=["before", "after"])
def test_hidden_during_a_rebuild(
    engine: SearchBackend, monkeypatch: Any, hide: Callable[[BasePage], None], first: bool
) -> None:
    monkeypatch.setattr(building, "BATCH", 2)
    monkeypatch.setattr(building, "_FILL", 2)
    waiting: list[BasePage] = []
    hidden: list[str] = []

    def progress(_done: int, _of: int) -> None:
        if waiting:
            page = waiting.pop()
            hide(page)
            hidden.append(page.reading_path)
            # From this moment on, whatever the engines have.
            for hit in search(SearchQuery(f"{SECRET} {INSIDE}", "sv")).hits:
                assert SECRET not in f"{hit.title} {hit.passage}".lower() or hit.path not in hidden
                assert hide is _change or hit.path not in hidden

    def fill() -> None:
        for number in range(4):
            make_page(f"fyllnad-{number}/", title=f"Fyllnad {number}")

    # Pages are taken in the order in which they were made: the first are in it by then, the last not yet.
    if not first:
        fill()
    one, other = secret_page(), secret_page("att-bo/hemlig-igen/")
    if first:
        fill()
    drain()
    waiting.append(one)
    rebuild_records("sv", progress)
    waiting.append(other)
    if engine.name == "database":
        rebuild_records("sv", progress)
    else:
        rebuild_index("sv", progress)
    drain()
    assert len(hidden) == 2
    for code in ("sv", "ar"):
        for text in (SECRET, INSIDE):
            result = search(SearchQuery(text, code))
            assert (result.total, result.also, result.suggestions) == (0, [], [])
        assert suggest(SECRET, code) == []
