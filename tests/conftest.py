"""What every test finds: the reference data and the trees that every installation has."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection

from cms.languages.catalogs.store import compile_catalog
from cms.languages.registry import CODES
from tests.own_site import OwnSite

ROOT = Path(__file__).resolve().parent.parent
REQUIRE_SERVICES = os.environ.get("REQUIRE_SERVICES") == "1"


def pytest_configure() -> None:
    """Compile the catalogs, so that the suite runs in a clean clone."""
    for code in CODES:
        compile_catalog(ROOT / "locale", code)


@pytest.fixture(scope="session")
def django_db_setup(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Path | None:
    """Geography, locales, roots and collections, once a worker; on SQLite a copy of that in a file."""
    from cms.access.sync import sync
    from pages.tree import ensure_trees

    with django_db_blocker.unblock():
        call_command("load_geography", verbosity=0)
        ensure_trees()
        sync()
        if connection.vendor != "sqlite":
            return None
        path = tmp_path_factory.mktemp("database") / "db.sqlite3"
        with closing(sqlite3.connect(path)) as copy:
            connection.connection.backup(copy)
        return path


@pytest.fixture
def own_site(django_db_setup: Path | None, tmp_path: Path) -> Iterator[OwnSite]:
    """A site without content in a folder of its own."""
    site = OwnSite(tmp_path / "site")
    site.var_dir.mkdir()
    if django_db_setup:
        shutil.copyfile(django_db_setup, site.database)
    else:
        for command in ("migrate", "load_geography"):
            site.manage(command, "--verbosity=0")
        site.manage("shell", "-c", "from pages.tree import ensure_trees; ensure_trees()")
    yield site
    site.stop()


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
