"""What a person finds among the pages that she may see in the editor's side."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Q, QuerySet
from wagtail.models import Page

from cms.access.actions import Action
from cms.access.policy import decide, holdings_of, scopes_for
from cms.languages.registry import CODES, SOURCE
from search import analysis, curation
from search.backends.fulltext import PHRASE, full_text
from search.drafts.models import TABLE
from search.normalise import clean

#: Pages that a search finds at most, best first.
MOST = 1000
#: Pages that are found by the words of their Swedish ones.
_BY_SOURCE = 50

Asked = Mapping[str, Sequence[analysis.Asked]]


@dataclass(frozen=True, slots=True)
class Found:
    """A page that was found, and the ``DraftRecord`` and its language that has the words."""

    page_id: int
    record: int
    language: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found, best first, and what was asked in each language; nothing where nothing can be searched."""

    asked: Asked = field(default_factory=dict)
    found: list[Found] = field(default_factory=list)

    def __bool__(self) -> bool:
        return any(self.asked.values())


def languages_of(user: Any) -> tuple[str, ...]:
    """The languages that the user has pages in, by her roles."""
    if user.is_superuser:
        return CODES
    held = {holding.scope.language for holding in holdings_of(user) if holding.scope}
    return tuple(code for code in CODES if code in held)


def drafts_of(user: Any) -> Q:
    """The pages whose drafts the user may see. Above them the explorer has pages that she sees as published."""
    if decide(user, Action.SEE):
        return Q()
    condition = Q(pk__in=[])
    for scope in scopes_for(user, Action.SEE):
        condition |= Q(url_path__startswith=scope.url_path)
    return condition


def find(text: str, user: Any, languages: Sequence[str], pages: QuerySet[Page]) -> Answer:
    """Those of ``pages`` that ``text`` finds, in any of ``languages``; three queries, five at most.

    ``pages`` are such as the user may know of; a draft's words find only a page whose drafts she may see.
    Where none of the languages is Swedish, a page is also found by the words of its published Swedish one.
    """
    cleaned = clean(text)
    by_source = SOURCE not in languages
    codes = (*languages, SOURCE) if by_source else tuple(languages)
    asked = {code: words for code in codes if (words := analysis.asked(cleaned, code))}
    if not asked:
        return Answer()
    expanded = curation.expand(asked)
    own = {code: words for code, words in expanded.items() if code in languages}
    among = pages.order_by()
    found = _ranked(own, among.filter(drafts_of(user)), among.filter(live=True), MOST)
    if by_source and SOURCE in expanded:
        found = _once([*found, *_by_source(expanded[SOURCE], among)])[:MOST]
    return Answer(expanded, found)


def _once(found: Iterable[Found]) -> list[Found]:
    """Each page by its best text alone."""
    pages: dict[int, Found] = {}
    for one in found:
        pages.setdefault(one.page_id, one)
    return list(pages.values())


def _by_source(words: Sequence[analysis.Asked], pages: QuerySet[Page]) -> list[Found]:
    """Those of ``pages`` whose Swedish page, as it is published, has the words."""
    sources = Page.objects.filter(live=True, translation_key__in=pages.values("translation_key"))
    found = _ranked({SOURCE: words}, Page.objects.none(), sources, _BY_SOURCE)
    keys = dict(Page.objects.filter(pk__in=[one.page_id for one in found]).values_list("pk", "translation_key"))
    rows = pages.filter(translation_key__in=set(keys.values())).values_list("translation_key", "pk")
    own: dict[Any, list[int]] = {}
    for key, pk in rows:
        own.setdefault(key, []).append(pk)
    return [
        Found(pk, one.record, one.language)
        for one in found
        for pk in sorted(own.get(keys.get(one.page_id), []))
        if pk != one.page_id
    ]


def _subquery(pages: QuerySet[Page]) -> tuple[str, tuple[Any, ...]]:
    try:
        sql, parameters = pages.order_by().values("pk").query.sql_with_params()
    except EmptyResultSet:
        return "SELECT 0", ()
    return sql, tuple(parameters)


def _ranked(asked: Asked, own: QuerySet[Page], public: QuerySet[Page], limit: int) -> list[Found]:
    """The texts that answer, best first: any of ``own``, and of ``public`` what is published; one query."""
    engine = full_text(table=TABLE)
    branches: list[str] = []
    parameters: list[Any] = []
    for language, words in asked.items():
        counts = f"{analysis.least(len(words))} AS least, {len(words)} AS whole"
        for word in words:
            branches.append(f"SELECT page_id, score, 1 AS word, {counts} FROM ({engine.select()}) each_word")  # noqa: S608  (text and numbers of ours)
            parameters += engine.match(word, language)
        if len(words) > 1:
            branches.append(
                f"SELECT page_id, score * {PHRASE} AS score, 0 AS word, {counts} FROM ({engine.select()}) phrase"  # noqa: S608  (as above)
            )
            parameters += engine.phrase([one for word in words for one in word.exact.split()], language)
    if not branches:
        return []
    (own_sql, own_values), (public_sql, public_values) = _subquery(own), _subquery(public)
    # A text has a row for each word that it answers. Materialized: SQLite's bm25 can't be joined to.
    sql = (
        f"WITH found AS MATERIALIZED ({' UNION ALL '.join(branches)}) "  # noqa: S608  (built of our own text; what was typed is a parameter)
        "SELECT record.page_id, record.id, record.language "
        "FROM found JOIN search_drafts_draftrecord record ON record.id = found.page_id "
        f"WHERE record.page_id IN ({own_sql}) OR (record.live AND record.page_id IN ({public_sql})) "
        "GROUP BY record.id, record.page_id, record.language HAVING sum(found.word) >= max(found.least) "
        "ORDER BY CASE WHEN sum(found.word) = max(found.whole) THEN 0 ELSE 1 END, "
        "sum(found.score) DESC, record.id LIMIT %s"
    )
    with connection.cursor() as cursor:
        # Two texts of a page may answer: each page is counted once, later.
        cursor.execute(sql, [*parameters, *own_values, *public_values, 2 * limit])
        return _once(Found(*row) for row in cursor.fetchall())[:limit]
