"""What Elasticsearch keeps of a document, and how it reads each language."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from elasticsearch.dsl import Date, Keyword, Mapping, Text

from search.contracts import FILTERS, Document
from search.documents import FIELDS, VERSION

#: Beginnings that are kept as words of their own, so that they are found at once.
_BEGINNINGS = {"min_chars": 2, "max_chars": 8}


def mapping() -> Mapping:
    """The fields of an index, the same for every language: the words come analysed by ``search.analysis``.

    Elasticsearch's own analyzers beside it found nothing more, and joined words that are others
    (docs/search.md). What a later version adds is kept out of an older index.
    """
    fields = Mapping()
    fields.meta("dynamic", False)
    fields.meta("_meta", {"version": str(VERSION)})
    fields.meta("_source", {"includes": ["stamp"]})
    for name in FIELDS:
        # Python's tokens are the same as in the database, so whole as they come.
        fields.field(name, Text(analyzer="whitespace", index_prefixes=_BEGINNINGS))
        fields.field(f"{name}_marks", Text(analyzer="whitespace"))
    for name in (*FILTERS, "stamp"):
        fields.field(name, Keyword())
    fields.field("updated", Date())
    return fields


def index_settings() -> dict[str, Any]:
    """One shard an index, and as many copies as the settings say."""
    return {
        "number_of_shards": 1,
        "number_of_replicas": settings.ELASTICSEARCH_REPLICAS,
        "analysis": {"analyzer": {"whitespace": {"type": "whitespace"}}},
    }


def source(document: Document) -> dict[str, Any]:
    """The document as Elasticsearch is given it."""
    fields: dict[str, Any] = {}
    for name, (words, marked) in zip(FIELDS, document.fields, strict=True):
        fields[name] = words
        fields[f"{name}_marks"] = marked
    fields |= {name: getattr(document, name) for name in FILTERS}
    return fields | {"stamp": document.stamp, "updated": document.updated}
