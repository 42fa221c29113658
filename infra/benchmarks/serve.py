"""``make bench``: how fast the demo site is served, and what memory a worker takes.

In one run and interleaved (A B C A B C …), so that whatever else the machine does falls on all
alike: a constant response, an article that is rendered anew, and the same article from the page
cache. The figure to compare between machines is the ratio to the constant response.
"""

from __future__ import annotations

import shutil
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

from cms.settings.env import env
from infra.benchmarks import load
from infra.benchmarks.server import Memory, Server, postgres, prepare

ARTICLE = "/sv/att-bo/hyra-bostad/"
WORKERS = 2
ROUNDS = 5
SECONDS = 4
MEMORY_LIMIT = 250
"""The most that a worker may take, in megabytes resident."""


@dataclass
class Case:
    """An address under measurement, and what was measured."""

    name: str
    url: str
    samples: list[load.Sample] = field(default_factory=list)

    def median(self, figure: str) -> float:
        return statistics.median(getattr(sample, figure) for sample in self.samples)


def measure(cases: list[Case]) -> None:
    """Warm each case up, then measure them in turns. Raises ``RuntimeError`` if an address doesn't answer 200."""
    for case in cases:
        load.expect_success(case.url)
    for case in cases:
        load.measure(case.url, 1)
    for number in range(1, ROUNDS + 1):
        print(f"  round {number} of {ROUNDS}", file=sys.stderr, flush=True)
        for case in cases:
            case.samples.append(load.measure(case.url, SECONDS))


def report(cases: list[Case], memory: list[Memory]) -> bool:
    """Print the figures. True if the workers stayed below the limit."""
    constant = cases[0].median("per_second")
    print(f"\n{WORKERS} gunicorn workers, PostgreSQL, {load.CONNECTIONS} connections, load by {load.tool()};")
    print(f"the medians of {ROUNDS} rounds of {SECONDS} seconds, interleaved\n")
    print(f"{'':34}{'requests/s':>12}{'ratio':>9}{'p50 ms':>9}{'p99 ms':>9}")
    for case in cases:
        rate = case.median("per_second")
        print(f"{case.name:34}{rate:12.0f}{rate / constant:9.3f}{case.median('p50'):9.1f}{case.median('p99'):9.1f}")
    most = max(worker.rss for worker in memory)
    print(
        f"\nMemory per worker after the load: at most {most:.0f} MB resident, "
        f"{max(worker.pss for worker in memory):.0f} MB proportional (limit: {MEMORY_LIMIT} MB)"
    )
    return most <= MEMORY_LIMIT


def run(var_dir: Path) -> bool:
    began = time.monotonic()
    with postgres(env.var_dir) as database_url:
        prepare(database_url, var_dir)
        with (
            Server(database_url, var_dir, WORKERS, page_cache_seconds=3600) as cached,
            Server(database_url, var_dir, WORKERS, page_cache_seconds=0) as uncached,
        ):
            cases = [
                Case("constant response (/healthz)", f"{cached.url}/healthz"),
                Case("article, rendered anew", f"{uncached.url}{ARTICLE}"),
                Case("article, from the page cache", f"{cached.url}{ARTICLE}"),
            ]
            measure(cases)
            below = report(cases, cached.memory() + uncached.memory())
    print(f"Took {time.monotonic() - began:.0f} seconds in all.")
    return below


def main() -> int:
    var_dir = env.var_dir / "bench"
    shutil.rmtree(var_dir, ignore_errors=True)
    try:
        return 0 if run(var_dir) else 1
    except (RuntimeError, subprocess.CalledProcessError) as error:
        print(f"The measurement failed: {error}", file=sys.stderr)
        return 1
    finally:
        shutil.rmtree(var_dir, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
