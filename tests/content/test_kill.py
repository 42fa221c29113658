"""An import that is killed leaves nothing half."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection
from pytest_django.plugin import DjangoDbBlocker

from cms.settings.env import ROOT
from tests.content.conftest import MakeTree
from tests.content.samples import rich_tree


def _environment(var_dir: Path) -> dict[str, str]:
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "cms.settings.dev",
        "VAR_DIR": str(var_dir),
        "DATABASE_URL": f"sqlite:///{var_dir}/db.sqlite3",
        "REDIS_URL": "",
        "ELASTICSEARCH_URL": "",
    }


def _manage(var_dir: Path, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=_environment(var_dir),
        check=True,
        capture_output=True,
        text=True,
    )
    return done.stdout


def _counts(var_dir: Path) -> tuple[int, int, int]:
    with sqlite3.connect(var_dir / "db.sqlite3") as database:
        counts = [
            database.execute(f"SELECT COUNT(*) FROM {table}").fetchone()[0]  # noqa: S608  (the names are below)
            for table in ("wagtailcore_page", "wagtailcore_revision", "wagtailimages_image")
        ]
    return counts[0], counts[1], counts[2]


def _make_database(var_dir: Path) -> None:
    """A site without content in a file: the tests' own, where that is SQLite's."""
    var_dir.mkdir()
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        with sqlite3.connect(var_dir / "db.sqlite3") as copy:
            connection.connection.backup(copy)
    else:
        _manage(var_dir, "migrate", "--verbosity=0")
        _manage(var_dir, "load_geography", "--verbosity=0")
        _manage(var_dir, "shell", "-c", "from pages.tree import ensure_trees; ensure_trees()")


@pytest.mark.timeout(300)
def test_killed_in_the_middle(
    make_tree: MakeTree, tmp_path: Path, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> None:
    var_dir = tmp_path / "var"
    root = make_tree(rich_tree())
    with django_db_blocker.unblock():
        _make_database(var_dir)
    before = _counts(var_dir)
    with subprocess.Popen(
        [sys.executable, "manage.py", "import_content", str(root), "--verbosity=2"],
        cwd=ROOT,
        env=_environment(var_dir),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        assert process.stdout is not None
        said = []
        for line in process.stdout:
            said.append(line)
            if line.startswith("9 "):
                process.send_signal(signal.SIGKILL)
                break
    assert process.returncode == -signal.SIGKILL, said
    assert _counts(var_dir) == before
    written = sorted(path.name for path in (var_dir / "media/original_images").iterdir())
    assert written == ["city.png", "door-skane.svg", "door.svg"]
    _manage(var_dir, "import_content", str(root))
    # The files that were left over are used, so their names are what they would have been.
    assert sorted(path.name for path in (var_dir / "media/original_images").iterdir()) == written
    after = _counts(var_dir)
    assert after[1:] == (before[1] + 13, before[2] + 3)
    _manage(var_dir, "import_content", str(root))
    assert _counts(var_dir) == after
