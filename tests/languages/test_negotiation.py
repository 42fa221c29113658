"""The language of a first visit."""

from __future__ import annotations

import pytest
from django.test import RequestFactory

from cms.languages.negotiation import preferred_language


@pytest.mark.parametrize(
    ("header", "code"),
    [
        ("", "sv"),
        ("de", "sv"),
        ("fa-AF", "prs"),
        ("fa-AF-x-old,fa", "prs"),
        ("prs-AF", "prs"),
        ("fa-IR,en;q=0.5", "fa"),
        ("de-DE,ti-ER;q=0.8,en;q=0.5", "ti"),
        ("en-US,en;q=0.9", "en"),
        ("uk;q=0.3,ru;q=0.9", "ru"),
        ("ar;q=0,so;q=0.1", "so"),
        ("*", "sv"),
        ("not a header;;q=x", "sv"),
    ],
)
def test_the_browsers_wish(rf: RequestFactory, header: str, code: str) -> None:
    assert preferred_language(rf.get("/", headers={"accept-language": header})) == code


def test_the_remembered_choice_goes_before(rf: RequestFactory) -> None:
    rf.cookies["language"] = "ti"
    assert preferred_language(rf.get("/", headers={"accept-language": "ar"})) == "ti"
    rf.cookies["language"] = "tlh"
    assert preferred_language(rf.get("/", headers={"accept-language": "ar"})) == "ar"
