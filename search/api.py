"""``/api/v1/search``: search for programs."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.views.decorators.http import conditional_page
from ninja import Field, Query, Router, Schema
from ninja.decorators import decorate_view
from ninja.errors import HttpError

from pages.api.common import InLanguage, Problem, language_of
from search.contracts import Hit, ResultPage
from search.forms import LAST_PAGE, TYPES, SearchForm
from search.service import search as find

router = Router(tags=["search"])


class SearchIn(InLanguage):
    """What is asked."""

    q: str = Field("", description="what to look for; 200 characters are read")
    county: str = Field("", description="SCB's code of a county: 14")
    municipality: str = Field("", description="SCB's code of a municipality: 1480")
    type: str = Field("", description=f"one of {', '.join(model.content_type_name for model in TYPES)}")
    page: int = Field(1, ge=1, le=LAST_PAGE, description="ten hits each")


class HitOut(Schema):
    """A page that was found. ``url`` is its path on this site, ``language`` a code of the registry."""

    url: str
    title: str
    language: str
    summary: str
    type: str


class GroupOut(Schema):
    """Pages that the asked language lacks, in one that it falls back to."""

    language: str
    hits: list[HitOut]


class SearchOut(Schema):
    """A page of results.

    ``total`` counts the pages in ``language``; ``degraded`` says that a simpler engine had to answer.
    """

    query: str
    language: str
    total: int
    degraded: bool
    hits: list[HitOut]
    also: list[GroupOut]
    suggestions: list[str]


def _hit(hit: Hit) -> HitOut:
    return HitOut(url=hit.url, title=hit.title, language=hit.language.code, summary=hit.summary, type=hit.type)


def _out(page: ResultPage) -> SearchOut:
    return SearchOut(
        query=page.query,
        language=page.language.code,
        total=page.total,
        degraded=page.degraded,
        hits=[_hit(hit) for hit in page.hits],
        also=[GroupOut(language=group.language.code, hits=[_hit(hit) for hit in group.hits]) for group in page.also],
        suggestions=page.suggestions,
    )


@router.get("/search", response={200: SearchOut, 422: Problem}, summary="Search the published pages")
@decorate_view(conditional_page)
def search(request: HttpRequest, response: HttpResponse, asked: Query[SearchIn]) -> SearchOut:
    """Ten hits in the asked language and, on the first page, up to five in each language that it falls back to.

    Only what everybody may read is found. An answer may be kept and asked for anew with its ETag.
    """
    language = language_of(asked.lang)
    with translation.override(language.code):
        form = SearchForm(language, asked.dict())
        if not form.is_valid():
            raise HttpError(422, " ".join(form.sentences()))
        result = find(form.asked())
    response.headers["Cache-Control"] = "public, max-age=0, must-revalidate"
    return _out(result)
