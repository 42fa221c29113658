"""A county publisher, an administrator, and English."""

from __future__ import annotations

from typing import Any

import pytest

from tests.access.test_sync import person


@pytest.fixture
def publisher() -> Any:
    """Skåne's."""
    return person("county-publisher", "12")


@pytest.fixture
def administrator() -> Any:
    return person("site-administrator")


@pytest.fixture(autouse=True)
def _english(settings: Any) -> None:
    settings.LANGUAGE_CODE = "en"
