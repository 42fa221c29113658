"""The engines that the same cases run against: the database's always, Elasticsearch where there is one."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings as django_settings

from cms.languages.registry import CODES
from search.backends.database import DatabaseBackend
from search.contracts import SearchBackend

PREFIX: str = django_settings.ELASTICSEARCH_PREFIX


@pytest.fixture(scope="session")
def elasticsearch_url() -> str:
    """The address of the Elasticsearch that the environment names; without one the test is passed over."""
    url: str = django_settings.ELASTICSEARCH_URL
    if not url:
        reason = "ELASTICSEARCH_URL is not set"
        if os.environ.get("REQUIRE_SERVICES") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    return url


@pytest.fixture(scope="session")
def _empty_indices(elasticsearch_url: str) -> Iterator[None]:
    """An empty index for each language, made once: making one takes longer than a test."""
    from search.backends.elasticsearch import ElasticsearchBackend
    from search.elastic.client import writer

    backend = ElasticsearchBackend()
    for code in CODES:
        index = backend.create(code)
        backend.compare(index, {})
        backend.swap(code, index)
    yield
    for index in writer().indices.get_alias(index=f"{PREFIX}-*").body:
        writer().indices.delete(index=index)


@pytest.fixture
def elasticsearch(_empty_indices: None, elasticsearch_url: str, settings: Any) -> Iterator[SearchBackend]:
    """Elasticsearch, empty, as the engine of the site."""
    from search.backends.elasticsearch import ElasticsearchBackend, forget_versions
    from search.elastic.client import reading, writer, writing

    settings.ELASTICSEARCH_URL = elasticsearch_url
    # What is found is tested here, and not how quick a busy machine is.
    settings.ELASTICSEARCH_READ_TIMEOUT = 10
    reading.reset()
    writing.reset()
    forget_versions()
    yield ElasticsearchBackend()
    writer().delete_by_query(index=f"{PREFIX}-*", query={"match_all": {}}, refresh=True, conflicts="proceed")


@pytest.fixture(params=["database", "elasticsearch"])
def engine(request: Any, settings: Any, db: None) -> SearchBackend:
    """Each engine in turn, empty, as the engine of the site."""
    if request.param == "database":
        settings.ELASTICSEARCH_URL = ""
        return DatabaseBackend()
    backend: SearchBackend = request.getfixturevalue("elasticsearch")
    return backend
