"""What Elasticsearch is asked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from elasticsearch.dsl import Q, Search
from elasticsearch.dsl.query import Query

from search.analysis import Asked
from search.backends.database import FRESH, FRESH_DAYS, NEAR
from search.contracts import Question
from search.documents import FIELDS
from search.elastic.client import alias

#: What a word weighs in each field, as it is written and by its marks. The fields count as one text
#: in which the words of a title stand ten times (BM25F), as in the database. Measured: docs/search.md.
_WEIGHTS = (10.0, 6.0, 3.0, 1.0)
_BEGINNING = 0.5
#: The words as they are written, one after another.
_PHRASE = (8.0, 4.0, 2.0, 1.0)
#: More than any sum of scores: pages with all of the words come first.
_ALL_WORDS = 10_000.0


def _weighed(suffix: str, weights: Sequence[float], names: Sequence[str] = FIELDS) -> list[str]:
    return [f"{name}{suffix}^{weight}" for name, weight in zip(names, weights, strict=False)]


def _tokens(tokens: Iterable[str], names: Sequence[str] = FIELDS) -> list[Query]:
    """Any of Python's tokens in any field."""
    written = " ".join(token for token in tokens if token[0].isalnum())
    marked = " ".join(token for token in tokens if not token[0].isalnum())
    ways = []
    if written:
        ways.append(Q("combined_fields", query=written, fields=_weighed("", _WEIGHTS, names)))
    if marked:
        ways.append(Q("combined_fields", query=marked, fields=_weighed("_marks", _WEIGHTS, names)))
    return ways


def _any(ways: Sequence[Query]) -> Query:
    return Q("bool", should=list(ways), minimum_should_match=1)


def _word(word: Asked, names: Sequence[str] = FIELDS) -> Query:
    """Any form of a word: Python's tokens, a beginning, a compound's parts, a synonym."""
    ways = _tokens(word.tokens, names)
    for beginning in word.beginnings:
        field = "_marks" if not beginning[0].isalnum() else ""
        ways += [Q("prefix", **{name + field: {"value": beginning, "boost": _BEGINNING}}) for name in names]
    ways += [Q("bool", must=[_any(_tokens(tokens, names)) for tokens in way]) for way in word.ways]
    return _any(ways)


def search_in(question: Question, least: int) -> Search:
    """The search of one language's index for pages with at least ``least`` of the words."""
    words = [_word(word) for word in question.words]
    found = Q("bool", should=words, minimum_should_match=least)
    if len(words) > 1:
        written = " ".join(word.exact for word in question.words)
        phrase = Q("multi_match", type="phrase", query=written, fields=_weighed("", _PHRASE), analyzer="whitespace")
        found = Q("bool", must=[found], should=[phrase])
    preferred = [{"weight": 1.0}, {"filter": Q("range", updated={"gte": f"now-{FRESH_DAYS}d/d"}), "weight": FRESH}]
    if question.near:
        preferred.append({"filter": Q("term", county=question.near), "weight": NEAR})
    wanted = Q(
        "bool",
        must=[Q("function_score", query=found, functions=preferred, score_mode="sum", boost_mode="multiply")],
        should=[Q("constant_score", filter=Q("bool", must=words), boost=_ALL_WORDS)],
        filter=[Q("term", **{name: value}) for name, value in question.filters.items()],
    )
    return _of(question.language, wanted, question.limit)


def titles_in(words: Sequence[Asked], language: str, limit: int) -> Search:
    """The pages with all of the words in one of their titles."""
    return _of(language, Q("bool", must=[_word(word, FIELDS[:2]) for word in words]), limit)


def _of(language: str, wanted: Query, limit: int) -> Search:
    search: Search = Search(index=alias(language)).query(wanted).source(False)
    return search.extra(size=limit, track_total_hits=False)
