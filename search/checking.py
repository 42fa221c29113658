"""What of the engines' answers may be shown: asked of the database, every time."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from django.db.models import QuerySet
from wagtail.models import Page

from cms.access.scopes import split_url_path
from cms.languages.registry import Language
from pages.reading import best
from pages.visibility import public
from search.contracts import FILTERS
from search.eligibility import FINDABLE
from search.models import SearchRecord


class Candidate(NamedTuple):
    """One language's version of a page that anybody may read: what it is chosen and counted by."""

    id: int
    code: str
    path: str
    title: str
    type: str
    theme: str
    county: str
    municipality: str
    expires: datetime.datetime | None


class Found(NamedTuple):
    """A page that was found: the version that has the words, and the one that the reader is shown."""

    matched: Candidate
    shown: Candidate


#: A page that an engine found, and the language that it was asked in; best first.
Ranked = Sequence[tuple[str, int]]

_COLUMNS = ("page_id", "page__url_path", "page__title", *FILTERS, "page__expire_at")


def checked(answers: Iterable[Ranked], language: Language) -> list[list[Found]]:
    """Of each answer what the public may read now, every page once; at most one query for all of them."""
    ranked = list(answers)
    every = {pair for answer in ranked for pair in answer}
    by_id: dict[int, Candidate] = {}
    by_path: dict[str, dict[str, Candidate]] = {}
    for pk, url_path, *rest in _rows(every, language):
        parts = split_url_path(url_path)
        if parts:
            by_id[pk] = by_path.setdefault(parts[1], {})[parts[0]] = Candidate(pk, *parts, *rest)
    return [list(_once(answer, language, by_id, by_path)) for answer in ranked]


def _rows(every: Iterable[tuple[str, int]], language: Language) -> Iterable[tuple[Any, ...]]:
    """The public ones of these pages; of those in another language also what the reader may be shown instead."""
    own = {pk for code, pk in every if code == language.code}
    others = {pk for code, pk in every if code != language.code}
    if not own and not others:
        return ()
    rows = _of(Page.objects.filter(pk__in=own | others))
    if others:
        keys = Page.objects.filter(pk__in=others).values("translation_key")
        versions = Page.objects.filter(translation_key__in=keys, locale__language_code__in=language.chain)
        # Two sets and not one condition: each has an index of its own.
        rows = rows.union(_of(versions))
    return rows


def _of(pages: QuerySet[Page]) -> QuerySet[SearchRecord, tuple[Any, ...]]:
    return SearchRecord.objects.filter(page__in=public(pages.filter(FINDABLE))).values_list(*_COLUMNS)


def _once(
    answer: Ranked, language: Language, by_id: dict[int, Candidate], by_path: dict[str, dict[str, Candidate]]
) -> Iterator[Found]:
    seen: set[str] = set()
    for code, pk in answer:
        matched = by_id.get(pk)
        # An engine that is behind may still have a page under the language of another tree.
        if matched is None or matched.code != code or matched.path in seen:
            continue
        shown = best(language, by_path[matched.path])
        if shown is not None:
            seen.add(matched.path)
            yield Found(matched, shown)
