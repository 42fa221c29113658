"""Where Wagtail's views ask too little, its hooks ask the rest."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.models import Page

from cms.access.sight import knowable

#: Wagtail's reports whose doors are shut: they name every county's drafts.
_CLOSED_REPORTS = {"locked-pages", "workflows", "workflow-tasks", "page-types-usage"}


@hooks.register("construct_reports_menu")
def hide_closed_reports(request: HttpRequest, menu_items: list[MenuItem]) -> None:
    menu_items[:] = [item for item in menu_items if item.name not in _CLOSED_REPORTS]


@hooks.register("construct_page_chooser_queryset")
def choose_knowable_pages(pages: QuerySet[Page], request: HttpRequest) -> QuerySet[Page]:
    return knowable(pages, request.user)


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
            if (action == "delete" and not tester.can_delete()) or (action == "move" and not tester.can_move()):
                raise PermissionDenied
        elif getattr(item, "is_superuser", False) and not request.user.is_superuser:
            raise PermissionDenied


def _check_account(request: HttpRequest, groups: set[str]) -> None:
    """Roles come from assignments: who keeps accounts can raise nobody, herself neither."""
    if request.method != "POST" or request.user.is_superuser:
        return
    given = set(request.POST.getlist("groups"))
    if request.POST.get("is_superuser") or not given <= groups:
        raise PermissionDenied(_("Roles are given by role assignments, not by an account's groups."))


@hooks.register("before_create_user")
def check_new_user(request: HttpRequest) -> None:
    _check_account(request, set())


@hooks.register("before_edit_user")
def check_user(request: HttpRequest, user: Any) -> None:
    if user.is_superuser and not request.user.is_superuser:
        raise PermissionDenied
    _check_account(request, {str(pk) for pk in user.groups.values_list("pk", flat=True)})


@hooks.register("before_edit_page", order=-10)
def check_translation_publish(request: HttpRequest, page: Page) -> None:
    # Wagtail-localize's publish asks for the right to publish, but neither for locks nor moderation.
    if request.method == "POST" and request.POST.get("action") == "publish":
        tester = page.specific.permissions_for_user(request.user)
        if tester.page_locked() or page.workflow_in_progress:
            raise PermissionDenied
