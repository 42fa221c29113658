"""The screens of recommended pages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from wagtail.models import Page

from cms.access.audit.log import address_of
from cms.access.doors.middleware import refuse
from cms.access.policy import Denied
from cms.access.sight import knowable
from cms.languages.collation import collation_key
from cms.languages.registry import CODES
from search.editors.forms import BestBetForm, FilterForm
from search.editors.permissions import editable, may_add, may_edit
from search.editors.screens import delete_page, form_page, list_page, sent
from search.eligibility import findable
from search.models import BestBet

_LIST = "search_best_bets"


class Row(NamedTuple):
    """A recommended page as it is listed. ``title`` and ``address`` are empty where the user may not know of it."""

    best_bet: BestBet
    title: str
    address: str
    code: str
    public: bool


def _rows(best_bets: Sequence[BestBet], user: Any) -> list[Row]:
    """Two queries, however many there are."""
    ids = {best_bet.page_id for best_bet in best_bets}
    public = set(findable(Q(pk__in=ids)).values_list("pk", flat=True))
    known = {page.pk: page for page in knowable(Page.objects.filter(pk__in=ids), user).select_related("locale")}
    rows = []
    for best_bet in best_bets:
        page = known.get(best_bet.page_id)
        title, address, code = (page.title, address_of(page), page.locale.language_code) if page else ("", "", "")
        rows.append(Row(best_bet, title, address, code, best_bet.page_id in public))
    return rows


def index(request: HttpRequest) -> HttpResponse:
    """At ``admin/readers-search/recommended/``: those of the languages that the user may change; three queries."""
    languages = editable(request.user)
    form = FilterForm(request.GET, languages=languages)
    wanted = form.wanted
    rows = _rows(list(BestBet.objects.filter(language__in=form.languages)), request.user)
    rows = [row for row in rows if wanted in f"{row.title}\n{row.best_bet.queries}".casefold()]
    rows.sort(key=lambda row: (CODES.index(row.best_bet.language), collation_key(row.title, row.best_bet.language)))
    return list_page(request, form, rows, "best_bets", _("Recommended pages"))


def add(request: HttpRequest) -> HttpResponse:
    """A new recommended page; ``language`` and ``word`` of the address stand in the form already."""
    decision = may_add(request)
    if isinstance(decision, Denied):
        return refuse(request, decision)
    languages = editable(request.user)
    initial = {"queries": request.GET.get("word", "")[:200], "sort_order": 0}
    if request.GET.get("language") in languages:
        initial["language"] = request.GET["language"]
    form = BestBetForm(sent(request), languages=languages, initial=initial)
    return form_page(request, form, _("Recommend a page"), (_LIST, _("Recommended pages")), _said)


def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The searches of a recommended page, and the page."""
    best_bet = get_object_or_404(BestBet, pk=pk)
    decision = may_edit(request.user, best_bet.language)
    if isinstance(decision, Denied):
        return refuse(request, decision)
    form = BestBetForm(sent(request), languages=[best_bet.language], instance=best_bet)
    return form_page(request, form, _("Change a recommended page"), (_LIST, _("Recommended pages")), _said)


def _said(_best_bet: Any) -> str:
    return _("Saved. The page comes first in these searches from now on.")


def delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask, and delete."""
    best_bet = get_object_or_404(BestBet, pk=pk)
    decision = may_edit(request.user, best_bet.language)
    if isinstance(decision, Denied):
        return refuse(request, decision)
    question = _("Shall no page be recommended here any longer for these searches?")
    title = _("Delete a recommendation")
    return delete_page(request, best_bet, title, (_LIST, _("Recommended pages")), question, best_bet.lines)
