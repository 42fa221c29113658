"""How good the search of the demo site is, on SQLite: what gets worse falls below a floor."""

from __future__ import annotations

import subprocess
import sys

from tests.e2e.conftest import ROOT


def test_no_language_is_below_its_floors(prepared: dict[str, str]) -> None:
    command = [sys.executable, "manage.py", "search_evaluate", "--floors", "--missed"]
    done = subprocess.run(command, cwd=ROOT, env=prepared, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "known MRR@10" in done.stdout
