"""Elasticsearch as an engine: an index per language, behind an alias."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, cast

from elasticsearch import ApiError, NotFoundError, TransportError
from elasticsearch.dsl import MultiSearch
from elasticsearch.helpers import BulkIndexError, bulk

from cms.languages.registry import CODES
from search.contracts import BackendResult, EngineError, Record, SearchQuery
from search.elastic.client import REBUILD_TIMEOUT, alias, reader, writer
from search.elastic.documents import document, mapping
from search.elastic.queries import search_in


@contextmanager
def _as_engine_error() -> Iterator[None]:
    try:
        yield
    except (ApiError, TransportError, BulkIndexError) as error:
        raise EngineError(f"{type(error).__name__}: {str(error)[:300]}") from error


def _actions(records: Iterable[Record], index: str = "") -> Iterator[dict[str, Any]]:
    for record in records:
        yield {"_index": index or alias(record.language), "_id": str(record.page_id), "_source": document(record)}


class ElasticsearchBackend:
    """Implements ``SearchBackend``."""

    name = "elasticsearch"

    def index(self, records: Sequence[Record]) -> None:
        with _as_engine_error():
            # Without the alias Elasticsearch would make an index of its own mind; a rebuild makes ours.
            bulk(writer(), _actions(records), refresh=True, require_alias=True)

    def remove(self, page_ids: Iterable[int]) -> None:
        # A page that is gone does not say which language it was in.
        actions = (
            {"_op_type": "delete", "_index": alias(code), "_id": str(page_id)} for page_id in page_ids for code in CODES
        )
        with _as_engine_error():
            _done, errors = bulk(writer(), actions, refresh=True, require_alias=True, raise_on_error=False)
        # The number of errors comes only where it is asked for.
        failed = [error for error in cast(list[dict[str, Any]], errors) if error["delete"]["status"] != 404]
        if failed:
            raise EngineError(f"{len(failed)} deletions failed, the first: {str(failed[0])[:300]}")

    def replace(self, language: str, records: Iterable[Record]) -> int:
        client, name = writer(REBUILD_TIMEOUT), alias(language)
        index = f"{name}-{time.time_ns() // 1_000_000}"
        with _as_engine_error():
            client.indices.create(index=index, mappings=mapping(language).to_dict(), settings={"number_of_shards": 1})
            number, _errors = bulk(client, _actions(records, index))
            client.indices.refresh(index=index)
            swap: list[dict[str, Any]] = [{"add": {"index": index, "alias": name}}]
            swap += [{"remove_index": {"index": old}} for old in self._behind(name)]
            client.indices.update_aliases(actions=swap)
        return number

    @staticmethod
    def _behind(name: str) -> list[str]:
        try:
            return list(writer().indices.get_alias(name=name).body)
        except NotFoundError:
            return []

    def search(self, query: SearchQuery, limits: dict[str, int]) -> dict[str, BackendResult]:
        searches = {language: search_in(query, language, limit) for language, limit in limits.items()}
        found = {language: BackendResult(()) for language in limits}
        asked = {language: search for language, search in searches.items() if search is not None}
        if not asked:
            return found
        # One request for all languages: the reader waits for one time limit and not for several.
        request: MultiSearch[Any] = MultiSearch(using=reader())
        for search in asked.values():
            request = request.add(search)
        with _as_engine_error():
            answers = request.execute()
        for language, answer in zip(asked, answers, strict=True):
            found[language] = BackendResult(tuple(int(hit.meta.id) for hit in answer))
        return found

    def count(self, language: str) -> int:
        with _as_engine_error():
            try:
                return int(writer().count(index=alias(language))["count"])
            except NotFoundError:
                return 0

    def healthy(self) -> bool:
        try:
            return bool(reader().ping())
        except (ApiError, TransportError):
            return False
