"""What the translators' tests start from."""

from __future__ import annotations

import pytest

from pages.models import BasePage
from tests.factories import again, make_home, make_page, paragraphs


@pytest.fixture(scope="module")
def made(shared_database: None) -> BasePage:
    """A published Swedish page of a title, a summary and three paragraphs."""
    make_home()
    make_home("ar")
    return make_page("om/", title="Om", search_description="Kort.", body=paragraphs("Ett.", "Två.", "Tre."))


@pytest.fixture
def source(made: BasePage) -> BasePage:
    return again(made)
