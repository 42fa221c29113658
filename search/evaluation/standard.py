"""Elasticsearch with its plain ``standard`` analyzer for every language: what ours is measured against."""

from __future__ import annotations

import time
from typing import Any

from elasticsearch.dsl import Mapping, Q, Search, Text
from elasticsearch.helpers import bulk

from search.building import records_of
from search.contracts import Record
from search.elastic.client import REBUILD_TIMEOUT, alias, reader, writer
from search.evaluation.measures import Answer, Ask

_WEIGHTS = {"title": 10, "alternative": 6, "summary": 3, "body": 1}


def _source(record: Record) -> dict[str, str]:
    return {
        "title": record.title,
        "alternative": "\n".join(record.alternative),
        "summary": "\n".join((record.summary, *record.headings, *record.places)),
        "body": record.body,
    }


class StandardIndex:
    """``with StandardIndex("sv") as ask:`` an index of a language's pages that goes when it has been asked."""

    def __init__(self, language: str) -> None:
        self._language = language
        self._index = f"{alias(language)}-standard-{time.time_ns() // 1_000_000}"
        self._paths: dict[str, str] = {}

    def __enter__(self) -> Ask:
        mapping = Mapping()
        for name in _WEIGHTS:
            mapping.field(name, Text(analyzer="standard"))
        client = writer(REBUILD_TIMEOUT)
        client.indices.create(index=self._index, mappings=mapping.to_dict(), settings={"number_of_shards": 1})
        bulk(client, self._actions())
        client.indices.refresh(index=self._index)
        return self._ask

    def _actions(self) -> Any:
        for path, record in records_of(self._language):
            self._paths[str(record.page_id)] = path
            yield {"_index": self._index, "_id": str(record.page_id), "_source": _source(record)}

    def _ask(self, text: str) -> Answer:
        fields = [f"{name}^{weight}" for name, weight in _WEIGHTS.items()]
        wanted = Q("multi_match", query=text, fields=fields, minimum_should_match="50%")
        search: Search = Search(using=reader(), index=self._index).query(wanted).source(False).extra(size=10)
        return Answer([self._paths[hit.meta.id] for hit in search.execute()])

    def __exit__(self, *_error: object) -> None:
        writer(REBUILD_TIMEOUT).indices.delete(index=self._index)
