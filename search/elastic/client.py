"""The connection to Elasticsearch, and the names of what is ours there."""

from __future__ import annotations

from functools import lru_cache

from django.conf import settings
from elasticsearch import Elasticsearch

#: Seconds that a reader may be kept waiting (unless the settings say otherwise), an editor who
#: publishes, and each step of a rebuild.
READ_TIMEOUT = 0.5
WRITE_TIMEOUT = 5.0
REBUILD_TIMEOUT = 60.0


@lru_cache(maxsize=4)
def _client(url: str) -> Elasticsearch:
    # No second try: the database answers sooner.
    return Elasticsearch(url, max_retries=0, retry_on_timeout=False)


def reader() -> Elasticsearch:
    """The client for searches. Opens nothing yet."""
    seconds: float = getattr(settings, "ELASTICSEARCH_READ_TIMEOUT", READ_TIMEOUT)
    return _client(settings.ELASTICSEARCH_URL).options(request_timeout=seconds)


def writer(seconds: float = WRITE_TIMEOUT) -> Elasticsearch:
    """The client for changes of the index."""
    return _client(settings.ELASTICSEARCH_URL).options(request_timeout=seconds)


def alias(language: str) -> str:
    """The name under which the index of a language is searched and written."""
    return f"{settings.ELASTICSEARCH_PREFIX}-{language}"
