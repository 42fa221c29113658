"""Providers as the settings name them, and a page to translate."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.utils import translation

from cms.settings.machine import provider
from pages.models import BasePage
from tests.factories import again, make_home, make_page, paragraphs
from tests.translation.machine.server import Server, libretranslate, serving

SECRET = "s3cr3t/key+of ours"
Use = Callable[..., None]


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    """The sentences for people are looked at in the language that they are written in."""
    with translation.override("en"):
        yield


@pytest.fixture
def use(settings: Any) -> Use:
    """Name the only provider, as ``VAGVISARE_MACHINE`` does."""

    def name(address: str, **values: Any) -> None:
        settings.MACHINE_PROVIDERS = [provider(address, budget=100_000, rate=0) | values]
        settings.MACHINE_LANGUAGES = {}

    return name


@pytest.fixture
def server() -> Iterator[Server]:
    """A LibreTranslate server."""
    with serving(libretranslate) as running:
        yield running


@pytest.fixture(scope="module")
def made(shared_database: None) -> BasePage:
    """A published Swedish page with formatting, a link, figures, and a telephone number alone."""
    make_home()
    make_home("es")
    return make_page(
        "om/",
        title="Om",
        search_description="Kort.",
        body=paragraphs(
            "Ring <b>112</b> om du är <i>sjuk</i>.",
            'Läs mer hos <a href="https://www.skatteverket.se/">Skatteverket</a> &amp; andra.',
            "040-10 00 00",
        ),
    )


@pytest.fixture
def source(made: BasePage) -> BasePage:
    return again(made)
