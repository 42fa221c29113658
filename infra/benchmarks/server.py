"""The site as it is measured: gunicorn with its workers in production settings, on PostgreSQL."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg import sql

ROOT = Path(__file__).resolve().parent.parent.parent
DATABASE = "vagvisare_bench"
# What the person's own environment says about engines must not change what is measured.
_NOT_INHERITED = {"REDIS_URL", "ELASTICSEARCH_URL", "DATABASE_URL", "WEB_CONCURRENCY", "DJANGO_SETTINGS_MODULE"}


def inherited(**values: str) -> dict[str, str]:
    """This process's environment without what says which engines to use, and with ``values``."""
    kept = {name: value for name, value in os.environ.items() if name not in _NOT_INHERITED}
    return {name: value for name, value in kept.items() if not name.startswith("VAGVISARE_")} | values


@contextmanager
def postgres(var_dir: Path, database: str = DATABASE) -> Iterator[str]:
    """A fresh database on the project's own PostgreSQL, which is started for it if it doesn't run.

    Gives the database's address; drops the database at the end and stops what was started.
    """
    ran_before = _reachable(_services(var_dir).get("DATABASE_URL"))
    environment = inherited(VAR_DIR=str(var_dir))
    subprocess.run([str(ROOT / "infra/services/start"), "postgres"], check=True, env=environment, stdout=sys.stderr)
    server = _services(var_dir)["DATABASE_URL"]
    name = sql.Identifier(database)
    try:
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(name))
            connection.execute(sql.SQL("CREATE DATABASE {}").format(name))
        yield f"{server.rpartition('/')[0]}/{database}"
    finally:
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(name))
        if not ran_before:
            subprocess.run([str(ROOT / "infra/services/stop"), "postgres"], check=True, env=environment)


def _services(var_dir: Path) -> dict[str, str]:
    file = var_dir / "services" / "env"
    lines = file.read_text().splitlines() if file.exists() else []
    return dict(line.split("=", 1) for line in lines if "=" in line and not line.startswith("#"))


def _reachable(url: str | None) -> bool:
    try:
        if url:
            psycopg.connect(url, connect_timeout=2).close()
    except psycopg.OperationalError:
        return False
    return bool(url)


def prepare(database_url: str, var_dir: Path) -> None:
    """Migrations, geography and demo content as ``make run`` makes them; static files as production does."""
    development = inherited(DATABASE_URL=database_url, VAR_DIR=str(var_dir))
    for environment, command in (
        (development, ["catalogs", "compile"]),
        (development, ["prepare"]),
        (production(database_url, var_dir), ["collectstatic", "--noinput", "--verbosity=0"]),
    ):
        subprocess.run(
            [sys.executable, "manage.py", *command], check=True, env=environment, cwd=ROOT, stdout=sys.stderr
        )


def production(database_url: str, var_dir: Path, **values: str) -> dict[str, str]:
    """The environment of production settings, with ``values``."""
    return inherited(
        DJANGO_SETTINGS_MODULE="cms.settings.production",
        DATABASE_URL=database_url,
        VAR_DIR=str(var_dir),
        SECRET_KEY="only-for-this-measurement-" + "0" * 32,
        VAGVISARE_ALLOWED_HOSTS="*",
        VAGVISARE_BASE_URL="http://127.0.0.1",
        **values,
    )


@dataclass(frozen=True)
class Memory:
    """A worker's memory in megabytes: resident, and its proportional share of what it shares."""

    rss: float
    pss: float


class Server:
    """gunicorn in production settings on a free port of loopback; a context manager that ends it."""

    def __init__(self, database_url: str, var_dir: Path, workers: int, page_cache_seconds: int) -> None:
        self.workers = workers
        self.port = _free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._environment = production(
            database_url,
            var_dir,
            PORT=str(self.port),
            WEB_CONCURRENCY=str(workers),
            VAGVISARE_PAGE_CACHE_SECONDS=str(page_cache_seconds),
        )

    def __enter__(self) -> Server:
        self._process = subprocess.Popen(
            # No worker is replaced while it is measured: a new one has a cold cache and less memory.
            [
                str(Path(sys.executable).parent / "gunicorn"),
                *("--config", "infra/gunicorn/gunicorn.conf.py", "--max-requests", "0"),
            ],
            env=self._environment,
            cwd=ROOT,
        )
        try:
            self._wait(seconds=60)
        except BaseException:
            self._end()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self._end()

    def memory(self) -> list[Memory]:
        """The memory of each worker now."""
        children = Path(f"/proc/{self._process.pid}/task/{self._process.pid}/children").read_text().split()
        return [_memory(pid) for pid in children]

    def _wait(self, seconds: int) -> None:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if self._process.poll() is not None:
                raise RuntimeError("gunicorn ended while it started. What it said stands above.")
            try:
                with urllib.request.urlopen(f"{self.url}/healthz", timeout=5):
                    return
            except urllib.error.HTTPError as error:
                raise RuntimeError(f"/healthz answered {error.code}.") from error
            except OSError:
                time.sleep(0.1)
        raise RuntimeError(f"gunicorn did not answer within {seconds} seconds.")

    def _end(self) -> None:
        self._process.terminate()
        try:
            self._process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _memory(pid: str) -> Memory:
    fields = dict(
        line.split(":", 1) for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()[1:] if ":" in line
    )
    return Memory(*(int(fields[name].split()[0]) / 1024 for name in ("Rss", "Pss")))
