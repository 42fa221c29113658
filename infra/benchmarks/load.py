"""Load on one address for a few seconds: by ``wrk``, or by threads of our own where it is missing."""

from __future__ import annotations

import http.client
import re
import shutil
import statistics
import subprocess
import threading
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from urllib.parse import urlsplit

CONNECTIONS = 8
# What every browser says; without it nobody measures the compression that readers get.
HEADERS = {"Accept-Encoding": "gzip"}
_UNITS = {"us": 0.001, "ms": 1.0, "s": 1000.0, "m": 60000.0}


@dataclass(frozen=True)
class Sample:
    """One measurement: requests per second, and the latency in milliseconds below which 50 and 99 % stay."""

    per_second: float
    p50: float
    p99: float


def tool() -> str:
    """What puts the load on, for the report."""
    return "wrk" if shutil.which("wrk") else "threads in Python (slower than wrk: it shares the processor)"


def expect_success(url: str) -> None:
    """Ask once. Raises ``RuntimeError`` if the answer is not 200, before a load makes hundreds of it."""
    try:
        with urllib.request.urlopen(url, timeout=30) as response:
            if response.url != url:
                raise RuntimeError(f"{url} leads to {response.url}.")
    except urllib.error.HTTPError as error:
        raise RuntimeError(f"{url} answered {error.code}.") from error


def measure(url: str, seconds: int) -> Sample:
    """Load ``url`` for ``seconds``. Raises ``RuntimeError`` if any answer was not a success."""
    return _by_wrk(url, seconds) if shutil.which("wrk") else _by_threads(url, seconds)


def _by_wrk(url: str, seconds: int) -> Sample:
    command = ["wrk", "--latency", "--timeout=20s", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s"]
    for name, value in HEADERS.items():
        command += ["-H", f"{name}: {value}"]
    return parse_wrk(subprocess.run([*command, url], check=True, capture_output=True, text=True).stdout)


def parse_wrk(output: str) -> Sample:
    """Read wrk's report. Raises ``RuntimeError`` if it names failed requests or lacks a figure."""
    if failed := re.search(r"^\s*(Non-2xx.*|Socket errors.*)$", output, re.MULTILINE):
        raise RuntimeError(f"wrk reports failed requests: {failed[1].strip()}")
    rate = re.search(r"^Requests/sec:\s+([\d.]+)", output, re.MULTILINE)
    latency = {
        percent: float(value) * _UNITS[unit]
        for percent, value, unit in re.findall(r"^\s+(50|99)%\s+([\d.]+)(us|ms|s|m)\s*$", output, re.MULTILINE)
    }
    if rate is None or latency.keys() != {"50", "99"}:
        raise RuntimeError(f"wrk's report was not understood:\n{output}")
    return Sample(float(rate[1]), latency["50"], latency["99"])


def _by_threads(url: str, seconds: int) -> Sample:
    parts = urlsplit(url)
    times: list[float] = []
    failures: list[int] = []
    end = time.monotonic() + seconds

    def requests() -> None:
        connection = http.client.HTTPConnection(parts.hostname or "127.0.0.1", parts.port, timeout=30)
        while time.monotonic() < end:
            began = time.perf_counter()
            connection.request("GET", parts.path, headers=HEADERS)
            response = connection.getresponse()
            response.read()
            times.append((time.perf_counter() - began) * 1000)
            if response.status >= 300:
                failures.append(response.status)
        connection.close()

    threads = [threading.Thread(target=requests) for _ in range(CONNECTIONS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures or len(times) < 2:
        raise RuntimeError(f"{len(failures)} of {len(times)} requests to {url} failed: {sorted(set(failures))}")
    percentiles = statistics.quantiles(times, n=100)
    return Sample(len(times) / seconds, percentiles[49], percentiles[98])
