"""The report of searches that found little, on a page and as a file."""

from __future__ import annotations

import codecs
import csv
import datetime
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from wagtail.admin.views.mixins import Echo

from cms.access.audit.events import Event
from cms.access.audit.log import record
from cms.access.audit.views import in_language, without_formula
from cms.access.scopes import Scope
from cms.languages.formats import format_date
from cms.languages.registry import SOURCE
from pages.addresses import address
from search.editors.forms import ReportForm
from search.editors.permissions import editable, reportable
from search.editors.screens import ICON, page_of, trail
from search.models import SearchTally
from search.tally import FEW, LEAST_TIMES, WEEKS_KEPT
from search.views import SEARCH_PATH


def _form(request: HttpRequest) -> ReportForm:
    """The filter; one query."""
    languages = reportable(request.user)
    own = languages if len(languages) == 1 else [""]
    weeks = SearchTally.objects.filter(language__in=languages).order_by("-week").values_list("week", flat=True)
    reader = translation.get_language() or SOURCE
    labels = [(week, format_date(week, reader)) for week in weeks.distinct()]
    return ReportForm({"language": own[0]} | request.GET.dict(), languages=languages, weeks=labels)


def _found(form: ReportForm) -> QuerySet[SearchTally]:
    rows = SearchTally.objects.filter(language__in=form.languages)
    if form.monday:
        rows = rows.filter(week=form.monday)
    return rows.order_by("-week", "-times", "language", "query")


def _row(row: SearchTally, own: set[str]) -> dict[str, Any]:
    words = urlencode({"language": row.language, "word": row.query})
    return {
        "tally": row,
        "try": f"{address(SEARCH_PATH, row.language)}?{urlencode({'q': row.query})}",
        "synonyms": f"{reverse('search_synonyms_add')}?{words}" if row.language in own else "",
        "recommend": f"{reverse('search_best_bets_add')}?{words}" if row.language in own else "",
    }


def report(request: HttpRequest) -> HttpResponse:
    """At ``admin/readers-search/found-little/``; three queries."""
    form = _form(request)
    page, query = page_of(request, _found(form))
    own = set(editable(request.user))
    context = {
        "form": form,
        "page": page,
        "rows": [_row(row, own) for row in page],
        "query": query,
        "few": FEW,
        "least": LEAST_TIMES,
        "weeks": WEEKS_KEPT,
        "header_title": _("Searches that found little"),
        "header_icon": ICON,
        "breadcrumbs_items": trail(("", _("Searches that found little"))),
    }
    return render(request, "search/editors/report.html", context)


def report_csv(request: HttpRequest) -> HttpResponseBase:
    """All that the filter finds, as a file. Where the filter is wrong, the page that says so."""
    form = _form(request)
    if not form.is_valid():
        return report(request)
    rows = _found(form)
    # Recorded before a line leaves.
    record(
        Event.EXPORTED,
        actor=request.user,
        about="searches.csv",
        scope=Scope(form.cleaned_data["language"]) if form.cleaned_data["language"] else None,
        searches=rows.count(),
        filters=request.GET.urlencode(),
    )
    lines = in_language(_lines(rows), translation.get_language() or SOURCE)
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="searches-{timezone.localdate():%Y-%m-%d}.csv"'
    return response


def _lines(rows: QuerySet[SearchTally]) -> Iterator[bytes]:
    writer = csv.writer(Echo())
    # Without the mark, Excel reads UTF-8 as something else.
    yield codecs.BOM_UTF8
    yield writer.writerow([_("Week from"), _("Language"), _("Searched for"), _("Times"), _("Fewest pages found")])
    for row in rows.iterator():
        cells: tuple[str | int | datetime.date, ...] = (row.week, row.language, row.query, row.times, row.found)
        yield writer.writerow([without_formula(str(cell)) for cell in cells])
