"""The search page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from cms.languages.registry import CODES, SOURCE, Language, get
from pages.addresses import address
from pages.frame import build_frame
from search import tally
from search.contracts import FILTERS, ResultPage, SearchQuery
from search.forms import Choice, Filter, SearchForm, theme_choices
from search.service import FEW
from search.service import search as find

SEARCH_PATH = "search/"
#: Where a reader who finds nothing is led, if the site has such a page.
CONTACT_PATH = "kontakt/"
#: What addresses carry, in this order.
_PARAMETERS = ("q", *FILTERS, "near", "page")


@dataclass(frozen=True, slots=True)
class Taken:
    """A filter that is set: its name, its value, and the address without it."""

    label: str
    choice: Choice
    url: str


@dataclass(frozen=True, slots=True)
class PageLink:
    """A page of the results; without a number, those that are left out of the list."""

    number: int | None = None
    url: str = ""
    current: bool = False


def _url(query: SearchQuery, **changed: str | int) -> str:
    """The address of this search with some of it changed; its first page, if nothing else is said."""
    values = asdict(query) | {"q": query.text, "page": ""} | changed
    if values["page"] == 1:
        values["page"] = ""
    wanted = {name: values[name] for name in _PARAMETERS if values[name]}
    return f"{address(SEARCH_PATH, query.language)}?{urlencode(wanted)}"


def _data(parameters: Mapping[str, str]) -> dict[str, str]:
    """The parameters, without the municipality of another county than the one that the reader chose."""
    data = {name: parameters.get(name, "") for name in _PARAMETERS}
    county, municipality = data["county"], data["municipality"]
    if county and len(municipality) == 4 and not municipality.startswith(county):
        data["municipality"] = ""
    return data


def _taken(query: SearchQuery, filters: list[Filter]) -> list[Taken]:
    """The filters that are set. Without its county, a municipality goes too."""
    taken = []
    for each in filters:
        if each.chosen:
            without = {each.name: ""} | ({"municipality": ""} if each.name == "county" else {})
            taken.append(Taken(each.label, each.chosen, _url(query, **without)))
    return taken


def _pages(query: SearchQuery, results: ResultPage) -> list[PageLink]:
    """The pages of the results with a number each: the first, the last, and those around this one."""
    if results.pages <= 1:
        return []
    numbers = Paginator(range(results.pages), 1).get_elided_page_range(results.page, on_each_side=1, on_ends=1)
    return [
        PageLink(number, _url(query, page=number), number == results.page) if isinstance(number, int) else PageLink()
        for number in numbers
    ]


def _count(request: HttpRequest, query: SearchQuery, results: ResultPage) -> None:
    """Tell editors' tally of a search that a reader made: its first page, with nothing that narrows it."""
    ahead = "prefetch" in request.headers.get("Sec-Purpose", "")
    if request.method == "GET" and query.page == 1 and not query.filters and not ahead:
        tally.count(results.query, query.language, results.total)


def _results_context(query: SearchQuery, results: ResultPage, filters: list[Filter]) -> dict[str, object]:
    return {
        "taken": _taken(query, filters),
        "clear_url": _url(query, **dict.fromkeys(FILTERS, "")),
        "few": results.total < FEW,
        "suggestions": [(text, _url(query, q=text)) for text in results.suggestions],
        "pages": _pages(query, results),
        "previous_url": _url(query, page=query.page - 1) if results.page > 1 else None,
        "next_url": _url(query, page=query.page + 1) if results.page < results.pages else None,
    }


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """``/<lang>/search/``: the form, and what was found.

    Sends no caching rule of its own, so the page cache's middleware gives it an ETag and has it asked
    for anew every time: a page that is unpublished must not be found for another minute. Only the
    empty form is kept by the page cache.
    """
    language: Language = get(translation.get_language() or SOURCE)
    frame, _rows = build_frame(request, language, SEARCH_PATH, exists=set(CODES))
    form = SearchForm(language, _data(request.GET.dict()), theme_choices(frame.themes))
    query = form.asked()
    results = find(query) if query.text else None
    if results and results.page > max(results.pages, 1):
        return HttpResponseRedirect(_url(query, page=results.pages))
    title = gettext("Search")
    frame.title = f"{results.query} – {title}" if results else title
    frame.noindex, frame.canonical, frame.alternates = True, "", []
    filters = form.filters(results.facets if results else None)
    context = {
        "frame": frame,
        "form": form,
        "query": query,
        "results": results,
        "filters": filters,
        "filters_open": bool(query.filters) or any(each.errors for each in filters),
        "contact": next((ref for ref in frame.standard_pages if ref.path == CONTACT_PATH), None),
    }
    if results:
        _count(request, query, results)
        context |= _results_context(query, results, filters)
    return render(request, "search/results.html", context)
