"""Views of the editor's side."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _

from cms.editorial.overview import CellState, rows_for, source_pages
from cms.geography.queries import counties
from cms.languages.registry import LANGUAGES, SOURCE

ROWS_PER_PAGE = 100


def _where_choices() -> list[tuple[str, Any]]:
    return [("", _("The whole site")), ("national", _("National pages"))] + [
        (county.slug, county.name) for county in counties()
    ]


def _missing_choices() -> list[tuple[str, Any]]:
    return [("", _("All pages"))] + [
        (language.code, language.autonym) for language in LANGUAGES if language.code != SOURCE
    ]


class OverviewForm(forms.Form):
    """The filter of the overview."""

    where = forms.ChoiceField(label=_("Where"), choices=_where_choices, required=False)
    missing = forms.ChoiceField(label=_("Not published in"), choices=_missing_choices, required=False)


LABELS = {
    CellState.PUBLISHED: _("published"),
    CellState.MACHINE: _("machine-translated"),
    CellState.DRAFT: _("draft"),
    CellState.MISSING: _("missing"),
}


def overview(request: HttpRequest) -> HttpResponse:
    """The site by language and by county."""
    form = OverviewForm(request.GET or {"where": "", "missing": ""})
    wanted = form.cleaned_data if form.is_valid() else {"where": "", "missing": ""}
    pages = source_pages(request.user, wanted["where"], wanted["missing"])
    page = Paginator(pages, ROWS_PER_PAGE).get_page(request.GET.get("page"))
    rows = rows_for(request.user, list(page.object_list))
    context = {
        "form": form,
        "languages": LANGUAGES,
        "rows": [(row, [(cell, LABELS[cell.state]) for cell in row.cells]) for row in rows],
        "page": page,
        "labels": LABELS.items(),
        "header_title": _("Overview"),
        "header_icon": "table",
        "page_title": _("Overview"),
    }
    return TemplateResponse(request, "editorial/overview.html", context)
