"""What a person starts by hand: the Makefile, the scripts, gunicorn's configuration, the benchmark's reading of wrk."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from cms.settings.env import Environment
from infra.benchmarks.load import Sample, parse_wrk

ROOT = Path(__file__).resolve().parent.parent.parent
SCRIPTS = sorted(
    path.relative_to(ROOT)
    for folder in (".ci", "infra/scripts", "infra/services")
    for path in (ROOT / folder).iterdir()
    if path.is_file()
)


@pytest.mark.parametrize("script", SCRIPTS, ids=str)
def test_script_parses_and_stops_at_the_first_error(script: Path) -> None:
    assert subprocess.run(["bash", "-n", script], cwd=ROOT, check=False).returncode == 0
    if script.name != "common.sh":  # which is sourced by the others
        assert "\nset -euo pipefail\n" in (ROOT / script).read_text()
        assert os.access(ROOT / script, os.X_OK)


def test_help_lists_every_target_of_the_makefile() -> None:
    listed = subprocess.run(["make", "help"], cwd=ROOT, check=True, capture_output=True, text=True).stdout
    phony = re.search(r"^\.PHONY: (.+)$", (ROOT / "Makefile").read_text(), re.MULTILINE)
    assert phony is not None
    assert set(re.findall(r"^  make (\S+) +\S", listed, re.MULTILINE)) == set(phony[1].split())


def test_gunicorn_accepts_the_configuration_and_takes_the_port_from_the_environment() -> None:
    result = subprocess.run(
        [Path(sys.executable).parent / "gunicorn", "--config", "infra/gunicorn/gunicorn.conf.py", "--print-config"],
        cwd=ROOT,
        env=os.environ | {"PORT": "8123", "WEB_CONCURRENCY": "3"},
        check=True,
        capture_output=True,
        text=True,
    )
    settings = dict(re.findall(r"^(\w+) += (.+)$", result.stdout, re.MULTILINE))
    assert settings["bind"] == "['127.0.0.1:8123']"
    assert settings["workers"] == "3"
    assert settings["worker_class"] == "gthread"
    assert settings["preload_app"] == "True"


def test_gunicorn_loads_the_dictionaries_before_it_makes_workers() -> None:
    told = """
import runpy, django
django.setup()
configuration = runpy.run_path("infra/gunicorn/gunicorn.conf.py")
from search.morphology import dictionary
assert not dictionary._loaded
configuration["when_ready"](None)
print(*sorted(dictionary._loaded))
"""
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "cms.settings.test"}
    done = subprocess.run(
        [sys.executable, "-c", told], cwd=ROOT, env=environment, check=True, capture_output=True, text=True
    )
    assert done.stdout.split() == ["ru", "uk"]


def test_run_says_at_once_that_the_port_is_taken() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = str(other.getsockname()[1])
        result = subprocess.run(
            ["infra/scripts/run.sh"],
            cwd=ROOT,
            env=os.environ | {"PORT": port},
            check=False,
            capture_output=True,
            text=True,
            timeout=10,
        )
    assert result.returncode == 1
    assert result.stderr == f"Port {port} is taken by another program. Choose another: make run PORT=8001\n"
    assert result.stdout == ""


def test_services_refuse_a_name_that_they_do_not_know(tmp_path: Path) -> None:
    result = subprocess.run(
        ["infra/services/start", "mysql"],
        cwd=ROOT,
        env=os.environ | {"VAR_DIR": str(tmp_path)},
        check=False,
        capture_output=True,
        text=True,
    )
    assert result.returncode == 1
    assert (
        result.stderr
        == "There is no service 'mysql'. The services are postgres, redis, elasticsearch, keycloak and apertium.\n"
    )
    assert list(tmp_path.iterdir()) == []


def test_the_table_of_settings_in_the_docs_names_exactly_what_the_environment_can_give() -> None:
    documented = re.findall(r"^\| `([A-Z_]+)` \|", (ROOT / "docs/operation.md").read_text(), re.MULTILINE)
    assert sorted(documented) == sorted(str(field.alias) for field in Environment.model_fields.values())


# wrk pads its units to two letters.
WRK = """Running 2s test @ http://127.0.0.1:8000/healthz
  1 threads and 8 connections
  Thread Stats   Avg      Stdev     Max   +/- Stdev
    Latency     4.02ms    1.11ms  21.90ms   93.10%
    Req/Sec     2.00k   120.31     2.21k    80.00%
  Latency Distribution
     50%    3.80ms
     75%    4.10ms
     90%  950.00us
     99%    1.20s{space}
  3996 requests in 2.00s, 0.97MB read
{failures}Requests/sec:   1996.41
Transfer/sec:    497.01KB
"""


def test_the_figures_of_wrk_are_read_in_one_unit() -> None:
    assert parse_wrk(WRK.format(space=" ", failures="")) == Sample(per_second=1996.41, p50=3.8, p99=1200.0)


def test_failed_requests_make_a_measurement_worthless() -> None:
    with pytest.raises(RuntimeError, match="Non-2xx or 3xx responses: 12"):
        parse_wrk(WRK.format(space=" ", failures="  Non-2xx or 3xx responses: 12\n"))
