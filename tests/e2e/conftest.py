"""A served demo site and a real browser."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Playwright, Request, sync_playwright

ROOT = Path(__file__).resolve().parent.parent.parent
PASSWORD = "vagvisare-demo"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The environment of a demo site, prepared as `make run` does."""
    keep = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "REDIS_URL"}}
    environ = keep | {
        "VAR_DIR": str(tmp_path_factory.mktemp("var")),
        "PORT": str(_free_port()),
        "DEMO_PASSWORD": PASSWORD,
        "DJANGO_SETTINGS_MODULE": "cms.settings.dev",
    }
    subprocess.run([sys.executable, "manage.py", "prepare"], cwd=ROOT, env=environ, check=True)
    return environ


@pytest.fixture(scope="session")
def site(request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of a demo site, prepared and served as `make run` does.

    E2E_BASE_URL names a demo site that runs already, for trying a test again and again.
    """
    running = os.environ.get("E2E_BASE_URL")
    if running:
        yield running.rstrip("/")
        return
    environ = request.getfixturevalue("prepared")
    command = [sys.executable, "-m", "gunicorn", "-c", "infra/gunicorn/gunicorn.conf.py", "cms.wsgi:application"]
    with subprocess.Popen(command, cwd=ROOT, env=environ) as server:
        address = f"http://127.0.0.1:{environ['PORT']}"
        try:
            _wait_for(f"{address}/healthz", server)
            yield address
        finally:
            server.terminate()


def _wait_for(address: str, server: subprocess.Popen[bytes]) -> None:
    for _attempt in range(120):
        if server.poll() is not None:
            pytest.fail("The server stopped.")
        try:
            with urllib.request.urlopen(address, timeout=1):  # noqa: S310  (our own address)
                return
        except OSError:
            time.sleep(0.25)
    pytest.fail("The server does not answer.")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The system's Chromium; missing, the test fails rather than skips: `make e2e` asked for it."""
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        pytest.fail("Chromium is not installed (Debian: apt-get install chromium).")
    with sync_playwright() as playwright:
        yield _launch(playwright, path)


def _launch(playwright: Playwright, path: str) -> Browser:
    flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
    return playwright.chromium.launch(executable_path=path, args=flags)


class Visit:
    """A tab, with what it asked for and what it complained about."""

    def __init__(self, page: Page, site: str) -> None:
        self.page = page
        self.site = site
        self.requests: list[str] = []
        self.complaints: list[str] = []
        page.on("request", self._on_request)
        page.on("console", self._on_console)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _on_request(self, request: Request) -> None:
        self.requests.append(request.url)

    def _on_console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(message.text)

    def go(self, path: str) -> Page:
        """Open ``path`` and wait until it has loaded."""
        self.page.goto(self.site + path, wait_until="load")
        return self.page

    @property
    def foreign(self) -> list[str]:
        """Requests to anything but the site."""
        return [url for url in self.requests if not url.startswith((self.site, "data:", "blob:"))]


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    opened = chromium.new_context(locale="sv-SE", viewport={"width": 1280, "height": 900})
    yield opened
    opened.close()


@pytest.fixture
def visit(context: BrowserContext, site: str) -> Visit:
    """A desktop tab."""
    return Visit(context.new_page(), site)


@pytest.fixture
def phone(chromium: Browser, site: str) -> Iterator[Visit]:
    """A phone's tab, 360 px wide."""
    opened = chromium.new_context(locale="ar", viewport={"width": 360, "height": 740}, is_mobile=True, has_touch=True)
    yield Visit(opened.new_page(), site)
    opened.close()


def pytest_collection_modifyitems(items: list[Any]) -> None:
    for item in items:
        if "tests/e2e/" in str(item.path):
            item.add_marker(pytest.mark.e2e)
            # The first test waits for the demo to be loaded.
            item.add_marker(pytest.mark.timeout(600))
