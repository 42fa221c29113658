"""What must not get lost between the database and Elasticsearch, whoever is killed, late or twice there. On a real one.

The heavy faults, of the cluster itself, are in ``infra.benchmarks.search_faults``.
"""

from __future__ import annotations

import os
import select
import socket
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from typing import Any
from urllib.parse import urlsplit

import pytest

from search import building
from search.building import lacking, rebuild_index, wrong_in_index
from search.contracts import EngineError
from search.documents import VERSION
from search.engines import SecondEngine, second_engine
from search.models import SearchBuild, SearchChange, SearchRecord
from search.outbox import drain
from tests.factories import make_home, make_page, publish
from tests.own_site import OwnSite, said

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="session")
def address() -> str:
    url = os.environ.get("ELASTICSEARCH_URL", "").split(",")[0]
    if not url:
        if os.environ.get("REQUIRE_SERVICES") == "1":
            pytest.fail("ELASTICSEARCH_URL is not set")
        pytest.skip("ELASTICSEARCH_URL is not set")
    return url


@pytest.fixture
def engine(address: str, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[SecondEngine]:
    """Elasticsearch as the engine of the site, with a worker, and with nothing of ours in it; of two languages."""
    from search.backends import elasticsearch as module
    from search.elastic.client import reading, writer, writing

    settings.ELASTICSEARCH_URL = address
    settings.ELASTICSEARCH_PREFIX = f"{settings.ELASTICSEARCH_PREFIX}-faults"
    settings.SEARCH_WORKER = True
    # Making an index takes longer than a test.
    for chosen in (module, building):
        monkeypatch.setattr(chosen, "CODES", ("sv", "en"))
    reading.reset()
    writing.reset()
    module.forget_versions()
    found = second_engine()
    assert found is not None
    yield found
    settings.ELASTICSEARCH_URL = address
    module.forget_versions()
    writing.reset()
    for index in writer().indices.get(index=f"{settings.ELASTICSEARCH_PREFIX}-*").body:
        writer().indices.delete(index=index)


@pytest.fixture
def built(engine: SecondEngine) -> SecondEngine:
    """The same with its indices; Swedish has the page ``hyra/``."""
    make_home()
    make_page("hyra/", title="Hyra")
    for code in ("sv", "en"):
        rebuild_index(code)
    drain()
    return engine


def indices() -> dict[str, list[str]]:
    """Every index of ours, with its aliases."""
    from search.elastic.client import writer

    found = writer().indices.get_alias(index=f"{_prefix()}-*").body
    return {index: sorted(one["aliases"]) for index, one in found.items()}


def _prefix() -> str:
    from search.elastic.client import alias

    return alias("sv").removesuffix("-sv")


def test_two_who_build_the_same_index_build_it_once(built: SecondEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(5):
        make_page(f"sida-{number}/", title=f"Sida {number}")
    drain()
    monkeypatch.setattr(building, "_FILL", 2)
    others: list[int] = []

    def meanwhile(_done: int, _of: int) -> None:
        if not others:
            others.append(rebuild_index("sv"))

    before = [index for index, names in indices().items() if f"{_prefix()}-sv" in names]
    rebuild_index("sv", meanwhile)
    assert others == [7]
    now = {index: names for index, names in indices().items() if index.startswith(f"{_prefix()}-sv-")}
    assert sorted(names for names in now.values()) == [[f"{_prefix()}-sv"], [f"{_prefix()}-sv-previous"]]
    assert now[before[0]] == [f"{_prefix()}-sv-previous"]
    assert not SearchBuild.objects.exists()
    assert wrong_in_index("sv") == []


def test_a_swap_that_is_done_twice_is_done_once(built: SecondEngine) -> None:
    rebuild_index("sv")
    before = indices()
    (answering,) = (index for index, names in before.items() if f"{_prefix()}-sv" in names)
    # As after a swap whose answer never came.
    built.swap("sv", answering)
    assert indices() == before


def test_what_is_told_after_a_build_was_given_up_makes_no_index(
    built: SecondEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = indices()
    with monkeypatch.context() as losing:
        # A node that takes documents and loses some.
        losing.setattr(type(built), "fill", lambda self, index, documents: list(documents))
        with pytest.raises(EngineError, match="the old one goes on"):
            rebuild_index("sv")
    assert not SearchBuild.objects.exists()
    make_page("ny/", title="Ny")
    drain()
    assert indices() == before
    assert rebuild_index("sv") == 3


def test_what_is_told_where_ours_has_just_gone_is_told_again(built: SecondEngine) -> None:
    from search.elastic.client import alias, writer

    make_page("annan/", title="Annan")
    drain()  # so that it is remembered which index answers
    for index in indices():
        writer().indices.delete(index=index)
    make_page("ny/", title="Ny")
    with pytest.raises(EngineError):
        drain()
    assert SearchChange.objects.exists()
    # A document makes no index; the deletion in the other language makes one, which is not taken for ours.
    assert indices() == {alias("en"): []}
    assert lacking(built) == ["en", "sv"]
    for code in ("sv", "en"):
        rebuild_index(code)
    drain()
    assert (lacking(built), wrong_in_index("sv"), wrong_in_index("en")) == ([], [], [])


def test_an_index_with_the_name_of_the_alias_is_replaced(built: SecondEngine) -> None:
    from search.elastic.client import alias, writer

    (index,) = (index for index, names in indices().items() if alias("sv") in names)
    writer().indices.delete(index=index)
    writer().indices.create(index=alias("sv"))
    assert lacking(built) == ["sv"]
    rebuild_index("sv")
    assert lacking(built) == []
    assert wrong_in_index("sv") == []


def test_an_index_of_a_later_release_is_left_alone(built: SecondEngine) -> None:
    from search.elastic.client import alias, writer

    writer().indices.put_mapping(index=alias("sv"), meta={"version": str(VERSION + 1)})
    assert lacking(built) == []
    writer().indices.put_mapping(index=alias("sv"), meta={"version": str(VERSION - 1)})
    assert lacking(built) == ["sv"]
    # Its records first: an index of this version is not made of what an earlier one analysed.
    SearchRecord.objects.filter(language="sv").update(version=VERSION - 1)
    assert lacking(built) == []


def test_a_build_that_was_killed_as_it_began_leaves_nothing(built: SecondEngine) -> None:
    before = set(indices())
    left = built.create("sv")
    assert set(indices()) == before | {left}
    rebuild_index("sv")
    assert left not in indices()


@contextmanager
def keeping(heard: list[bytes]) -> Iterator[str]:
    """The address of a server that reads a request and never answers: as one that was stopped."""
    with closing(socket.create_server(("127.0.0.1", 0))) as server:

        def listen() -> None:
            with suppress(OSError):
                client, _address = server.accept()
                while data := client.recv(65536):
                    heard.append(data)

        thread = threading.Thread(target=listen, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}"
        thread.join(10)


def test_a_request_that_arrives_too_late_changes_nothing(built: SecondEngine, address: str, settings: Any) -> None:
    page = make_page("annan/", title="Tidig")
    drain()
    publish(page, title="Gammal")
    heard: list[bytes] = []
    with keeping(heard) as settings.ELASTICSEARCH_URL, pytest.raises(EngineError):
        drain()
    settings.ELASTICSEARCH_URL = address
    publish(page, title="Ny")
    drain()
    assert wrong_in_index("sv") == []
    # The server that was stopped goes on, and reads what was sent to it before.
    where = urlsplit(address)
    with socket.create_connection((where.hostname or "", where.port or 0), timeout=10) as late:
        late.sendall(b"".join(heard))
        said_late = late.recv(65536).decode()
    assert "gammal" in b"".join(heard).decode()
    assert "version_conflict" in said_late
    assert wrong_in_index("sv") == []


class Holding:
    """A proxy before Elasticsearch that can keep its answers."""

    def __init__(self, address: str) -> None:
        where = urlsplit(address)
        self._to = (where.hostname or "", where.port or 0)
        self._server = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._server.getsockname()[1]}"
        self.told = threading.Event()
        self.holds = False
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        while True:
            try:
                client, _address = self._server.accept()
            except OSError:
                return
            threading.Thread(target=self._talk, args=(client,), daemon=True).start()

    def _talk(self, client: socket.socket) -> None:
        written = False
        with client, socket.create_connection(self._to) as server, suppress(OSError):
            while True:
                for ready in select.select([client, server], [], [])[0]:
                    data = ready.recv(65536)
                    if not data:
                        return
                    if ready is client:
                        written = written or b"/_bulk" in data
                        server.sendall(data)
                    elif self.holds and written:
                        self.told.set()  # Elasticsearch did what it was told, and nobody hears of it.
                    else:
                        client.sendall(data)

    def close(self) -> None:
        self._server.close()


@pytest.mark.timeout(300)  # seven commands, and indices of all languages
def test_a_worker_that_is_killed_between_telling_and_forgetting(own_site: OwnSite, address: str) -> None:
    """Also: editors do not wait for it, two workers do no harm, and what it lost is found."""
    from elasticsearch import Elasticsearch

    worker = f"gw{os.getpid()}"
    there = {
        "DJANGO_SETTINGS_MODULE": "cms.settings.test",
        "PYTEST_XDIST_WORKER": worker,
        "VAGVISARE_TASKS": "database",
    }
    make = (
        "from tests.factories import make_home, make_page; make_home();"
        "[make_page(f'sida-{n}/', title=f'Sida {n}') for n in range(3)]"
    )
    proxy, client = Holding(address), Elasticsearch(address, request_timeout=30)
    try:
        own_site.manage("search_rebuild", "--index", ELASTICSEARCH_URL=address, **there)
        own_site.manage("shell", "-c", make, ELASTICSEARCH_URL=address, **there)
        proxy.holds = True
        killed = own_site.start("search_worker", "--once", ELASTICSEARCH_URL=proxy.url, **there)
        assert proxy.told.wait(60)
        # An editor saves meanwhile.
        with closing(sqlite3.connect(own_site.database, timeout=1, isolation_level=None)) as database:
            database.execute("BEGIN IMMEDIATE")
            database.execute("ROLLBACK")
        killed.kill()
        killed.wait()
        noted = own_site.rows("SELECT count(*) FROM search_searchchange")[0][0]
        assert noted >= 4
        both = [own_site.start("search_worker", "--once", ELASTICSEARCH_URL=address, **there) for _ in range(2)]
        told = [int(said(process).split()[0]) for process in both]
        assert sum(told) == noted, "the second waited for the first, and found nothing left"
        assert own_site.rows("SELECT count(*) FROM search_searchchange") == [(0,)]
        checked = own_site.manage("search_verify", "--check", "--language", "sv", ELASTICSEARCH_URL=address, **there)
        assert checked.split()[:5] == ["sv", "0", "records", "and", "0"]
        assert client.count(index=f"test-{worker}-sv")["count"] == 4
    finally:
        proxy.close()
        for index in client.indices.get(index=f"test-{worker}-*").body:
            client.indices.delete(index=index)


def test_drain_says_when_the_clock_was_ahead(built: SecondEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    page = make_page("annan/", title="Tidig")
    ahead = time.time_ns() + 3600 * 10**9
    with monkeypatch.context() as clock:
        clock.setattr(time, "time_ns", lambda: ahead)
        drain()
    publish(page, title="Senare")
    with pytest.raises(EngineError, match="version_conflict"):
        drain()
    assert SearchChange.objects.exists(), "it waits, and is not lost"
    for code in ("sv", "en"):
        rebuild_index(code)
    drain()
    assert wrong_in_index("sv") == []
