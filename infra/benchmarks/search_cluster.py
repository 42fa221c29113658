"""What ``search_faults`` breaks: a cluster of its own, a proxy before it, a site with its worker and its readers."""

from __future__ import annotations

import http.client
import itertools
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import psycopg

from infra.benchmarks.search_editor import WORDS
from infra.benchmarks.server import ROOT, _free_port, inherited, production

#: Searches a second.
RATE = 8.0
QUERIES = [(code, word) for code, words in WORDS.items() for word in words]


class Cluster:
    """Elasticsearch by ``infra/services/start``, in a folder and on ports of its own."""

    def __init__(self, var_dir: Path, port: int, nodes: int = 1, security: bool = False) -> None:
        self.var_dir, self.port = var_dir, port
        var_dir.mkdir(parents=True, exist_ok=True)
        self._environment = inherited(
            VAR_DIR=str(var_dir),
            ELASTICSEARCH_PORT=str(port),
            ELASTICSEARCH_NODES=str(nodes),
            ELASTICSEARCH_SECURITY="1" if security else "",
        )
        scheme = "https" if security else "http"
        self.urls = [f"{scheme}://127.0.0.1:{port + number}" for number in range(nodes)]
        # As root the data lie where the services' user may go.
        command = ["bash", "-c", ". infra/services/common.sh && data_dir"]
        said = subprocess.run(command, check=True, env=self._environment, cwd=ROOT, capture_output=True, text=True)
        self.data = Path(said.stdout.strip())

    def start(self) -> None:
        """Start the nodes that don't run, and wait for all of them."""
        self._run("start")

    def stop(self) -> None:
        self._run("stop")

    def folder(self, node: int) -> Path:
        return self.data / ("elasticsearch" if node == 0 else f"elasticsearch-{node + 1}")

    def send(self, number: signal.Signals, node: int = 0) -> None:
        """Send a signal to a node's process."""
        os.kill(int((self.folder(node) / "pid").read_text()), number)

    def _run(self, script: str) -> None:
        command = [str(ROOT / "infra/services" / script), "elasticsearch"]
        subprocess.run(command, check=True, env=self._environment, stdout=subprocess.DEVNULL)


class Proxy:
    """A TCP proxy that hands on what comes after ``delay`` seconds, ``chunk`` bytes at a time."""

    def __init__(self, port: int) -> None:
        self._to = port
        self.delay, self.chunk = 0.0, 65536
        self._server = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._server.getsockname()[1]}"
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        self._server.close()

    def _accept(self) -> None:
        while True:
            try:
                client, _address = self._server.accept()
                server = socket.create_connection(("127.0.0.1", self._to))
            except OSError:
                return
            for one, other, slow in ((client, server, False), (server, client, True)):
                threading.Thread(target=self._pass_on, args=(one, other, slow), daemon=True).start()

    def _pass_on(self, one: socket.socket, other: socket.socket, slow: bool) -> None:
        try:
            while data := one.recv(self.chunk if slow else 65536):
                if slow and self.delay:
                    time.sleep(self.delay)
                other.sendall(data)
        except OSError:
            pass
        finally:
            for end in (one, other):
                # The other direction ends with this one.
                try:
                    end.shutdown(socket.SHUT_RDWR)
                except OSError:
                    end.close()


class Site:
    """gunicorn, a worker and an editor who publishes all the time, until the end of the ``with``."""

    def __init__(self, database_url: str, var_dir: Path, urls: str, **values: str) -> None:
        self.port = _free_port()
        self._database_url = database_url
        worker_key = values.pop("worker_key", "")
        common = {"ELASTICSEARCH_URL": urls, "VAGVISARE_TASKS": "database", "VAGVISARE_TRUSTED_PROXIES": "1"} | values
        # Each search is to be asked of an engine.
        common["VAGVISARE_PAGE_CACHE_SECONDS"] = "0"
        self._site = production(database_url, var_dir, PORT=str(self.port), WEB_CONCURRENCY="2", **common)
        if worker_key:
            common["VAGVISARE_ELASTICSEARCH_API_KEY"] = worker_key
        self._worker = production(database_url, var_dir, **common)
        self._log = (var_dir / "worker.log").open("a")

    def __enter__(self) -> Site:
        gunicorn = str(Path(sys.executable).parent / "gunicorn")
        config = ("--config", "infra/gunicorn/gunicorn.conf.py")
        self._processes = [
            self._start([gunicorn, *config], self._site),
            self._start([sys.executable, "manage.py", "search_worker"], self._worker),
            self._start([sys.executable, "-m", "infra.benchmarks.search_editor"], self._site),
        ]
        end = time.monotonic() + 60
        while self.ask("sv", "bostad", 1).status != 200:
            if time.monotonic() > end:
                self.__exit__()
                raise RuntimeError("The site did not answer within a minute.")
            time.sleep(0.2)
        return self

    def __exit__(self, *_: object) -> None:
        for process in self._processes:
            process.terminate()
        for process in self._processes:
            process.wait()
        self._log.close()

    def _start(self, command: list[str], environment: dict[str, str]) -> subprocess.Popen[bytes]:
        return subprocess.Popen(command, env=environment, cwd=ROOT, stdout=self._log, stderr=self._log)

    def manage(self, *command: str) -> subprocess.CompletedProcess[str]:
        """A management command with the worker's rights."""
        return subprocess.run(
            [sys.executable, "manage.py", *command],
            check=False,
            env=self._worker,
            cwd=ROOT,
            capture_output=True,
            text=True,
        )

    def waiting(self) -> int:
        """The changes that the worker has yet to tell."""
        with psycopg.connect(self._database_url) as connection:
            row = connection.execute("SELECT count(*) FROM search_searchchange").fetchone()
            return int(row[0]) if row else 0

    def edit(self, going_on: bool) -> None:
        """Let the editor go on, or rest."""
        self._processes[2].send_signal(signal.SIGUSR1 if going_on else signal.SIGUSR2)

    def ask(self, language: str, text: str, reader: int) -> Answer:
        began = time.monotonic()
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            # A reader each: nobody asks as often as all of them together.
            headers = {
                "X-Forwarded-For": f"10.0.{reader // 250 % 250}.{reader % 250 + 1}",
                "X-Forwarded-Proto": "https",
            }
            query = urlencode({"q": text, "lang": language})
            connection.request("GET", f"/api/v1/search?{query}", headers=headers)
            response = connection.getresponse()
            body = response.read()
            said: dict[str, Any] = json.loads(body) if response.status == 200 else {"hits": [], "degraded": False}
            passed = time.monotonic() - began
            return Answer(language, began, passed, response.status, len(said["hits"]), said["degraded"])
        except (OSError, http.client.HTTPException):
            return Answer(language, began, time.monotonic() - began, 0, 0, False)
        finally:
            connection.close()


@dataclass(frozen=True)
class Answer:
    """When it was asked for, how long it took, what it was."""

    language: str
    at: float
    seconds: float
    status: int
    hits: int
    degraded: bool

    @property
    def failed(self) -> bool:
        """Whether the reader did not get the pages that there are."""
        return self.status != 200 or not self.hits


@dataclass
class Readers:
    """Searches through HTTP, ``RATE`` a second, however long each takes."""

    site: Site
    answers: list[Answer] = field(default_factory=list)

    def __enter__(self) -> Readers:
        self._over = threading.Event()
        self._pool = ThreadPoolExecutor(32)
        self._thread = threading.Thread(target=self._go)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()
        self._pool.shutdown()

    def _go(self) -> None:
        queries = itertools.cycle(QUERIES)
        for number in itertools.count():
            if self._over.wait(1 / RATE):
                return
            self._pool.submit(self._one, *next(queries), number)

    def _one(self, language: str, text: str, number: int) -> None:
        self.answers.append(self.site.ask(language, text, number))

    def first_well(self, after: float, seconds: float) -> float:
        """Seconds from ``after`` until the cluster itself has answered in every language; waits at most ``seconds``."""
        end = time.monotonic() + seconds
        first: dict[str, float] = {}
        while time.monotonic() < end:
            for one in sorted(self.answers[:], key=lambda answer: answer.at):
                if one.at >= after and not one.failed and not one.degraded:
                    first.setdefault(one.language, one.at - after)
            if len(first) == len(WORDS):
                return max(first.values())
            time.sleep(0.05)
        return float("inf")
