"""What every test finds: the reference data and the trees that every installation has."""

from __future__ import annotations

import gc
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from django.conf import settings
from django.core.cache import caches
from django.core.management import call_command
from django.db import connection, transaction

from cms.languages.catalogs.store import compile_catalog
from cms.languages.registry import CODES
from search import spelling
from tests import migrated
from tests.own_site import OwnSite

ROOT = Path(__file__).resolve().parent.parent
REQUIRE_SERVICES = os.environ.get("REQUIRE_SERVICES") == "1"


# The same examples in every run, so that what a run finds is the change's; others with HYPOTHESIS=search.
hypothesis.settings.register_profile("suite", derandomize=os.environ.get("HYPOTHESIS") != "search")
hypothesis.settings.load_profile("suite")


def pytest_configure() -> None:
    """Compile the catalogs, so that the suite runs in a clean clone."""
    for code in CODES:
        compile_catalog(ROOT / "locale", code)


def pytest_collection_finish() -> None:
    """Let the collector pass over what is loaded and stays: it is a sixth of the suite's time otherwise."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


@pytest.fixture(scope="session")
def migrated_file(request: pytest.FixtureRequest) -> Path | None:
    """Where pytest's cache keeps the migrated database; ``None`` without a cache."""
    cache = getattr(request.config, "cache", None)
    return Path(cache.mkdir("migrated"), migrated.name()) if cache is not None else None


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None, migrated_file: Path | None) -> None:
    """What pytest-django asks for before it makes the database."""
    if migrated_file is not None and migrated_file.exists():
        migrated.begin_with(migrated_file)


@pytest.fixture(scope="session")
def django_db_setup(
    django_db_setup: None,
    django_db_blocker: Any,
    migrated_file: Path | None,
    tmp_path_factory: pytest.TempPathFactory,
) -> Path | None:
    """Geography, locales, roots and collections, once a worker; on SQLite a copy of that in a file."""
    from cms.access.sync import sync
    from pages.tree import ensure_trees
    from search.models import SearchChange

    with django_db_blocker.unblock():
        if connection.vendor == "sqlite" and migrated_file is not None and not migrated_file.exists():
            migrated.keep(migrated_file)
        call_command("load_geography", verbosity=0)
        ensure_trees()
        sync()
        # What this noted for Elasticsearch is no test's.
        SearchChange.objects.all().delete()
        if connection.vendor != "sqlite":
            return None
        path = tmp_path_factory.mktemp("database") / "db.sqlite3"
        with closing(sqlite3.connect(path)) as copy:
            connection.connection.backup(copy)
        return path


@pytest.fixture(scope="module")
def shared_database(django_db_setup: Path | None, django_db_blocker: Any) -> Iterator[None]:
    """The database for content that is made once for a module, and taken back after it.

    What a test does to it is taken back after the test. Not for modules with transactions of their own.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


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
    _clear_caches()
    spelling.forget()
    yield
    _clear_caches()


def _clear_caches() -> None:
    for name in settings.CACHES:
        caches[name].clear()
