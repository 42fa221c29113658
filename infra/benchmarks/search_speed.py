"""How fast search is with 1,000 to 100,000 pages; run by hand, with Elasticsearch running.

The demo is grown by ``search_corpus`` in a database of its own. Real queries in all languages are asked of
the API under gunicorn, twenty a second, in turns with the same searches asked of Elasticsearch directly, so
that whatever else the machine does falls on both. Writes a JSON file, and from it a plot.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import random
import shutil
import subprocess
import sys
import threading
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from cms.languages.registry import CODES
from cms.settings.env import env
from infra.benchmarks import search_plot
from infra.benchmarks.search_inside import Queries, percentiles
from infra.benchmarks.server import ROOT, Server, inherited, postgres, prepare, production
from search.evaluation.queries import SETS, load

SIZES = (1_000, 10_000, 100_000)
EMBEDDED_AT = 10_000
RATE, ROUNDS = 20.0, 3
THREADS = 16
CHANGES = 10
#: Queries whose processor time is measured.
COSTED = 200
DATABASE = "vagvisare_bench_search"
PREFIX = "bench-search"


class Site(Server):
    """The site with what this measurement sets."""

    def __init__(self, environment: dict[str, str], var_dir: Path, kept: int = 0) -> None:
        super().__init__(environment["DATABASE_URL"], var_dir, workers=2, page_cache_seconds=kept)
        own = ("PORT", "WEB_CONCURRENCY", "VAGVISARE_PAGE_CACHE_SECONDS")
        self._environment = environment | {name: self._environment[name] for name in own}


def chosen_queries() -> Queries:
    """The known and inflected queries of every language, mixed, the same each time."""
    found = [
        (code, one.text)
        for code in CODES
        for chosen in SETS
        for one in load(code, chosen)
        if one.kind in ("known", "inflected")
    ]
    random.Random(1).shuffle(found)  # noqa: S311  (no secret)
    return found


def ask(url: str, what: str, queries: Queries, seconds: float, rate: float = RATE) -> list[float]:
    """Ask the API, and return the milliseconds of each answer from when it was to be asked.

    Raises ``RuntimeError`` if an answer was not a success or came from another engine than wanted.
    """
    host = urllib.parse.urlsplit(url).netloc
    times: list[float] = []
    failed: list[str] = []
    numbers = iter(range(int(rate * seconds)))
    lock = threading.Lock()
    began = time.perf_counter() + 0.1

    def requests() -> None:
        connection = http.client.HTTPConnection(host, timeout=30)
        while True:
            with lock:
                number = next(numbers, None)
            if number is None:
                break
            due = began + number / rate
            time.sleep(max(0.0, due - time.perf_counter()))
            code, text = queries[number % len(queries)]
            try:
                connection.request("GET", f"/api/v1/{what}?{urllib.parse.urlencode({'lang': code, 'q': text})}")
                response = connection.getresponse()
                body = response.read()
            except (http.client.RemoteDisconnected, ConnectionError):
                # gunicorn closed what was kept open for too long; a browser asks again too.
                connection.close()
                connection.request("GET", f"/api/v1/{what}?{urllib.parse.urlencode({'lang': code, 'q': text})}")
                response = connection.getresponse()
                body = response.read()
            times.append((time.perf_counter() - due) * 1000)
            if response.status != 200:
                failed.append(f"{response.status} {code} {text}: {body[:200]!r}")
            elif b'"degraded": true' in body or b'"degraded":true' in body:
                failed.append(f"degraded: {code} {text}")
        connection.close()

    threads = [threading.Thread(target=requests) for _ in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failed:
        print(f"{len(failed)} of {len(times)} failed, the first: {failed[0]}", file=sys.stderr)
    return times


def typed(queries: Queries) -> Queries:
    """What a browser asks for while somebody types these: their beginnings."""
    chance = random.Random(2)  # noqa: S311  (no secret)
    return [(code, text[: chance.randint(3, max(3, len(text)))]) for code, text in queries]


def run(environment: dict[str, str], *command: str) -> float:
    """Run a command of the project; the seconds that it took."""
    began = time.monotonic()
    subprocess.run([sys.executable, *command], check=True, env=environment, cwd=ROOT, stdout=sys.stderr)
    return time.monotonic() - began


def inside(environment: dict[str, str], what: str, **asked: Any) -> Any:
    """What ``search_inside`` measures."""
    command = [sys.executable, "-m", "infra.benchmarks.search_inside", what]
    done = subprocess.run(
        command, check=True, env=environment, cwd=ROOT, input=json.dumps(asked), stdout=subprocess.PIPE, text=True
    )
    return json.loads(done.stdout.splitlines()[-1])


def engine(path: str, method: str = "GET") -> Any:
    """Elasticsearch's own answer."""
    request = urllib.request.Request(env.elasticsearch_url.split(",")[0] + path, method=method)
    with urllib.request.urlopen(request, timeout=60) as response:
        return json.load(response)


def drop(beginning: str) -> None:
    """Delete the indices whose names begin so; by name, because Elasticsearch refuses a pattern."""
    for name in engine(f"/{beginning}*/_settings?filter_path=*.settings.index.uuid"):
        engine(f"/{name}", "DELETE")


def index_size() -> dict[str, float]:
    """Megabytes: the index on disk, and Elasticsearch's heap after a collection."""
    stats = engine(f"/{PREFIX}-*/_stats/store")["indices"]
    answering = {
        name for name, aliases in engine(f"/{PREFIX}-*/_alias").items() if f"{PREFIX}-" in str(aliases["aliases"])
    }
    heap = next(iter(engine("/_nodes/stats/jvm")["nodes"].values()))["jvm"]["mem"]
    size = sum(stats[name]["total"]["store"]["size_in_bytes"] for name in stats if name in answering)
    return {"store": size / 1e6, "heap": heap["heap_used_in_bytes"] / 1e6, "heap_max": heap["heap_max_in_bytes"] / 1e6}


@contextmanager
def worker(environment: dict[str, str]) -> Iterator[None]:
    process = subprocess.Popen([sys.executable, "manage.py", "search_worker"], env=environment, cwd=ROOT)
    try:
        time.sleep(5)
        yield
    finally:
        process.terminate()
        process.wait(timeout=30)


def loaded() -> float:
    return os.getloadavg()[0]


def measured(environment: dict[str, str], var_dir: Path, seconds: float, *, own: bool) -> dict[str, Any]:
    """The API's percentiles, each search asked anew; with ``own`` also what Elasticsearch itself took, in turns.

    ``kept`` is for searches that were made before, which the site keeps the answers of.
    """
    queries = chosen_queries()
    times: dict[str, list[float]] = {"search": [], "suggest": [], "took": [], "trips": []}
    loads = []
    with Site(environment, var_dir) as site:
        ask(site.url, "search", queries, len(queries) / RATE)
        ask(site.url, "suggest", typed(queries), 10)
        for number in range(ROUNDS):
            part = int(RATE * seconds / ROUNDS) * number % len(queries)
            turned = queries[part:] + queries[:part]
            loads.append(loaded())
            times["search"] += ask(site.url, "search", turned, seconds / ROUNDS)
            times["suggest"] += ask(site.url, "suggest", typed(turned), seconds / ROUNDS)
            if own:
                answer = inside(environment, "took", queries=turned, rate=RATE, seconds=seconds / ROUNDS)
                times["took"] += answer["took"]
                times["trips"] += answer["trips"]
            loads.append(loaded())
        result: dict[str, Any] = {name: percentiles(values) for name, values in times.items() if values}
        result["memory"] = max(one.rss for one in site.memory())
        if own:
            with worker(environment):
                change = inside(environment, "found", address=site.url, rounds=CHANGES)
            result["found"] = sorted(change["found"])
            result["publishing"] = sorted(change["publishing"])
    # Two processes keep them together in Redis, where there is one.
    with Site(environment | {"REDIS_URL": env.redis_url}, var_dir, kept=3600) as site:
        few = queries[: int(RATE * seconds / ROUNDS)]
        for _time in range(2):
            ask(site.url, "search", few, len(few) / RATE)
        result["kept"] = percentiles(ask(site.url, "search", few, len(few) / RATE))
    return result | {"load": [min(loads), max(loads)], "seconds": seconds}


def _save(out: Path, name: str, **figures: Any) -> None:
    known = json.loads(out.read_text()) if out.exists() else {}
    known.setdefault(name, {}).update(figures)
    out.write_text(json.dumps(known, indent=1, sort_keys=True) + "\n")
    print(name, json.dumps(figures), flush=True)


def at_size(size: int, database_url: str, var_dir: Path, out: Path, seconds: float) -> None:
    """Grow, build and measure."""
    development = inherited(DATABASE_URL=database_url, VAR_DIR=str(var_dir))
    site = _environment(database_url, var_dir)
    without = site | {"ELASTICSEARCH_URL": ""}
    name = str(size)
    grown = run(development, "manage.py", "search_corpus", "--pages", str(size), "--no-records")
    began = loaded()
    records = run(without, "manage.py", "search_rebuild")
    index = run(site, "manage.py", "search_rebuild", "--index")
    _save(out, name, grown=grown, records=records, index=index, rebuild_load=[began, loaded()], size=index_size())
    _save(out, name, elasticsearch=measured(site, var_dir, seconds, own=True))
    few = chosen_queries()[:COSTED]
    anew = {"VAGVISARE_PAGE_CACHE_SECONDS": "0"}
    _save(out, name, cost=inside(site | anew, "cost", queries=few, warm=COSTED))
    _save(out, name, wagtail=inside(site, "wagtail", queries=chosen_queries(), rate=RATE, seconds=seconds / 2))
    drop(f"{PREFIX}-wagtail-")
    if size == EMBEDDED_AT:
        _save(out, name, postgresql=measured(without, var_dir, seconds, own=False))
        _save(out, name, postgresql_cost=inside(without | anew, "cost", queries=few, warm=COSTED))


def _environment(database_url: str, var_dir: Path) -> dict[str, str]:
    return production(
        database_url, var_dir, ELASTICSEARCH_URL=env.elasticsearch_url, BENCH_PREFIX=PREFIX, VAGVISARE_TASKS="database"
    ) | {"DJANGO_SETTINGS_MODULE": "infra.benchmarks.search_settings"}


def on_sqlite(var_dir: Path, out: Path, seconds: float) -> None:
    """The embedded engine at its size, on SQLite."""
    url = f"sqlite:///{var_dir / 'search.sqlite3'}"
    development = inherited(DATABASE_URL=url, VAR_DIR=str(var_dir))
    if not (var_dir / "search.sqlite3").exists():
        prepare(url, var_dir)
    grown = run(development, "manage.py", "search_corpus", "--pages", str(EMBEDDED_AT))
    environment = _environment(url, var_dir) | {"ELASTICSEARCH_URL": ""}
    _save(out, str(EMBEDDED_AT), sqlite=measured(environment, var_dir, seconds, own=False), sqlite_grown=grown)


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--sizes", default=",".join(map(str, SIZES)), help="pages, with commas between; 0: SQLite only")
    parser.add_argument("--seconds", type=float, default=60.0, help="how long each engine is asked")
    parser.add_argument("--database", default="", help="one that is prepared already, and kept")
    parser.add_argument("--sqlite", action="store_true", help="also the embedded engine on SQLite")
    parser.add_argument("--quality", action="store_true", help="also how well Wagtail's backend finds (before growing)")
    parser.add_argument("--out", type=Path, default=ROOT / "docs/search-speed.json")
    parser.add_argument("--plot", type=Path, default=ROOT / "docs/images/search-growth.svg")
    asked = parser.parse_args()
    if not env.elasticsearch_url:
        print("ELASTICSEARCH_URL is not set.", file=sys.stderr)
        return 1
    var_dir = env.var_dir / "bench-search"
    var_dir.mkdir(parents=True, exist_ok=True)
    try:
        if asked.database:
            _all(asked, asked.database, var_dir)
        else:
            with postgres(env.var_dir, DATABASE) as database_url:
                prepare(database_url, var_dir)
                _all(asked, database_url, var_dir)
    finally:
        if not asked.database:
            drop(f"{PREFIX}-")
            shutil.rmtree(var_dir, ignore_errors=True)
    search_plot.write(json.loads(asked.out.read_text()), asked.plot)
    return 0


def _all(asked: argparse.Namespace, database_url: str, var_dir: Path) -> None:
    site = _environment(database_url, var_dir)
    if asked.quality:
        run(site, "manage.py", "search_rebuild")
        _save(asked.out, "quality", **inside(site, "quality"))
    for size in map(int, asked.sizes.split(",")):
        if size:
            at_size(size, database_url, var_dir, asked.out, asked.seconds)
    if asked.sqlite:
        on_sqlite(var_dir, asked.out, asked.seconds)


if __name__ == "__main__":
    sys.exit(main())
