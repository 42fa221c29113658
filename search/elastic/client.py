"""The connection to Elasticsearch, and the names of what is ours there."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from functools import lru_cache
from typing import Any, TypeVar

from django.conf import settings
from elasticsearch import ConnectionTimeout, Elasticsearch

from search.contracts import nothing
from search.elastic.circuit import Circuit

#: Seconds that a reader may be kept waiting (unless the settings say otherwise), the worker (or an
#: editor who publishes, without one), and each step of a rebuild.
READ_TIMEOUT = 0.5
WRITE_TIMEOUT = 5.0
REBUILD_TIMEOUT = 60.0

#: What readers ask, and what is written, fail apart: a disk that is full stops no search.
reading, writing = Circuit(), Circuit()


@lru_cache(maxsize=4)
def _client(urls: str, api_key: str, ca_certs: str) -> Elasticsearch:
    nodes = urls.split(",")
    more: dict[str, Any] = {}
    if api_key:
        more["api_key"] = api_key
    if ca_certs:
        more["ca_certs"] = ca_certs
    # Another node is tried at once where one refuses; one that does not answer in time is not waited
    # for again: the database answers sooner.
    return Elasticsearch(nodes, max_retries=len(nodes) - 1, retry_on_timeout=False, **more)


def _configured() -> Elasticsearch:
    return _client(settings.ELASTICSEARCH_URL, settings.ELASTICSEARCH_API_KEY, settings.ELASTICSEARCH_CA)


def read_timeout() -> float:
    """Seconds that a reader may be kept waiting."""
    seconds: float = getattr(settings, "ELASTICSEARCH_READ_TIMEOUT", READ_TIMEOUT)
    return seconds


def reader() -> Elasticsearch:
    """The client for searches. Opens nothing yet."""
    return _configured().options(request_timeout=read_timeout())


T = TypeVar("T")


def in_time(call: Callable[[], T], meanwhile: Callable[[], None] = nothing) -> T:
    """What ``call`` returns, or ``ConnectionTimeout`` when a reader would be kept waiting for longer than she may.

    This thread does ``meanwhile`` while another one waits. The client's own limit holds for each
    read from the socket, so an answer that trickles in would never be over, and for each of several
    requests.
    """
    future: Future[T] = Future()

    def run() -> None:
        try:
            future.set_result(call())
        except BaseException as error:  # noqa: BLE001  (raised by whoever waits)
            future.set_exception(error)

    # A thread a call and no pool: none of those that wait for what trickles is waited for by others.
    threading.Thread(target=run, name="elasticsearch", daemon=True).start()
    seconds = read_timeout()
    end = time.monotonic() + seconds
    # No failure of the engine: whoever wants the result does it again, and is told.
    with suppress(Exception):
        meanwhile()
    try:
        # What was long in coming from the database is no failure of the engine, whose answer may lie there.
        return future.result(max(0.05, end - time.monotonic()))
    except TimeoutError:
        raise ConnectionTimeout(f"No whole answer within {seconds} s") from None


def writer(seconds: float = WRITE_TIMEOUT) -> Elasticsearch:
    """The client for changes of the index."""
    return _configured().options(request_timeout=seconds)


def alias(language: str) -> str:
    """The name under which the index of a language is searched and written."""
    return f"{settings.ELASTICSEARCH_PREFIX}-{language}"


def previous(language: str) -> str:
    """The name under which the index before the last rebuild is kept."""
    return f"{alias(language)}-previous"


def unfinished(language: str) -> str:
    """The name under which the index that is being built is written."""
    return f"{alias(language)}-building"
