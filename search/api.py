"""``/api/v1/search``: search for programs."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.views.decorators.http import conditional_page
from ninja import Query, Router, Schema
from ninja.decorators import decorate_view
from ninja.errors import HttpError

from cms.languages.registry import BY_CODE, CODES
from search.contracts import Hit, ResultPage
from search.forms import SearchForm
from search.service import search as find

router = Router(tags=["search"])


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
    """A page of results. ``total`` counts the pages in ``language``; ``degraded`` means that a simpler engine answered."""

    query: str
    language: str
    total: int
    degraded: bool
    hits: list[HitOut]
    also: list[GroupOut]
    suggestions: list[str]


class Problem(Schema):
    """What is wrong with the request, in a sentence."""

    detail: str


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
def search(
    request: HttpRequest,
    response: HttpResponse,
    lang: str = Query(description=f"one of {', '.join(CODES)}"),
    q: str = Query("", description="what to look for; 200 characters are read"),
    county: str = Query("", description="SCB's code of a county: 14"),
    municipality: str = Query("", description="SCB's code of a municipality: 1480"),
    type: str = Query("", description="a kind of page: article, news, local …"),  # noqa: A002  (the parameter's name)
    page: str = Query("1", description="from 1, ten hits each"),
) -> SearchOut:
    """Ten hits in the asked language and, on the first page, up to five in each language that it falls back to.

    Only what everybody may read is found. An answer may be kept and asked for anew with its ETag.
    """
    if lang not in BY_CODE:
        raise HttpError(422, f"lang: there is no language {lang[:20]!r}. The languages are {', '.join(CODES)}.")
    given = {"q": q, "county": county, "municipality": municipality, "type": type, "page": page}
    with translation.override(lang):
        form = SearchForm(BY_CODE[lang], given)
        if not form.is_valid():
            raise HttpError(422, " ".join(form.sentences()))
        result = find(form.asked())
    response.headers["Cache-Control"] = "public, max-age=0, must-revalidate"
    return _out(result)
