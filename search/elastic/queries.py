"""What Elasticsearch is asked."""

from __future__ import annotations

from elasticsearch.dsl import Q, Search
from elasticsearch.dsl.query import Query

from search.analysis import Asked, asked, least
from search.contracts import SearchQuery
from search.elastic.client import alias

_FIELDS = ["title^10", "alternative^6", "headings^3", "summary^3", "body"]
_FILTERS = ("type", "county", "municipality")
#: More than any sum of scores: pages with all of the words come first.
_ALL_WORDS = 10_000.0


def _word(word: Asked) -> Query:
    """Any form of a word, in any field; the analyzer's, or Python's."""
    ways = [
        Q("multi_match", query=word.exact, fields=_FIELDS, type="cross_fields"),
        Q("multi_match", query=" ".join(word.tokens), fields=["title_stems^4", "stems"], analyzer="whitespace"),
        *(Q("prefix", stems={"value": beginning, "boost": 0.5}) for beginning in word.beginnings),
    ]
    return Q("bool", should=ways, minimum_should_match=1)


def search_in(query: SearchQuery, language: str, limit: int) -> Search | None:
    """The search of one language's index; ``None`` where the query has no words."""
    words = [_word(word) for word in asked(query.text, language)]
    if not words:
        return None
    filters = [Q("term", **{name: value}) for name in _FILTERS if (value := getattr(query, name))]
    wanted = Q(
        "bool",
        must=[Q("bool", should=words, minimum_should_match=least(len(words)))],
        should=[Q("constant_score", filter=Q("bool", must=words), boost=_ALL_WORDS)],
        filter=filters,
    )
    return Search(index=alias(language)).query(wanted).source(False).extra(size=limit, track_total_hits=False)
