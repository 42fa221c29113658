"""The screens of synonyms."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from cms.access.doors.middleware import refuse
from cms.access.policy import Denied
from cms.languages.collation import collation_key
from cms.languages.registry import CODES
from search.editors.checks import isolated, unknown
from search.editors.forms import FilterForm, SynonymsForm
from search.editors.permissions import editable, may_add, may_edit
from search.editors.screens import delete_page, form_page, list_page, sent
from search.models import Synonyms

_LIST = "search_synonyms"


def index(request: HttpRequest) -> HttpResponse:
    """At ``admin/readers-search/synonyms/``: those of the languages that the user may change; one query."""
    languages = editable(request.user)
    form = FilterForm(request.GET, languages=languages)
    wanted = form.wanted
    rows = [row for row in Synonyms.objects.filter(language__in=form.languages) if wanted in str(row).casefold()]
    rows.sort(key=lambda row: (CODES.index(row.language), collation_key(str(row), row.language)))
    return list_page(request, form, rows, "synonyms", _("Synonyms"))


def add(request: HttpRequest) -> HttpResponse:
    """New synonyms; ``language`` and ``word`` of the address stand in the form already."""
    decision = may_add(request)
    if isinstance(decision, Denied):
        return refuse(request, decision)
    languages = editable(request.user)
    initial = {"words": request.GET.get("word", "")[:200]}
    if request.GET.get("language") in languages:
        initial["language"] = request.GET["language"]
    form = SynonymsForm(sent(request), languages=languages, initial=initial)
    return form_page(request, form, _("Add synonyms"), (_LIST, _("Synonyms")), _said)


def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The words of synonyms that are there."""
    synonyms = get_object_or_404(Synonyms, pk=pk)
    decision = may_edit(request.user, synonyms.language)
    if isinstance(decision, Denied):
        return refuse(request, decision)
    form = SynonymsForm(sent(request), languages=[synonyms.language], instance=synonyms)
    return form_page(request, form, _("Change synonyms"), (_LIST, _("Synonyms")), _said)


def _said(synonyms: Any) -> str:
    """What is said of what was saved: that it holds, and which of it no page has."""
    lost = unknown(synonyms.terms, synonyms.language)
    if not lost:
        return _("Saved. Searches find by these synonyms from now on.")
    return _("Saved. On no page in this language now, so that they only lead to the other words: %(terms)s") % {
        "terms": ", ".join(map(isolated, lost))
    }


def delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask, and delete."""
    synonyms = get_object_or_404(Synonyms, pk=pk)
    decision = may_edit(request.user, synonyms.language)
    if isinstance(decision, Denied):
        return refuse(request, decision)
    question = _("Shall these words no longer find each other?")
    title = _("Delete synonyms")
    return delete_page(request, synonyms, title, (_LIST, _("Synonyms")), question, synonyms.terms)
