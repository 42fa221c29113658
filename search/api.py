"""``/api/v1/search`` and ``/api/v1/suggest``: search for programs."""

from __future__ import annotations

import datetime
from html import unescape
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.html import strip_tags
from django.views.decorators.http import conditional_page
from ninja import Field, Query, Router, Schema
from ninja.decorators import decorate_view
from ninja.errors import HttpError
from pydantic import ConfigDict

from pages.api.common import InLanguage, Problem, language_of
from search.contracts import SUGGESTIONS, Hit, ResultPage
from search.forms import LAST_PAGE, TYPES, Choice, SearchForm
from search.normalise import clean
from search.service import search as find
from search.service import suggest as find_titles
from search.service import themes_of
from search.throttling import RATES, MinuteThrottle

router = Router(tags=["search"])

#: An answer may be kept, and must be asked for anew with its ETag: a page that is unpublished is gone at once.
_CACHING = "public, max-age=0, must-revalidate"
_LIMITED = "More requests of one address are answered with 429 and Retry-After (seconds)."
_PROBLEMS = {422: Problem, 429: Problem}


def _example(**values: Any) -> ConfigDict:
    return ConfigDict(json_schema_extra={"examples": [values]})


class SearchIn(InLanguage):
    """What is asked."""

    q: str = Field("", description="what to look for; 200 characters are read", examples=["hyra bostad"])
    type: str = Field("", description=f"one of {', '.join(model.content_type_name for model in TYPES)}")
    theme: str = Field("", description="the slug of a theme", examples=["att-bo"])
    county: str = Field("", description="SCB's code of a county", examples=["14"])
    municipality: str = Field("", description="SCB's code of a municipality", examples=["1480"])
    near: str = Field(
        "",
        description="SCB's code, or the slug, of the county that the reader lives in: its pages come a little sooner",
        examples=["14", "vastra-gotaland"],
    )
    page: int = Field(1, ge=1, le=LAST_PAGE, description="ten hits each")


class HitOut(Schema):
    """A page that was found. ``url`` is its path on this site, ``language`` a code of the registry.

    ``passage`` is the place that has the words, as plain text; ``breadcrumb`` the titles above the page,
    topmost first; ``recommended`` whether editors recommend it for this search.
    """

    url: str
    title: str
    language: str
    summary: str
    type: str
    passage: str
    breadcrumb: list[str]
    updated: datetime.date | None
    machine_translated: bool
    recommended: bool


class GroupOut(Schema):
    """Pages that the asked language lacks, in one that it falls back to."""

    language: str
    hits: list[HitOut]


class SearchOut(Schema):
    """A page of results.

    ``total`` counts the pages in ``language``; ``more`` says that there are others which were not looked
    at, so that ``total`` and ``facets`` are the least; ``degraded`` that a simpler engine had to answer.
    ``facets`` has for each filter the pages by its values: those that would be found if it were that value.
    ``suggestions`` are other spellings that find something.
    """

    model_config = _example(
        query="hyra",
        language="ar",
        total=1,
        more=False,
        degraded=False,
        hits=[
            {
                "url": "/ar/att-bo/hyra-bostad/",
                "title": "استئجار مسكن",
                "language": "ar",
                "summary": "",
                "type": "article",
                "passage": "يُدفع الإيجار كل شهر.",
                "breadcrumb": ["السكن"],
                "updated": "2026-03-03",
                "machine_translated": False,
                "recommended": False,
            }
        ],
        also=[{"language": "en", "hits": []}],
        facets={"type": {"article": 1}, "theme": {"att-bo": 1}, "county": {}, "municipality": {}},
        suggestions=[],
    )

    query: str
    language: str
    total: int
    more: bool
    degraded: bool
    hits: list[HitOut]
    also: list[GroupOut]
    facets: dict[str, dict[str, int]]
    suggestions: list[str]


class SuggestIn(InLanguage):
    """What somebody has typed so far."""

    q: str = Field("", description="the beginning of a title; 200 characters are read", examples=["hyr"])


class SuggestionOut(Schema):
    """A page. ``language`` is its title's, ``url`` its path on this site."""

    title: str
    url: str
    language: str


class SuggestOut(Schema):
    """Pages whose titles begin so, those in ``language`` first."""

    model_config = _example(
        query="hyr",
        language="sv",
        suggestions=[{"title": "Hyra bostad", "url": "/sv/att-bo/hyra-bostad/", "language": "sv"}],
    )

    query: str
    language: str
    suggestions: list[SuggestionOut]


def _hit(hit: Hit) -> HitOut:
    return HitOut(
        url=hit.url,
        title=hit.title,
        language=hit.language.code,
        summary=hit.summary,
        type=hit.type,
        # Nothing but <mark> is markup there; the text was escaped.
        passage=unescape(strip_tags(hit.passage)),
        breadcrumb=hit.breadcrumb,
        updated=hit.updated,
        machine_translated=hit.machine_translated,
        recommended=hit.recommended,
    )


def _out(page: ResultPage, facets: dict[str, dict[str, int]]) -> SearchOut:
    return SearchOut(
        query=page.query,
        language=page.language.code,
        total=page.total,
        more=page.more,
        degraded=page.degraded,
        hits=[_hit(hit) for hit in page.hits],
        also=[GroupOut(language=group.language.code, hits=[_hit(hit) for hit in group.hits]) for group in page.also],
        facets=facets,
        suggestions=page.suggestions,
    )


@router.get(
    "/search",
    response={200: SearchOut, **_PROBLEMS},
    throttle=MinuteThrottle("search"),
    summary="Search the published pages",
    description=f"""
Ten hits in the asked language and, on the first page, up to five in each language that it falls back to.
Only what everybody may read is found. An answer may be kept and asked for anew with its ETag.
{RATES["search"]} requests a minute. {_LIMITED}
""".strip(),
)
@decorate_view(conditional_page)
def search(request: HttpRequest, response: HttpResponse, asked: Query[SearchIn]) -> SearchOut:
    """A page of results. Raises ``HttpError`` (422) for a parameter that is wrong."""
    language = language_of(asked.lang)
    with translation.override(language.code):
        # No answer has their titles.
        themes = [Choice(slug, slug) for slug in themes_of(language)] if asked.theme else []
        form = SearchForm(language, asked.dict(), themes)
        if not form.is_valid():
            raise HttpError(422, " ".join(form.sentences()))
        result = find(form.asked())
    response.headers["Cache-Control"] = _CACHING
    return _out(result, form.numbers(result.facets))


@router.get(
    "/suggest",
    response={200: SuggestOut, **_PROBLEMS},
    throttle=MinuteThrottle("suggest"),
    summary="Titles that begin as somebody types",
    description=f"""
At most {SUGGESTIONS} published pages one of whose titles begins so, in the asked language or one that it falls
back to, each once. An answer may be kept and asked for anew with its ETag.
{RATES["suggest"]} requests a minute. {_LIMITED}
""".strip(),
)
@decorate_view(conditional_page)
def suggest(request: HttpRequest, response: HttpResponse, asked: Query[SuggestIn]) -> SuggestOut:
    """Suggestions. Raises ``HttpError`` (422) for a language that there isn't."""
    code = language_of(asked.lang).code
    response.headers["Cache-Control"] = _CACHING
    return SuggestOut(
        query=clean(asked.q),
        language=code,
        suggestions=[
            SuggestionOut(title=found.title, url=found.url, language=found.language.code)
            for found in find_titles(asked.q, code)
        ],
    )
