"""A source with three paragraphs, and ways to put texts into the memory."""

from __future__ import annotations

from typing import Any

import pytest

from cms.translation.memory.models import MemoryEntry
from pages.models import BasePage
from tests.factories import again, make_home, make_page, paragraphs


@pytest.fixture(autouse=True)
def _english(settings: Any) -> None:
    settings.LANGUAGE_CODE = "en"


@pytest.fixture(scope="module")
def made(shared_database: None) -> BasePage:
    """A published Swedish page; the Arabic and Tigrinya homes are there too."""
    make_home()
    make_home("ar")
    make_home("ti")
    return make_page(
        "om/",
        title="Om sidan",
        search_description="Kort om sidan.",
        body=paragraphs("Ring <b>112</b> i nöd.", "Barn börjar skolan vid sex.", "Du kan få hjälp."),
    )


@pytest.fixture
def source(made: BasePage) -> BasePage:
    return again(made)


def texts(language: str = "ar") -> dict[str, str]:
    """Source texts and translations in the memory, in the numbered form."""
    entries = MemoryEntry.objects.filter(language=language).select_related("source")
    return {entry.source.coded: entry.text for entry in entries}
