"""What search adds to the editors' side: addresses and a menu."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.admin_url_finder import ModelAdminURLFinder, register_admin_url_finder
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem

from search.editors import best_bets, report, synonyms
from search.editors.permissions import DOORS, may_edit
from search.models import BestBet

#: Where the screens of search register their entries.
menu = Menu(register_hook_name="register_search_menu_item")


class SearchMenuItem(MenuItem):
    """Shown to whom the door of its address lets in."""

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(DOORS[self.name.replace("-", "_")](request, {}))


class BestBetURLFinder(ModelAdminURLFinder):
    """Where "used by" of a page leads for its recommendation."""

    edit_url_name = "search_best_bets_edit"

    def get_edit_url(self, instance: Any) -> Any:
        if self.user and not may_edit(self.user, instance.language):
            return None
        return self.construct_edit_url(instance)


register_admin_url_finder(BestBet, BestBetURLFinder)


@hooks.register("register_admin_urls")
def admin_urls() -> list[URLPattern]:
    place = "readers-search"
    return [
        path(f"{place}/synonyms/", synonyms.index, name="search_synonyms"),
        path(f"{place}/synonyms/add/", synonyms.add, name="search_synonyms_add"),
        path(f"{place}/synonyms/<int:pk>/", synonyms.edit, name="search_synonyms_edit"),
        path(f"{place}/synonyms/<int:pk>/delete/", synonyms.delete, name="search_synonyms_delete"),
        path(f"{place}/recommended/", best_bets.index, name="search_best_bets"),
        path(f"{place}/recommended/add/", best_bets.add, name="search_best_bets_add"),
        path(f"{place}/recommended/<int:pk>/", best_bets.edit, name="search_best_bets_edit"),
        path(f"{place}/recommended/<int:pk>/delete/", best_bets.delete, name="search_best_bets_delete"),
        path(f"{place}/found-little/", report.report, name="search_report"),
        path(f"{place}/found-little/searches.csv", report.report_csv, name="search_report_csv"),
    ]


@hooks.register("register_admin_menu_item")
def search_menu() -> MenuItem:
    return SubmenuMenuItem(_("Readers’ search"), menu, name="readers-search", icon_name="search", order=170)


@hooks.register("register_search_menu_item")
def synonyms_item() -> MenuItem:
    return SearchMenuItem(
        _("Synonyms"), reverse_lazy("search_synonyms"), name="search-synonyms", icon_name="list-ul", order=10
    )


@hooks.register("register_search_menu_item")
def best_bets_item() -> MenuItem:
    return SearchMenuItem(
        _("Recommended pages"), reverse_lazy("search_best_bets"), name="search-best-bets", icon_name="pick", order=20
    )


@hooks.register("register_search_menu_item")
def report_item() -> MenuItem:
    return SearchMenuItem(
        _("Searches that found little"),
        reverse_lazy("search_report"),
        name="search-report",
        icon_name="help",
        order=30,
    )
