"""A machine translation that is killed goes on where it was; workers together keep to the budget."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from pytest_django.plugin import DjangoDbBlocker

from cms.settings.env import ROOT
from cms.translation.machine.budget import reserve
from cms.translation.machine.providers import Setup
from cms.translation.machine.providers.libretranslate import LibreTranslate
from tests.translation.machine.server import Asked, Reply, libretranslate, serving

PARAGRAPHS = 50
_PAGE = f"""
from tests.factories import make_home, make_page, paragraphs
make_home(); make_home("es")
make_page("om/", title="Om", body=paragraphs(*[f"Stycke {{n}} om ditt liv här." for n in range({PARAGRAPHS})]))
"""
_RESERVE = """
from cms.translation.machine.budget import reserve
from cms.translation.machine.providers import Setup
setup = Setup("pseudo", "pseudo", budget=1000)
print("got", sum(7 for _ in range(100) if reserve(setup, "es", 7)))
"""

Manage = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def manage(tmp_path: Path, django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Manage]:
    """Starts a management command on a site of its own, with a database in a file."""
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "cms.settings.dev",
        "VAR_DIR": str(tmp_path),
        "DATABASE_URL": f"sqlite:///{tmp_path}/db.sqlite3",
        "REDIS_URL": "",
        "ELASTICSEARCH_URL": "",
        "VAGVISARE_MACHINE_RATE": "0",
    }
    started: list[subprocess.Popen[str]] = []

    def start(*arguments: str, machine: str = "") -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=environment | {"VAGVISARE_MACHINE": machine},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        started.append(process)
        return process

    with django_db_blocker.unblock():
        if connection.vendor == "sqlite":
            connection.ensure_connection()
            with sqlite3.connect(tmp_path / "db.sqlite3") as copy:
                connection.connection.backup(copy)
        else:
            for command in ("migrate", "load_geography"):
                assert start(command, "--verbosity=0").wait() == 0
            assert start("shell", "-c", "from pages.tree import ensure_trees; ensure_trees()").wait() == 0
    yield start
    for process in started:
        process.kill()
        process.communicate()


def said(process: subprocess.Popen[str]) -> str:
    """What a command said; it must have ended well."""
    out, error = process.communicate()
    assert process.returncode == 0, error
    return out


def rows(path: Path, query: str) -> list[tuple[Any, ...]]:
    with sqlite3.connect(path / "db.sqlite3") as database:
        return database.execute(query).fetchall()


@pytest.mark.timeout(300)
def test_killed_in_the_middle(manage: Manage, tmp_path: Path) -> None:
    said(manage("shell", "-c", _PAGE))
    reached, go_on = threading.Event(), threading.Event()
    batches: list[list[str]] = []

    def answer(asked: Asked) -> Reply:
        if asked.path == "/translate":
            batches.append(asked.body["q"])
            if len(batches) == 2:
                reached.set()
                go_on.wait(60)
        return libretranslate(asked)

    with serving(answer) as server:
        first = manage("machine_translate", "es", "--path=om", machine=f"libretranslate+{server.address}")
        assert reached.wait(60)
        first.send_signal(signal.SIGKILL)
        first.wait()
        go_on.set()
        written = "SELECT COUNT(*) FROM translation_textversion"
        assert rows(tmp_path, written) == [(LibreTranslate.max_texts,)]
        again = said(manage("machine_translate", "es", "--path=om", machine=f"libretranslate+{server.address}"))
    assert again == f"om es: done, {PARAGRAPHS + 1} of {PARAGRAPHS + 1}\n"
    # Every text once, and only the batch in flight was sent, and counted, twice.
    assert rows(tmp_path, written) == [(PARAGRAPHS + 1,)]
    assert rows(tmp_path, "SELECT COUNT(DISTINCT path || source_text) FROM translation_textversion") == [
        (PARAGRAPHS + 1,)
    ]
    assert batches[1] == batches[2]
    sent = sum(len(text) for batch in batches for text in batch)
    assert rows(tmp_path, "SELECT characters FROM machine_translation_usage") == [(sent,)]
    assert rows(tmp_path, "SELECT COUNT(*) FROM machine_translation_machinejob WHERE status = 'done'") == [(1,)]
    assert rows(tmp_path, "SELECT COUNT(*) FROM wagtailcore_page WHERE url_path = '/home-es/om/' AND live") == [(0,)]


@pytest.mark.timeout(300)
def test_workers_together_never_exceed_the_budget(manage: Manage, tmp_path: Path) -> None:
    workers = [manage("shell", "-c", _RESERVE) for _ in range(3)]
    got = sum(int(said(worker).rpartition("got")[2]) for worker in workers)
    assert got == 1000 - 1000 % 7
    assert rows(tmp_path, "SELECT characters FROM machine_translation_usage") == [(got,)]


@pytest.mark.skipif(connection.vendor == "sqlite", reason="threads have one connection on SQLite in memory")
@pytest.mark.django_db(transaction=True)
def test_threads_together_never_exceed_the_budget() -> None:
    setup = Setup("pseudo", "pseudo", budget=1000)
    got: list[int] = []

    def work() -> None:
        got.extend(7 for _ in range(100) if reserve(setup, "es", 7))
        connection.close()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(got) == 1000 - 1000 % 7
