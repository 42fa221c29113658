"""A site of its own in a folder, with a database in a file: for tests that start commands and kill them."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cms.settings.env import ROOT


@dataclass
class OwnSite:
    """The folder holds the database and the media; ``started`` are the commands that may still run."""

    var_dir: Path
    started: list[subprocess.Popen[str]] = field(default_factory=list)

    @property
    def database(self) -> Path:
        return self.var_dir / "db.sqlite3"

    def start(self, *arguments: str, **environment: str) -> subprocess.Popen[str]:
        """A management command in a process of its own, beside the test."""
        process = subprocess.Popen(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=os.environ
            | {
                "DJANGO_SETTINGS_MODULE": "cms.settings.dev",
                "VAR_DIR": str(self.var_dir),
                "DATABASE_URL": f"sqlite:///{self.database}",
                "REDIS_URL": "",
                "ELASTICSEARCH_URL": "",
            }
            | environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        self.started.append(process)
        return process

    def manage(self, *arguments: str, **environment: str) -> str:
        """What a management command says; it must end well."""
        return said(self.start(*arguments, **environment))

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        with closing(sqlite3.connect(self.database)) as database:
            return database.execute(query).fetchall()

    def stop(self) -> None:
        for process in self.started:
            process.kill()
            process.communicate()


def said(process: subprocess.Popen[str]) -> str:
    """What a command said; it must have ended well."""
    out, error = process.communicate()
    assert process.returncode == 0, error
    return out
