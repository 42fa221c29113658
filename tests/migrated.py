"""The migrated database of an earlier run, on SQLite: each process of a run would take ten seconds to migrate its own.

It is found by what the migrations' files hold. ``migrate`` runs on it as on any database, with its signals.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from typing import Any

import django
from django.apps import apps
from django.db import connection
from django.db.backends.signals import connection_created


def name() -> str:
    """The file's name; another where any app's migrations, Django or SQLite is another."""
    digest = sha256(f"{django.VERSION} {sqlite3.sqlite_version}".encode())
    for app in apps.get_app_configs():
        for path in sorted(Path(app.path, "migrations").glob("*.py")):
            digest.update(f"{app.label} {path.name} ".encode() + path.read_bytes())
    return f"{digest.hexdigest()[:32]}.sqlite3"


def begin_with(file: Path) -> None:
    """Fill the test database from the file when it is first connected to, which is before ``migrate`` looks at it."""

    def fill(connection: Any, **_signal: Any) -> None:
        if connection.vendor == "sqlite" and connection.is_in_memory_db():
            connection_created.disconnect(dispatch_uid=str(file))
            with closing(sqlite3.connect(file)) as kept:
                kept.backup(connection.connection)

    connection_created.connect(fill, weak=False, dispatch_uid=str(file))


def keep(file: Path) -> None:
    """Put the database, which is migrated and has nothing else, in the file; earlier ones go."""
    part = file.with_suffix(f".{os.getpid()}")
    with closing(sqlite3.connect(part)) as copy:
        connection.connection.backup(copy)
    for old in file.parent.glob("*.sqlite3"):
        old.unlink(missing_ok=True)
    part.replace(file)
