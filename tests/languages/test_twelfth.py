"""A twelfth language from one entry in the registry and one catalog (docs/languages.md)."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection

# pytest-django makes a database only where a test has the mark.
pytestmark = pytest.mark.django_db

ENTRY = """\
    Language(
        "pl",
        "Polish",
        "polski",
        Script.LATIN,
        "pl",
        "pl",
        ("en", "sv"),
        "nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);",
    ),
"""
END_OF_LANGUAGES = ")\n\nBY_CODE"
# Settings of this test run that would lead the copy to this run's engines.
ENGINES = {"DATABASE_URL", "REDIS_URL", "ELASTICSEARCH_URL", "VAR_DIR", "DJANGO_SETTINGS_MODULE"}


def _without_demo(folder: str, names: list[str]) -> set[str]:
    return {name for name in names if name == "__pycache__" or (name == "demo" and Path(folder).name == "content")}


def copy_project(target: Path) -> None:
    """The source without its demo content, and of the tests what makes pages."""
    root = Path(settings.BASE_DIR)
    for folder in ("cms", "pages", "search", "locale"):
        shutil.copytree(root / folder, target / folder, ignore=_without_demo)
    (target / "tests" / "languages").mkdir(parents=True)
    for name in ("__init__.py", "factories.py", "html.py", "languages/__init__.py", "languages/polish_site.py"):
        shutil.copy(root / "tests" / name, target / "tests" / name)


def add_polish(target: Path) -> None:
    """One entry in the registry. The catalog is made there by the project's commands."""
    registry = target / "cms" / "languages" / "registry.py"
    source = registry.read_text(encoding="utf-8")
    assert source.count(END_OF_LANGUAGES) == 1
    registry.write_text(source.replace(END_OF_LANGUAGES, ENTRY + END_OF_LANGUAGES), encoding="utf-8")


def copy_database(target: Path) -> None:
    """This run's database with migrations and reference data, which saves half a minute; SQLite only."""
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        with sqlite3.connect(target) as copy:
            connection.connection.backup(copy)


@pytest.fixture(scope="module")
def polish(tmp_path_factory: pytest.TempPathFactory, django_db_setup: None, django_db_blocker: Any) -> dict[str, Any]:
    """What the site with Polish shows (``polish_site.facts``)."""
    target = tmp_path_factory.mktemp("twelfth")
    copy_project(target)
    add_polish(target)
    (target / "var").mkdir()
    with django_db_blocker.unblock():
        copy_database(target / "var" / "db.sqlite3")
    done = subprocess.run(
        [sys.executable, "-m", "tests.languages.polish_site"],
        cwd=target,
        env={name: value for name, value in os.environ.items() if name not in ENGINES}
        | {"VAR_DIR": str(target / "var"), "DJANGO_SETTINGS_MODULE": "cms.settings.test"},
        capture_output=True,
        text=True,
        check=False,
        timeout=110,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    facts: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return facts


@pytest.mark.parametrize(
    ("what", "shown"),
    [
        ("home", ["pl", "ltr", "Witamy w Szwecji", True]),
        ("bar", ["/language/pl/", "polski"]),
        ("chosen", ["/pl/", "pl"]),
        ("page", [True, True]),
        ("fallback", ["pl", "ltr", "sv", True, True]),
        ("missing", [404, "pl", "ltr"]),
        ("sitemap", True),
        ("first visit", "/pl/"),
        ("search", ["pl", "ltr", ["Nowości"]]),
        ("search in a fallback", ["Om webbplatsen"]),
        ("county", 200),
        ("plural", ["Ł2", "Ł0", "Ł1", "Ł2", "Ł2", "Ł1", "Ł2"]),
        ("django date", "5 marca 2026"),
        ("dates", ["5 marca 2026", "1234", "12\xa0345"]),
        ("translator", [True, False]),
        ("migrations", "No changes detected\n"),
    ],
)
def test_polish(polish: dict[str, Any], what: str, shown: object) -> None:
    assert polish[what] == shown
