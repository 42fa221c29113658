"""The search page."""

from __future__ import annotations

from dataclasses import asdict
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from cms.languages.registry import CODES, SOURCE, get
from pages.addresses import address
from pages.frame import build_frame
from search.contracts import SearchQuery
from search.forms import SearchForm
from search.service import search as find

SEARCH_PATH = "search/"
#: Where a reader who finds nothing is led, if the site has such a page.
CONTACT_PATH = "kontakt/"


def _url(query: SearchQuery, page: int) -> str:
    values = asdict(query) | {"q": query.text, "page": page if page > 1 else ""}
    wanted = {name: values[name] for name in ("q", "county", "municipality", "type", "page") if values[name]}
    return f"{address(SEARCH_PATH, query.language)}?{urlencode(wanted)}"


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """``/<lang>/search/``: the form, and what was found.

    Sends no caching rule of its own, so the page cache's middleware gives it an ETag and has it asked
    for anew every time: a page that is unpublished must not be found for another minute. Only the
    empty form is kept by the page cache.
    """
    language = get(translation.get_language() or SOURCE)
    form = SearchForm(language, request.GET)
    query = form.asked()
    results = find(query) if query.text else None
    if results and results.pages and results.page > results.pages:
        return HttpResponseRedirect(_url(query, results.pages))
    title = gettext("Search")
    frame, _rows = build_frame(
        request,
        language,
        SEARCH_PATH,
        exists=set(CODES),
        title=f"{results.query} – {title}" if results else title,
    )
    frame.noindex, frame.canonical, frame.alternates = True, "", []
    context = {
        "frame": frame,
        "form": form,
        "results": results,
        "previous_url": _url(query, query.page - 1) if results and results.page > 1 else None,
        "next_url": _url(query, query.page + 1) if results and results.page < results.pages else None,
        "contact": next((ref for ref in frame.standard_pages if ref.path == CONTACT_PATH), None),
    }
    return render(request, "search/results.html", context)
