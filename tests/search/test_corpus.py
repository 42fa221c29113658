"""The texts that search is measured with, and the pages made of them."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db.models import Q
from wagtail.models import Page

from cms.languages.registry import CODES
from pages.models import EntrancePage, LocalPage
from search.contracts import Record, SearchQuery
from search.corpus import Writer, duplicates, likeness
from search.eligibility import findable, findable_counts
from search.management.commands import search_corpus
from search.models import SearchRecord
from search.service import search
from tests.factories import make_home, make_page, page_at, publish

PLACES = ("Malmö", "Lund", "Göteborg")


def _record(number: int) -> Record:
    return Record(
        page_id=number,
        language="sv",
        type="article",
        title=f"Rubriken {'abcdefgh'[number]}",
        alternative=(f"Andra namnet {'abcdefgh'[number]}",),
        summary="En sammanfattning av sidan.",
        headings=("Så gör du i Malmö", "Vad det kostar"),
        body="\n".join(
            f"Mening {word} om Malmö och {number}00 kronor. Nästa mening {word} kom 2019. Ring {word} i dag!"
            for word in ("ett", "två", "tre", "fyra")
        ),
    )


def _writer() -> Writer:
    return Writer("sv", [_record(number) for number in range(6)], PLACES)


def test_the_same_seed_writes_the_same_text() -> None:
    assert _writer().write("1", "Lund") == _writer().write("1", "Lund")
    assert _writer().write("1", "Lund") != _writer().write("2", "Lund")


def test_texts_are_of_the_sentences_that_there_are_with_other_numbers_and_places() -> None:
    text = _writer().write("1", "Lund")
    lines = "\n".join(line for _heading, paragraphs in text.body for line in paragraphs)

    assert "Mening" in lines
    assert "kronor" in lines
    assert text.title.endswith(" – Lund")
    assert "Lund" in lines
    assert "{" not in lines


def test_no_text_is_another_s_copy() -> None:
    writer = _writer()
    texts = [writer.write(str(number)).blocks() for number in range(300)]

    assert duplicates(texts) == (0, 300)


def test_a_seed_that_gives_a_text_that_was_written_gives_another_one() -> None:
    writer = _writer()

    assert writer.write("1").digest != writer.write("1").digest


def test_texts_are_measured_by_runs_of_five_words() -> None:
    same = "ett två tre fyra fem sex"
    assert likeness([same, same], "sv") == 1.0
    assert likeness([same, "ett två tre fyra fem sju"], "sv") == pytest.approx(1 / 3)
    assert likeness([same, "helt andra ord än de som stod i den"], "sv") == 0.0
    assert duplicates([same, same, "annat"]) == (1, 3)


def test_a_language_without_texts_has_nothing_to_make_others_of() -> None:
    with pytest.raises(ValueError, match="no texts in sv"):
        Writer("sv", [], PLACES)


@pytest.fixture
def demo(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A small demo: an entrance in each language, a county's page in Swedish, and the files that they came from."""
    settings.DEMO = True
    settings.ELASTICSEARCH_URL = ""  # another test's indices, with nothing in them, would answer
    body = [
        {"type": "heading", "value": {"text": "Så gör du", "level": "2"}, "id": "1"},
        {"type": "text", "value": "<p>Hyran betalas före den 1 varje månad. Ring Malmö stad i dag.</p>", "id": "2"},
        {"type": "text", "value": "<p>Du behöver 3 papper. De ska vara nya. Fråga någon om hjälp.</p>", "id": "3"},
    ]
    for code in CODES:
        make_home(code)
        make_page("att-bo/", code, EntrancePage, title="Bo", body=body)
        (tmp_path / "demo" / code / "att-bo").mkdir(parents=True)
        (tmp_path / "demo" / code / "index.md").touch()
        (tmp_path / "demo" / code / "att-bo" / "index.md").touch()
    publish(page_at("lan/skane/"), title="Skåne", body=body)
    (tmp_path / "demo" / "sv" / "lan" / "skane").mkdir(parents=True)
    (tmp_path / "demo" / "sv" / "lan" / "skane" / "index.md").touch()
    monkeypatch.setattr(search_corpus, "DEMO", tmp_path / "demo")


def _grow(*options: str) -> str:
    said = io.StringIO()
    call_command("search_corpus", *options, stdout=said)
    return said.getvalue()


@pytest.mark.django_db
@pytest.mark.usefixtures("demo")
def test_a_site_grows_and_is_as_it_was_afterwards() -> None:
    before = set(Page.objects.values_list("path", "numchild"))
    records = set(SearchRecord.objects.values_list("pk", "stamp"))

    said = _grow("--pages", "200")

    assert sum(findable_counts().values()) == SearchRecord.objects.count() == 200
    assert "0 copies" in said
    assert Page.find_problems() == ([], [], [], [], [])
    hit = search(SearchQuery("papper", "ar")).hits[0]
    assert hit.url.startswith("/ar/att-bo/")
    assert any(row.reading_path.startswith("lan/skane/") for row in LocalPage.objects.live())

    assert _grow("--remove").startswith(f"{200 - len(records)} pages taken away")
    assert set(Page.objects.values_list("path", "numchild")) == before
    assert set(SearchRecord.objects.values_list("pk", "stamp")) == records


@pytest.mark.django_db
@pytest.mark.usefixtures("demo")
def test_growing_goes_on_where_it_was() -> None:
    _grow("--pages", "100", "--no-records")
    first = set(Page.objects.values_list("title", "url_path"))

    _grow("--pages", "150", "--no-records")

    assert first < set(Page.objects.values_list("title", "url_path"))
    assert sum(findable_counts().values()) == 150
    with pytest.raises(CommandError, match="150 pages already"):
        _grow("--pages", "10")


@pytest.mark.django_db
@pytest.mark.usefixtures("demo")
def test_pages_that_somebody_edited_since_are_taken_away_too() -> None:
    _grow("--pages", "40")
    made = findable(Q(slug__startswith="corpus-")).specific().first()
    assert made is not None
    publish(made, title="Ändrad")

    _grow("--remove")

    assert not Page.objects.filter(slug__startswith="corpus-").exists()


@pytest.mark.django_db
def test_it_is_for_development_only(settings: Any) -> None:
    settings.DEMO = False
    with pytest.raises(CommandError, match="development only"):
        _grow("--pages", "40", "--force")


@pytest.mark.django_db
@pytest.mark.usefixtures("demo")
def test_pages_of_somebody_else_are_not_mixed_with_it() -> None:
    make_page("att-bo/egen/")
    with pytest.raises(CommandError, match="1 pages are neither the demo's nor made here"):
        _grow("--pages", "40")

    _grow("--pages", "40", "--no-records", "--force")

    assert sum(findable_counts().values()) == 40
