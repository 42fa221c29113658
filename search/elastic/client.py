"""The connection to Elasticsearch, and the names of what is ours there."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.conf import settings
from elasticsearch import Elasticsearch

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


def reader() -> Elasticsearch:
    """The client for searches. Opens nothing yet."""
    seconds: float = getattr(settings, "ELASTICSEARCH_READ_TIMEOUT", READ_TIMEOUT)
    return _configured().options(request_timeout=seconds)


def writer(seconds: float = WRITE_TIMEOUT) -> Elasticsearch:
    """The client for changes of the index."""
    return _configured().options(request_timeout=seconds)


def alias(language: str) -> str:
    """The name under which the index of a language is searched and written."""
    return f"{settings.ELASTICSEARCH_PREFIX}-{language}"


def previous(language: str) -> str:
    """The name under which the index before the last rebuild is kept."""
    return f"{alias(language)}-previous"
