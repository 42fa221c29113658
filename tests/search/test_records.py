"""What an engine is told of a page."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pages.models import LocalPage
from search.records import build, text_of_html
from tests.factories import make_home, make_page, page_at, publish

BODY = [
    {"type": "heading", "value": {"text": "Rubrik", "level": "3"}, "id": "1"},
    {"type": "text", "value": "<p>Ett <b>stycke</b> &amp; mer.</p><ul><li>Punkt</li></ul>", "id": "2"},
    {"type": "quote", "value": {"text": "<p>Citat</p>", "attribution": "En deltagare"}, "id": "3"},
    {"type": "fact", "value": {"title": "Faktatitel", "text": "<p>Fakta</p>"}, "id": "4"},
    {"type": "callout", "value": {"kind": "important", "title": "", "text": "<p>Viktigt nu</p>"}, "id": "5"},
    {"type": "contact", "value": {"name": "Enheten", "phone": "010", "email": "a@example.org"}, "id": "6"},
    {"type": "links", "value": {"title": "", "links": [{"text": "Länk", "url": "https://example.org/x"}]}, "id": "7"},
    {"type": "related", "value": {"title": "Mer", "pages": [999_999]}, "id": "8"},
    {"type": "reflection", "value": {"title": "", "questions": ["Vad tror du?"]}, "id": "9"},
    {"type": "exercise", "value": {"title": "Öva", "text": "<p>Läs</p>"}, "id": "10"},
    {
        "type": "picture",
        "value": {"image": 999_999, "alt": "En dörr", "caption": "Bild", "credit": "Kreditord"},
        "id": "11",
    },
    {
        "type": "film",
        "value": {"title": "Film", "url": "https://example.org/f.mp4", "length": "3:20", "transcript": "<p>Tal</p>"},
        "id": "12",
    },
    {"type": "gone", "value": {"text": "Okänt"}, "id": "13"},
]


def test_rich_text_is_a_line_a_paragraph() -> None:
    assert text_of_html("<p>Ett  <b>två</b></p><ul><li>tre</li></ul><p></p>fyra<br/>fem &lt;") == (
        "Ett två\ntre\nfyra\nfem <"
    )


@pytest.mark.django_db
def test_a_page_in_full() -> None:
    make_home()
    page = make_page(
        "hyra/",
        title="Hyra",
        search_description="Kort.",
        alternative_titles="Lägenhet\n\n Bostad ",
        search_words="kontrakt",
        body=BODY,
    )
    (record,) = build([page])
    assert (record.page_id, record.language, record.type, record.title) == (page.pk, "sv", "article", "Hyra")
    assert (record.summary, record.alternative) == ("Kort.", ("Lägenhet", "Bostad", "kontrakt"))
    assert record.headings == ("Rubrik", "Faktatitel", "Mer", "Öva", "Film")
    assert record.body == (
        "Ett stycke & mer.\nPunkt\nCitat\nEn deltagare\nFakta\nViktigt nu\nEnheten\nLänk\nVad tror du?\nLäs\nBild\nTal"
    )
    assert (record.county, record.municipality, record.machine_translated) == ("", "", False)
    assert record.updated == page.last_published_at


@pytest.mark.django_db
def test_the_place_comes_from_the_address_in_one_query() -> None:
    make_home()
    publish(page_at("lan/skane/"))
    paths = ["lan/skane/sfi/", "lan/skane/malmo/", "lan/skane/malmo/sfi/", "lan/gotland/"]
    for path in paths[:3]:
        make_page(path, model=LocalPage)
    pages = [page_at(path) for path in paths]
    with CaptureQueriesContext(connection) as captured:
        places = [(record.county, record.municipality) for record in build(pages)]
    assert places == [("12", ""), ("12", "1280"), ("12", "1280"), ("09", "")]
    assert len(captured) == 1
