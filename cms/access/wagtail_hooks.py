"""Where Wagtail's views ask too little, its hooks ask the rest."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLPattern
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.models import Page

from cms.access import withdrawal
from cms.access.actions import Action
from cms.access.admin_api import KnowablePagesAPIViewSet
from cms.access.audit import hooks as audit_hooks  # noqa: F401  (registers the audit log's page)
from cms.access.audit.events import Event
from cms.access.audit.log import record
from cms.access.drift import DriftPanel
from cms.access.filters import install as install_filters
from cms.access.moderation import account  # noqa: F401  (registers the choice of one mail a day)
from cms.access.panels import KNOWING
from cms.access.people import hooks as people_hooks  # noqa: F401  (registers the people's screens)
from cms.access.policy import decide
from cms.access.scopes import scope_of
from cms.access.sight import choosable
from cms.access.signin import hooks as signin_hooks  # noqa: F401  (registers the links of the account page)

#: Wagtail's reports whose doors are shut: they name every county's drafts.
_CLOSED_REPORTS = {"locked-pages", "workflows", "workflow-tasks", "page-types-usage"}

install_filters()


@hooks.register("construct_reports_menu")
def hide_closed_reports(request: HttpRequest, menu_items: list[MenuItem]) -> None:
    menu_items[:] = [item for item in menu_items if item.name not in _CLOSED_REPORTS]


@hooks.register("register_admin_urls")
def admin_urls() -> list[URLPattern]:
    return withdrawal.urlpatterns


@hooks.register("construct_admin_api")
def name_only_knowable_translations(router: Any) -> None:
    router.register_endpoint("pages", KnowablePagesAPIViewSet)


@hooks.register("construct_homepage_panels")
def choose_panels(request: HttpRequest, panels: list[Any]) -> None:
    panels[:] = [KNOWING[type(panel)]() if type(panel) in KNOWING else panel for panel in panels]
    if decide(request.user, Action.ACCOUNTS):
        panels.append(DriftPanel())


@hooks.register("construct_page_chooser_queryset")
def choose_knowable_pages(pages: QuerySet[Page], request: HttpRequest) -> QuerySet[Page]:
    return choosable(pages, request.user)


@hooks.register("before_move_page")
def check_move(request: HttpRequest, page: Page, destination: Page) -> None:
    # Wagtail asks when the form is sent; its question already names the page.
    if not page.specific.permissions_for_user(request.user).can_move_to(destination):
        raise PermissionDenied


@hooks.register("before_copy_page")
def check_copy(request: HttpRequest, page: Page) -> None:
    # Wagtail asks the page's base row, which doesn't know what the trees hang on.
    if not page.specific.permissions_for_user(request.user).can_copy():
        raise PermissionDenied
    if request.POST.get("alias"):
        raise PermissionDenied(_("This site has no alias pages."))


@hooks.register("before_bulk_action")
def check_bulk(request: HttpRequest, action: str, objects: list[Any], view: Any) -> None:
    for item in objects:
        if isinstance(item, Page):
            tester = item.specific.permissions_for_user(request.user)
            if tester.page_locked():
                raise PermissionDenied(_("A page among these is locked. Nothing was changed."))
            if (action == "delete" and not tester.can_delete()) or (action == "move" and not tester.can_move()):
                raise PermissionDenied


@hooks.register("after_bulk_action")
def record_files(request: HttpRequest, action: str, objects: list[Any], view: Any) -> None:
    # Wagtail changes files in bulk by queries that no signal tells of.
    if action in {"add_to_collection", "add_tags"}:
        for item in objects:
            record(Event.FILE_CHANGED, about=item.filename, scope=scope_of(item), action=action)
