"""What every test finds: the reference data and the trees that every installation has."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.core.management import call_command

from cms.languages.catalogs.store import compile_catalog
from cms.languages.registry import CODES

ROOT = Path(__file__).resolve().parent.parent
REQUIRE_SERVICES = os.environ.get("REQUIRE_SERVICES") == "1"


def pytest_configure() -> None:
    """Compile the catalogs, so that the suite runs in a clean clone."""
    for code in CODES:
        compile_catalog(ROOT / "locale", code)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """First what copies the tests' database into a file: tests with transactions of their own empty it."""
    items.sort(key=lambda item: item.path.name != "test_kill.py")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """Geography, locales, roots and collections, once a worker."""
    from cms.access.sync import sync
    from pages.tree import ensure_trees

    with django_db_blocker.unblock():
        call_command("load_geography", verbosity=0)
        ensure_trees()
        sync()


@pytest.fixture(autouse=True)
def _audit_log_can_be_flushed(request: pytest.FixtureRequest) -> Iterator[None]:
    """A test with transactions of its own ends by emptying every table, the append-only one too."""
    yield
    marker = request.node.get_closest_marker("django_db")
    if "transactional_db" in request.fixturenames or (marker and marker.kwargs.get("transaction")):
        from cms.access.audit.triggers import allow_delete

        allow_delete()


@pytest.fixture(autouse=True)
def _empty_cache() -> Iterator[None]:
    """No test sees what another one cached."""
    cache.clear()
    yield
    cache.clear()
