"""Whatever is typed or imported, checking it raises nothing; what is kept is not complained of."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from cms.languages.registry import CODES, SOURCE
from cms.translation.checks import CHECKS, Subject, key, run

pytestmark = pytest.mark.django_db

LANGUAGES = st.sampled_from([code for code in CODES if code != SOURCE])
_PIECES = st.one_of(
    st.text(max_size=20),
    st.text("0123456789٠١٢۳۴.,:;%(){}<>/&#@+- \u00a0\u202f\u2066\u2069\u200eабвaбцéአبی«»\"'!?", max_size=30),
    st.sampled_from(
        [
            '<a id="a1">',
            "</a>",
            "<b>",
            "</b>",
            "<br/>",
            "<![x]]>",
            "&nbsp;",
            "112",
            "4 mars 2027",
            "2026-99-99",
            "info@example.org",
            "https://[x",
            "%(a)s",
            "9" * 400,
            "1.2.3,4",
            "4 pm",
        ]
    ),
)
TEXTS = st.lists(_PIECES, max_size=6).map("".join)
_KEEPING = ("links", "formatting", "placeholders", "numbers", "dates", "phone", "email", "address")


@settings(max_examples=400, deadline=None)
@given(LANGUAGES, TEXTS, TEXTS, st.integers(1, 300) | st.none(), st.dictionaries(st.sampled_from(["a1"]), TEXTS))
def test_no_text_stops_it(language: str, source: str, text: str, limit: int | None, overrides: dict[str, str]) -> None:
    subject = Subject(language, source, text, {"a1": source}, "body.a", limit, overrides)
    for finding in run(subject):
        assert finding.check in CHECKS
        assert finding.message
        if finding.start is not None and finding.end is not None:
            assert 0 <= finding.start <= finding.end <= len(subject.plain)


@settings(max_examples=300, deadline=None)
@given(LANGUAGES, TEXTS)
@example("en", "1 mars 0000")
def test_what_is_kept_is_not_complained_of(language: str, source: str) -> None:
    subject = Subject(language, source, source, path="body.a")
    found = [finding for code in _KEEPING if code != "dates" for finding in CHECKS[code].find(subject)]
    assert found == []


@settings(max_examples=200, deadline=None)
@given(
    LANGUAGES,
    # Some with 11 in front are telephone numbers.
    st.lists(st.integers(0, 10**7).filter(lambda n: n != 1177 and not str(n).startswith("11")), min_size=1, max_size=4),
    st.sampled_from(["0123456789", "٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹"]),
    st.sampled_from([" ", "\u00a0", "\u202f", ",", ".", ""]),
)
def test_numbers_in_another_dress_are_the_same(language: str, numbers: list[int], digits: str, thousands: str) -> None:
    source = "; ".join(f"{number:,}".replace(",", "\u00a0") for number in numbers)
    dress = str.maketrans("0123456789", digits)
    text = "; ".join(f"{number:,}".replace(",", thousands).translate(dress) for number in numbers)
    assert list(CHECKS["numbers"].find(Subject(language, source, text))) == []


@given(TEXTS, TEXTS)
def test_a_dismissal_is_of_this_check_and_this_text(text: str, other: str) -> None:
    spaces = next(CHECKS["spaces"].find(Subject("en", "a", "a  b")))
    quotes = next(CHECKS["quotes"].find(Subject("en", "a", '"a"')))
    assert key(spaces, text) == key(spaces, text)
    assert (key(spaces, text) == key(spaces, other)) == (text == other)
    assert key(spaces, text) != key(quotes, text)
