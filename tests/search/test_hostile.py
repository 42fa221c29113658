"""Whatever is typed: an answer, never an error, and never the engine's own syntax."""

from __future__ import annotations

import time
from itertools import groupby

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from cms.languages.registry import CODES
from infra.benchmarks.hostile_queries import KINDS, hostile
from search.analysis import tokens
from search.contracts import SearchQuery
from search.service import search, suggest
from tests.factories import make_home, make_page

SYNTAX = [
    '"',
    "'",
    '"hyra',
    'hyra" OR "el',
    "hyra OR el",
    "hyra AND NOT el",
    "NEAR(hyra el, 2)",
    "title:hyra",
    "{title}: hyra",
    "-hyra",
    "hyra*",
    "*",
    "^hyra",
    "hyra + el",
    "(hyra",
    "hyra)",
    "hyra:*",
    "hyra & ! el",
    "hyra <-> el",
    "hyra\\",
    "\\x00",
    "a\x00b",
    "'; DROP TABLE search_index; --",
    "%",
    "%s %(a)s {0}",
    "_",
    "/hy.*ra/",
    "hyra~2",
    "hyra^9",
    "[a TO z]",
    "\ud800",
    "\udfff hyra",
    "\u202ehyra\u202c",
    "\ufeff",
    "‮\u2066",
    "☃ 🏠",
    "å" * 100_000,
    "hyra " * 20_000,
    "\t\n\r\v\f",
    "i på att och",
    "٠١٢ ۰۱۲ ፩፪",
    "ﷺ ﬃ ½ ²",
    "1177",
]


@pytest.fixture
def _page(db: None, settings: object) -> None:
    settings.ELASTICSEARCH_URL = ""  # type: ignore[attr-defined]
    make_home()
    make_page("hyra/", title="Hyra bostad")


@pytest.mark.usefixtures("_page")
def test_syntax_is_text(client: Client) -> None:
    for text in SYNTAX:
        for code in ("sv", "ar", "ti"):
            assert len(search(SearchQuery(text, code)).query) <= 200
        response = client.get("/sv/search/", {"q": text.encode("utf-8", "replace")})
        assert response.status_code == 200, text


@pytest.mark.usefixtures("_page")
def test_bytes_that_are_no_utf8(client: Client) -> None:
    assert client.get("/sv/search/?q=%ff%fe%00hyra%c3").status_code == 200


@pytest.mark.usefixtures("_page")
def test_operators_do_not_operate() -> None:
    assert search(SearchQuery("bostad NOT hyra", "sv")).total == 1
    assert search(SearchQuery("title:xyzzy", "sv")).total == 0
    assert search(SearchQuery("hyr* xyzzy abcde", "sv")).total == 0


@pytest.mark.usefixtures("_page")
def test_hostile_requests_are_answered(settings: object) -> None:
    settings.API_RATES = {"search": 100_000, "suggest": 100_000}  # type: ignore[attr-defined]
    client = Client(raise_request_exception=False)
    wrong = []
    asked = list(hostile(320))
    for request in asked:
        response = client.generic("GET", request.path, QUERY_STRING=request.query)
        if response.status_code not in {200, 302, 400, 422}:
            wrong.append((response.status_code, request.shown))
        assert b"Traceback" not in response.content
        response.content.decode()
    assert wrong == []
    # The same every time, and some of each kind.
    assert asked == list(hostile(320))
    assert {kind: len(list(group)) for kind, group in groupby(sorted(one.kind for one in asked))} == dict.fromkeys(
        sorted(KINDS), 20
    )


@pytest.mark.usefixtures("_page")
def test_too_many_parameters_are_refused(client: Client) -> None:
    for address in ("/sv/search/", "/api/v1/search", "/api/v1/suggest"):
        response = client.generic("GET", address, QUERY_STRING="&".join(["lang=sv", *["q=hyra"] * 2000]))
        assert response.status_code == 400, address


@pytest.mark.usefixtures("_page")
@pytest.mark.parametrize("code", CODES)
def test_signs_that_are_letters_and_marks_take_no_time(code: str) -> None:
    # A line of tatweels parts paragraphs in Arabic and Persian texts; it is a letter and a mark at once.
    for text in (
        "\u0640" * 5000,
        "\u200c" * 5000,
        "\u06e5\u0301" * 5000,
        "a\u0301" * 5000,
        "'a" * 5000,
        "\u0640 " * 5000,
    ):
        began = time.process_time()
        tokens(text, code)
        search(SearchQuery(text, code))
        suggest(text, code)
        assert time.process_time() - began < 2


class AnyText(TestCase):
    """Any text that there is, in any language, beside a page that is there."""

    @classmethod
    def setUpTestData(cls) -> None:
        make_home()
        make_page("hyra/", title="Hyra bostad")

    @settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(
        text=st.one_of(
            st.text(max_size=300),
            st.text(alphabet=st.characters(categories=["Cc", "Cf", "Cs", "Mn", "Po", "Sm"]), max_size=100),
            st.lists(st.sampled_from(["hyra", "bostad", *SYNTAX[:36]]), max_size=8).map(" ".join),
        ),
        code=st.sampled_from(CODES),
    )
    def test_is_answered(self, text: str, code: str) -> None:
        with self.settings(ELASTICSEARCH_URL=""):
            result = search(SearchQuery(text, code))
        assert result.total in (0, 1)
        assert len(result.query.encode()) <= 800
