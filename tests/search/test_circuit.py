"""The circuit breaker by a clock of its own; and searches while a real server is there that is no help."""

from __future__ import annotations

import os
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

import pytest

from search.backends.elasticsearch import forget_versions
from search.contracts import EngineError, SearchQuery
from search.elastic.circuit import FAILURES, LONGEST, SHORTEST, Circuit, RefusedError
from search.elastic.client import READ_TIMEOUT, reading
from search.service import search, suggest
from tests.factories import make_home, make_page

#: Seconds that the database and a busy machine may take beside the limit.
_BESIDE = 1.0


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def circuit(clock: Clock) -> Circuit:
    return Circuit(clock)


def fail(circuit: Circuit, times: int = 1) -> None:
    for _ in range(times):
        with pytest.raises(OSError, match="away"), circuit:
            raise OSError("away")


def refused(circuit: Circuit) -> bool:
    try:
        with circuit:
            return False
    except EngineError:
        return True


def test_it_opens_after_failures_one_after_another(circuit: Circuit) -> None:
    fail(circuit, FAILURES - 1)
    assert not refused(circuit), "and this success begins the count anew"
    fail(circuit, FAILURES - 1)
    assert not circuit.open
    fail(circuit)
    assert circuit.open
    assert refused(circuit)


def test_one_call_tries_after_a_while_and_closes_it(circuit: Circuit, clock: Clock) -> None:
    fail(circuit, FAILURES)
    clock.now += SHORTEST - 0.01
    assert refused(circuit)
    clock.now += 0.01
    with circuit:
        assert refused_elsewhere(circuit), "one tries, and nobody else"
    assert not refused(circuit)


def test_it_stays_open_twice_as_long_each_time_up_to_a_limit(circuit: Circuit, clock: Clock) -> None:
    fail(circuit, FAILURES)
    pauses, pause = [], SHORTEST
    for _ in range(6):
        pauses.append(pause)
        clock.now += pause - 0.01
        assert refused(circuit)
        clock.now += 0.01
        fail(circuit)
        pause = min(pause * 2, LONGEST)
    assert pauses[-1] == LONGEST
    clock.now += LONGEST
    assert not refused(circuit)
    fail(circuit, FAILURES)
    clock.now += SHORTEST
    assert not refused(circuit), "after a success the pauses are short again"


def test_a_refusal_is_no_failure(circuit: Circuit) -> None:
    for _ in range(FAILURES + 1):
        with pytest.raises(RefusedError), circuit:
            raise RefusedError("no such index")
    assert not circuit.open


def test_a_call_from_before_does_not_end_the_trial_of_another(circuit: Circuit, clock: Clock) -> None:
    goes_on, began = threading.Event(), threading.Event()

    def late() -> None:
        with suppress(OSError), circuit:
            began.set()
            goes_on.wait(5)
            raise OSError("away")

    thread = threading.Thread(target=late)
    thread.start()
    assert began.wait(5)
    fail(circuit, FAILURES)
    clock.now += SHORTEST
    with circuit:
        goes_on.set()
        thread.join()
        assert refused_elsewhere(circuit), "the trial goes on"
    assert not circuit.open


def refused_elsewhere(circuit: Circuit) -> bool:
    said: list[bool] = []
    thread = threading.Thread(target=lambda: said.append(refused(circuit)))
    thread.start()
    thread.join()
    return said[0]


def test_of_many_threads_one_tries(circuit: Circuit, clock: Clock) -> None:
    fail(circuit, FAILURES)
    clock.now += SHORTEST
    start, let_through, over = threading.Barrier(16), [], threading.Event()

    def call(number: int) -> None:
        start.wait()
        with suppress(EngineError), circuit:
            let_through.append(number)
            over.wait(5)

    threads = [threading.Thread(target=call, args=(number,)) for number in range(16)]
    for thread in threads:
        thread.start()
    end = time.monotonic() + 5
    while sum(thread.is_alive() for thread in threads) > 1 and time.monotonic() < end:
        time.sleep(0.01)
    over.set()
    for thread in threads:
        thread.join()
    assert len(let_through) == 1


# A real server that is no help.

Answer = Callable[[socket.socket], None]
HEAD = "HTTP/1.1 {status}\r\nX-Elastic-Product: Elasticsearch\r\nContent-Type: application/json\r\n"


def _says(body: bytes, status: str = "200 OK", length: int | None = None) -> Answer:
    head = HEAD.format(status=status) + f"Content-Length: {len(body) if length is None else length}\r\n\r\n"

    def answer(client: socket.socket) -> None:
        client.sendall(head.encode() + body)

    return answer


def _silent(client: socket.socket) -> None:
    while client.recv(65536):
        pass


def _trickling(client: socket.socket) -> None:
    for byte in (HEAD.format(status="200 OK") + "\r\n" + "{" + " " * 5000).encode():
        client.sendall(bytes([byte]))
        time.sleep(0.05)


def _hanging_up(_client: socket.socket) -> None:
    pass


def _garbage(client: socket.socket) -> None:
    client.sendall(b"\x00\xff\x16\x03\x01 no such thing\r\n\r\n" * 50)


ANSWERS: dict[str, Answer] = {
    "silence": _silent,
    "trickle": _trickling,
    "hang-up": _hanging_up,
    "garbage": _garbage,
    "no json": _says(b"<html>Welcome to nginx</html>"),
    "half a json": _says(b'{"vagvisare-sv-1": {"aliases": {"vagv', length=4000),
    "cut json": _says(b'{"vagvisare-sv-1": {"aliases": {"vagv'),
    "another json": _says(b'{"vagvisare-sv-1": ["aliases"]}'),
    "a list": _says(b"[1, 2]"),
    "nothing": _says(b""),
    "500": _says(b'{"error": "oh", "status": 500}', "500 Internal Server Error"),
    "502": _says(b"<html>bad gateway</html>", "502 Bad Gateway"),
    "401": _says(b'{"error": "who are you", "status": 401}', "401 Unauthorized"),
    "429": _says(b'{"error": "too much", "status": 429}', "429 Too Many Requests"),
}


@contextmanager
def served(answer: Answer) -> Iterator[str]:
    """The address of a server that answers so."""
    server = socket.create_server(("127.0.0.1", 0), backlog=32)

    def talk(client: socket.socket) -> None:
        with client, suppress(OSError):
            client.settimeout(10)
            if answer is not _silent:
                client.recv(65536)
            answer(client)

    def accept() -> None:
        while True:
            try:
                client, _address = server.accept()
            except OSError:
                return
            threading.Thread(target=talk, args=(client,), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    yield f"http://127.0.0.1:{server.getsockname()[1]}"
    server.shutdown(socket.SHUT_RDWR)
    server.close()


@pytest.fixture
def page(db: None, settings: Any) -> Iterator[int]:
    """A page that is found; no engine beside the database yet."""
    settings.ELASTICSEARCH_URL = ""
    settings.SEARCH_WORKER = True
    settings.PAGE_CACHE_SECONDS = 0  # who answers is asked here, so no answer is kept
    make_home()
    reading.reset()
    forget_versions()
    yield make_page("hyra/", title="Hyra bostad").pk
    reading.reset()
    forget_versions()


@pytest.mark.parametrize("said", ANSWERS)
def test_the_database_answers_in_time_whatever_the_server_says(page: int, settings: Any, said: str) -> None:
    search(SearchQuery("bostad", "sv"))  # what is read once is read
    with served(ANSWERS[said]) as settings.ELASTICSEARCH_URL:
        # With many hits no other spelling is looked for; one or two hits are asked for twice.
        for number in range(FAILURES + 1):
            began = time.monotonic()
            result = search(SearchQuery("bostad", "sv"))
            passed = time.monotonic() - began
            assert (result.degraded, [hit.page_id for hit in result.hits]) == (True, [page])
            assert passed < READ_TIMEOUT + _BESIDE, number
        assert reading.open
        assert [one.title for one in suggest("bosta", "sv")] == ["Hyra bostad"]


def test_no_such_server(page: int, settings: Any) -> None:
    with served(_silent) as address:
        pass
    settings.ELASTICSEARCH_URL = address
    began = time.monotonic()
    assert search(SearchQuery("bostad", "sv")).degraded
    assert time.monotonic() - began < _BESIDE


def _elasticsearch() -> str:
    url = os.environ.get("ELASTICSEARCH_URL", "")
    if not url:
        if os.environ.get("REQUIRE_SERVICES") == "1":
            pytest.fail("ELASTICSEARCH_URL is not set")
        pytest.skip("ELASTICSEARCH_URL is not set")
    return url


@pytest.fixture
def cluster(page: int, settings: Any) -> Iterator[str]:
    """The address of a real Elasticsearch whose Swedish index has the page, and the others nothing."""
    from search.building import rebuild_index
    from search.elastic.client import writer

    url = _elasticsearch()
    settings.ELASTICSEARCH_URL = url
    settings.ELASTICSEARCH_PREFIX = f"{settings.ELASTICSEARCH_PREFIX}-circuit"
    for code in ("sv", "en"):
        rebuild_index(code)
    # What is tested is which engine answers, on a machine that is busy with the other tests.
    settings.ELASTICSEARCH_READ_TIMEOUT = 5
    yield url
    settings.ELASTICSEARCH_URL = url
    for index in writer().indices.get(index=f"{settings.ELASTICSEARCH_PREFIX}-*").body:
        writer().indices.delete(index=index)


def test_it_is_back_by_itself(page: int, cluster: str, settings: Any) -> None:
    assert not search(SearchQuery("bostad", "sv")).degraded
    with served(ANSWERS["500"]) as settings.ELASTICSEARCH_URL:
        for _ in range(FAILURES):
            assert search(SearchQuery("bostad", "sv")).degraded
    settings.ELASTICSEARCH_URL = cluster
    began = time.monotonic()
    while search(SearchQuery("bostad", "sv")).degraded:
        assert time.monotonic() - began < 10
        time.sleep(0.1)
    assert search(SearchQuery("bostad", "sv")).hits[0].page_id == page


def test_a_dead_node_of_several_is_not_noticed(page: int, cluster: str, settings: Any) -> None:
    with served(_silent) as dead:
        pass
    settings.ELASTICSEARCH_URL = f"{dead},{cluster}"
    for _ in range(6):
        result = search(SearchQuery("bostad", "sv"))
        assert (result.degraded, [hit.page_id for hit in result.hits]) == (False, [page])


def test_queries_that_it_refuses_do_not_keep_others_from_it(
    page: int, cluster: str, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from search.elastic import queries

    with monkeypatch.context() as wrong:
        # What no analysis lets through, as far as we know.
        wrong.setattr(queries, "_BEGINNING", -1.0)
        for _ in range(FAILURES + 1):
            assert search(SearchQuery("bostad", "sv")).degraded
    assert not search(SearchQuery("bostad", "sv")).degraded


def test_an_index_that_was_put_in_the_place_of_ours_is_noticed(page: int, cluster: str, settings: Any) -> None:
    from search.elastic.client import alias, writer

    assert not search(SearchQuery("bostad", "sv")).degraded
    name, other = alias("sv"), f"{alias('sv')}-9"
    ours = next(iter(writer().indices.get_alias(name=name).body))
    writer().indices.create(index=other, mappings={"properties": {"title": {"type": "keyword"}}})
    actions = [{"remove": {"index": ours, "alias": name}}, {"add": {"index": other, "alias": name}}]
    writer().indices.update_aliases(actions=actions)
    time.sleep(0.6)
    result = search(SearchQuery("bostad", "sv"))
    assert (result.degraded, [hit.page_id for hit in result.hits]) == (True, [page])
