"""An import that is killed is taken up where it was: no page half, nothing twice."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from pytest_django.plugin import DjangoDbBlocker

from cms.settings.env import ROOT
from tests.content.test_kill import _environment, _make_database, _manage

PAGES = 5
#: Pages with two texts each, and a confirmed file that translates them.
PREPARE = f"""
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from cms.translation.exchange.compare import compare
from cms.translation.exchange.importing import store
from cms.translation.exchange.service import read
from cms.translation.localize import units_of
from tests.factories import make_home, make_page, paragraphs
user = get_user_model().objects.create_superuser("k", "k@example.org")
make_home()
lines = ["id,language,target"]
for number in range({PAGES}):
    page = make_page(f"sida-{{number}}/", body=paragraphs("Text."))
    for unit in units_of(page.translation_key, "ar"):
        lines.append(f"{{page.translation_key}}#{{unit.id}},ar,نص")
kind, rows = read(SimpleUploadedFile("a.csv", "\\n".join(lines).encode()))
batch = store(compare(rows, user), user, "a.csv", kind)
batch.status = "confirmed"
batch.save()
"""
#: Says each page when it is written, and before it is kept.
CARRY_OUT = """
from django.db.models.signals import post_save
from cms.translation.exchange.importing import carry_out
from cms.translation.exchange.models import ImportBatch, ImportPart
def say(**more):
    print("page", flush=True)
    __import__("time").sleep(0.5)
post_save.connect(say, sender=ImportPart, weak=False)
carry_out(ImportBatch.objects.get())
"""


def _state(var_dir: Path) -> tuple[int, int, int, str]:
    """Pages that are done, texts written, entries in the audit log, the file's status."""
    with sqlite3.connect(var_dir / "db.sqlite3") as database:
        counts = [
            database.execute(query).fetchone()[0]
            for query in (
                "SELECT COUNT(*) FROM translation_exchange_importpart WHERE status = 'done'",
                "SELECT COUNT(*) FROM translation_textversion WHERE origin = 'import'",
                "SELECT COUNT(*) FROM access_auditentry WHERE event = 'imported'",
                "SELECT status FROM translation_exchange_importbatch",
            )
        ]
    return counts[0], counts[1], counts[2], counts[3]


@pytest.mark.timeout(300)
def test_killed_in_the_middle(tmp_path: Path, django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    var_dir = tmp_path / "var"
    with django_db_blocker.unblock():
        _make_database(var_dir)
    _manage(var_dir, "shell", "-c", PREPARE)
    assert _state(var_dir) == (0, 0, 0, "confirmed")
    with subprocess.Popen(
        [sys.executable, "manage.py", "shell", "-c", CARRY_OUT],
        cwd=ROOT,
        env=_environment(var_dir),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        assert process.stdout is not None
        said = 0
        for line in process.stdout:
            said += line == "page\n"
            if said == 3:
                process.send_signal(signal.SIGKILL)
                break
    assert process.returncode == -signal.SIGKILL
    done, texts, entries, status = _state(var_dir)
    # The third page was written, and not kept.
    assert (done, entries, status) == (2, 2, "confirmed")
    each = texts // 2
    assert each >= 2
    for _turn in range(2):
        _manage(var_dir, "shell", "-c", CARRY_OUT)
        assert _state(var_dir) == (PAGES, PAGES * each, PAGES, "done")
