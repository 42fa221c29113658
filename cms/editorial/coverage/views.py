"""The coverage's page, and its file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page as ListPage
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from wagtail.models import Page

from cms.access.actions import Action
from cms.access.audit.events import Event
from cms.access.audit.log import record
from cms.access.audit.views import in_language
from cms.access.policy import decide
from cms.access.scopes import Scope
from cms.editorial.coverage.export import csv_lines
from cms.editorial.coverage.forms import CoverageForm
from cms.editorial.coverage.matrix import DRAFT, PUBLISHED, Row, in_order, pages_of, rows_of, shown_languages
from cms.editorial.coverage.sources import Wanted, sections, source_pages
from cms.editorial.coverage.states import describe, label_of
from cms.editorial.coverage.totals import Load, Totals, add_orders, add_turnaround, totals, visible
from cms.editorial.coverage.trend import ORDER, Day, Plot, days_until, monthly, plot
from cms.languages.registry import SOURCE, Language
from cms.translation.states import State

ROWS_PER_PAGE = 50


@dataclass(slots=True)
class Coverage:
    """All that the page shows, for one user and filter."""

    form: CoverageForm
    languages: list[Language]
    page: ListPage[int]
    rows: list[Row]
    totals: list[Totals]
    loads: list[Load]
    plot: Plot | None
    months: list[Day]
    #: Where the translations of the pages shown are ordered; empty where the user may order none.
    order_url: str


def coverage_of(user: Any, parameters: Any) -> Coverage:
    """The coverage that the address asks for; ten queries at most, however many pages."""
    form = CoverageForm(parameters, sections=sections())
    wanted = form.wanted
    languages = shown_languages(wanted.language)
    pages = in_order(source_pages(user, wanted), wanted.sort, wanted.language)
    page = Paginator(pages.ids, ROWS_PER_PAGE).get_page(parameters.get("page"))
    sources = pages_of(list(page.object_list))
    keys = pages.live_keys if form.is_narrowed else None
    by_language = totals(keys, languages)
    add_turnaround(by_language, keys)
    ordered = visible(user, add_orders(by_language, keys))
    days = days_until(timezone.localdate(), wanted.language)
    return Coverage(
        form,
        languages,
        page,
        rows_of(user, sources, languages),
        by_language,
        ordered,
        plot(days),
        monthly(days),
        _order_url(user, sources, wanted),
    )


def _order_url(user: Any, sources: list[Page], wanted: Wanted) -> str:
    """Where the translations of the pages shown are ordered; empty where ``user`` may order none of them."""
    ids = [page.pk for page in sources if page.live and decide(user, Action.ORDER, page)]
    if not ids:
        return ""
    languages = [("language", wanted.language)] if wanted.language else []
    return f"{reverse('translation_order')}?{urlencode([('page', pk) for pk in ids] + languages)}"


def overview(request: HttpRequest) -> HttpResponse:
    """The site by language and by county."""
    return _page(request)


def context_of(found: Coverage, parameters: Any) -> dict[str, Any]:
    """What ``editorial/coverage/content.html`` shows; ``parameters`` are the address's."""
    query = parameters.copy()
    query.pop("page", None)
    return {
        "coverage": found,
        "form": found.form,
        "rows": [(row, [(cell, describe(cell)) for cell in row.cells]) for row in found.rows],
        "labels": [(state, label_of(state)) for state in (PUBLISHED, DRAFT, *State.values)],
        "states": [(state, label_of(state)) for state in State.values],
        "bands": {state: label_of(state) for state in ORDER},
        "query": query.urlencode(),
        "today": timezone.localdate(),
    }


def _page(request: HttpRequest) -> HttpResponse:
    context = context_of(coverage_of(request.user, request.GET), request.GET)
    page = {"header_icon": "table", "page_title": _("Overview")}
    return TemplateResponse(request, "editorial/coverage/page.html", context | page)


def coverage_csv(request: HttpRequest) -> HttpResponseBase:
    """Every page that the filter finds, as a file. Where the filter is wrong, the page that says so."""
    form = CoverageForm(request.GET, sections=sections())
    if not form.is_valid():
        return _page(request)
    wanted = form.wanted
    ids = in_order(source_pages(request.user, wanted), wanted.sort, wanted.language).ids
    # Recorded before a line leaves.
    record(
        Event.EXPORTED,
        actor=request.user,
        about="coverage.csv",
        scope=Scope(wanted.language or SOURCE),
        pages=len(ids),
        filters=request.GET.urlencode(),
    )
    lines = in_language(csv_lines(request.user, ids, wanted.language), translation.get_language())
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="coverage-{timezone.localdate():%Y-%m-%d}.csv"'
    return response
