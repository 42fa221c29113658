"""What readers and editors notice when Elasticsearch fails, against real processes on loopback. About 6 minutes.

A cluster of its own, a site under gunicorn on PostgreSQL with a worker, eight searches a
second through HTTP, an editor who publishes all the time. Each fault lasts some seconds. Fails if a
search failed (another answer than 200 with hits) or if a change was lost.
"""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from elasticsearch import Elasticsearch

from cms.settings.env import env
from infra.benchmarks.search_cluster import Cluster, Proxy, Readers, Site
from infra.benchmarks.server import ROOT, postgres, production
from infra.elasticsearch.keys import make

PORT = 9471
#: Seconds that a fault lasts, at most until the cluster answers again, and until everything is told.
LASTS, RECOVERS, TOLD = 6.0, 40.0, 40.0


@dataclass
class Row:
    """What was measured of a fault."""

    name: str
    searches: int
    failed: int
    slowest: float
    degraded: int
    recovered: float
    told: float
    lost: str

    def line(self) -> str:
        return (
            f"{self.name:38}{self.searches:9}{self.failed:8}{self.degraded:10}{self.slowest:7.2f} s"
            f"{self.recovered:6.1f} s{self.told:6.1f} s  {self.lost}"
        )

    @property
    def well(self) -> bool:
        return not self.failed and self.lost == "0" and self.recovered < RECOVERS and self.told < TOLD


def observe(name: str, site: Site, begin: Callable[[], None], end: Callable[[], None], lasts: float = LASTS) -> Row:
    """Let a fault happen under load, and see what comes of it."""
    print(f"  {name}", file=sys.stderr, flush=True)
    with Readers(site) as readers:
        site.edit(going_on=True)
        time.sleep(1.5)
        readers.answers.clear()
        begin()
        time.sleep(lasts)
        end()
        over = time.monotonic()
        recovered = readers.first_well(over, RECOVERS)
        site.edit(going_on=False)
    told = _told(site, over)
    row = Row(
        name,
        len(readers.answers),
        sum(one.failed for one in readers.answers),
        max(one.seconds for one in readers.answers),
        sum(one.degraded for one in readers.answers),
        recovered,
        told,
        _lost(site),
    )
    # At once: what comes after may fail.
    print(row.line(), file=sys.stderr, flush=True)
    return row


def _told(site: Site, since: float) -> float:
    """Seconds until the outbox is empty."""
    while (passed := time.monotonic() - since) < TOLD:
        if not site.waiting():
            return passed
        time.sleep(0.1)
    return float("inf")


def _lost(site: Site) -> str:
    """How many pages Elasticsearch has otherwise than the database."""
    said = site.manage("search_verify", "--check")
    if said.returncode == 0:
        return "0"
    return said.stderr.strip().splitlines()[-1][:60]


def nothing() -> None:
    """A fault that ends by itself."""


def single(database_url: str, var_dir: Path) -> list[Row]:
    """The faults of one node."""
    cluster = Cluster(var_dir / "one", PORT)
    cluster.start()
    client = Elasticsearch(cluster.urls[0], request_timeout=30)
    ours = "vagvisare-*"

    def full(is_full: bool) -> Callable[[], None]:
        setting = {"index.blocks.read_only_allow_delete": True if is_full else None}
        return lambda: _ignore(client.indices.put_settings(index=ours, settings=setting))

    def other_mapping() -> None:
        client.indices.create(index="other", mappings={"properties": {"title": {"type": "keyword"}}})
        actions = [
            {"remove": {"index": ours, "alias": "vagvisare-sv"}},
            {"add": {"index": "other", "alias": "vagvisare-sv"}},
        ]
        client.indices.update_aliases(actions=actions)
        # And one with the alias's own name.
        client.indices.delete(index=next(iter(client.indices.get_alias(name="vagvisare-en").body)))
        client.indices.create(index="vagvisare-en")

    def empty() -> None:
        cluster.send(signal.SIGKILL)
        time.sleep(1)
        shutil.rmtree(cluster.folder(0) / "data")

    rows = []
    try:
        with Site(database_url, var_dir, cluster.urls[0]) as site:
            _rebuild(site)
            rows += [
                observe("nothing (for comparison)", site, nothing, nothing),
                observe("killed (-9), started again", site, lambda: cluster.send(signal.SIGKILL), cluster.start),
                observe(
                    "stopped (SIGSTOP), goes on",
                    site,
                    lambda: cluster.send(signal.SIGSTOP),
                    lambda: cluster.send(signal.SIGCONT),
                ),
                observe("disk full (index read-only)", site, full(True), full(False)),
                observe("other mapping, other index", site, other_mapping, nothing, lasts=1),
                observe("killed, started empty", site, empty, cluster.start, lasts=2),
            ]
        proxy = Proxy(PORT)

        def slow(delay: float, chunk: int = 65536) -> Callable[[], None]:
            def change() -> None:
                proxy.delay, proxy.chunk = delay, chunk

            return change

        with Site(database_url, var_dir, proxy.url) as site:
            rows += [
                observe("answers after 2 s", site, slow(2.0), slow(0.0)),
                observe("answers trickle (64 bytes in 0.1 s)", site, slow(0.1, 64), slow(0.0)),
            ]
        proxy.close()
    finally:
        cluster.stop()
    return rows


def several(database_url: str, var_dir: Path) -> list[Row]:
    """Three nodes with one replica: each node in turn is the one that goes, the master first."""
    cluster = Cluster(var_dir / "three", PORT + 10, nodes=3)
    cluster.start()
    client = Elasticsearch(cluster.urls, request_timeout=30)
    chosen = cast(list[dict[str, str]], client.cat.master(format="json").body)
    master = int(chosen[0]["node"].removeprefix("node-")) - 1
    rows = []
    try:
        with Site(database_url, var_dir, ",".join(cluster.urls), VAGVISARE_ELASTICSEARCH_REPLICAS="1") as site:
            _rebuild(site)
            client.cluster.health(wait_for_status="green", timeout="30s")
            rows.append(
                observe("1 of 3 nodes (the master) killed", site, lambda: cluster.send(signal.SIGKILL, master), nothing)
            )
            cluster.start()
            client.cluster.health(wait_for_status="green", timeout="30s")
            other = (master + 1) % 3
            rows.append(
                observe(
                    "1 of 3 nodes stopped (SIGSTOP)",
                    site,
                    lambda: cluster.send(signal.SIGSTOP, other),
                    lambda: cluster.send(signal.SIGCONT, other),
                )
            )
    finally:
        cluster.stop()
    return rows


def secured(database_url: str, var_dir: Path) -> list[Row]:
    """TLS and a key each for site and worker; then the site's key is revoked."""
    cluster = Cluster(var_dir / "secured", PORT + 20, security=True)
    cluster.start()
    ca = str(cluster.data / "elasticsearch" / "ca.crt")
    password = (cluster.data / "elasticsearch" / "password").read_text().strip()
    client = Elasticsearch(cluster.urls, ca_certs=ca, basic_auth=("admin", password), request_timeout=30)
    keys = make(client)
    try:
        with Site(
            database_url,
            var_dir,
            cluster.urls[0],
            VAGVISARE_ELASTICSEARCH_CA=ca,
            VAGVISARE_ELASTICSEARCH_API_KEY=keys["site"],
            worker_key=keys["worker"],
        ) as site:
            _rebuild(site)
            index = next(iter(client.indices.get_alias(name="vagvisare-sv").body))
            _expect_refused(Elasticsearch(cluster.urls, ca_certs=ca, api_key=keys["site"]), index)
            rows = [observe("TLS, a key each: nothing happens", site, nothing, nothing)]
            rows.append(_revoked(client, site))
            return rows
    finally:
        cluster.stop()


def _revoked(client: Elasticsearch, site: Site) -> Row:
    """The site's key is revoked: the database answers from then on, so there is nothing to recover."""
    with Readers(site) as readers:
        client.security.invalidate_api_key(name="vagvisare-site")
        time.sleep(4)
    answers = readers.answers
    slowest = max(one.seconds for one in answers)
    failed, degraded = sum(one.failed for one in answers), sum(one.degraded for one in answers)
    return Row("the site's key revoked (stays so)", len(answers), failed, slowest, degraded, 0.0, 0.0, _lost(site))


def _expect_refused(client: Elasticsearch, index: str) -> None:
    """The key of the site must not write, nor delete this index."""
    told = client.options(ignore_status=403, request_timeout=30)
    if told.index(index="vagvisare-sv", id="1", document={}).meta.status != 403:
        raise RuntimeError("The site's key may write.")
    if told.indices.delete(index=index).meta.status != 403:
        raise RuntimeError("The site's key may delete.")


def _prepare(database_url: str, var_dir: Path) -> None:
    """A site with a few pages in four languages: what is measured is whether it answers, not how well it finds."""
    manage = [sys.executable, "manage.py"]
    for command in (
        [*manage, "catalogs", "compile"],
        [*manage, "migrate", "--noinput", "--verbosity=0"],
        [*manage, "load_geography"],
        [sys.executable, "-m", "infra.benchmarks.search_editor", "make"],
    ):
        environment = production(database_url, var_dir)
        subprocess.run(command, check=True, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)


def _rebuild(site: Site) -> None:
    said = site.manage("search_rebuild", "--index")
    if said.returncode:
        raise RuntimeError(said.stderr)


def _ignore(_value: object) -> None:
    pass


def report(rows: list[Row]) -> None:
    print(f"\n{'':38}{'searches':>9}{'failed':>8}{'degraded':>10}{'slowest':>9}{'back':>8}{'told':>8}  lost")
    for row in rows:
        print(row.line())


def main() -> int:
    began = time.monotonic()
    var_dir = env.var_dir / "faults"
    shutil.rmtree(var_dir, ignore_errors=True)
    var_dir.mkdir(parents=True)
    parts = {"single": single, "several": several, "secured": secured}
    chosen = sys.argv[1:] or list(parts)
    rows: list[Row] = []
    try:
        with postgres(env.var_dir, "vagvisare_faults") as database_url:
            _prepare(database_url, var_dir)
            for part in chosen:
                rows += parts[part](database_url, var_dir)
    except (RuntimeError, subprocess.CalledProcessError) as error:
        print(f"The measurement failed: {error}", file=sys.stderr)
        return 1
    finally:
        report(rows)
        print(f"Took {time.monotonic() - began:.0f} seconds in all.")
        shutil.rmtree(var_dir, ignore_errors=True)
    return 0 if all(row.well for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
