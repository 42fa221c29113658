"""Wagtail's hooks for translations: the way to their room, and what must not be offered because nobody may do it."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.models import Page

from cms.access.models.moderation import may_moderate
from cms.translation.localize import is_translation
from cms.translation.moderation import mark_reviewed
from cms.translation.records import record_of
from cms.translation.review import refuse_held, refuse_page
from cms.translation.screens import hooks as screen_hooks  # noqa: F401  (registers the screens)

#: Wagtail-localize's entries in the page editor's menu, whose doors are shut.
_CLOSED_ACTIONS = {"localize-restart-translation", "localize-convert-to-alias"}


@hooks.register("before_edit_page", order=-10)
def gate(request: HttpRequest, page: Page) -> HttpResponse | None:
    """A translation has its own room, in place of wagtail-localize's editor, which publishes past locks and
    moderation."""
    if not is_translation(page):
        return None
    record = record_of(page)
    if request.method != "GET" or record is None:
        raise PermissionDenied(_("A translation is written and published in its own editor."))
    if record.in_review and may_moderate(request.user, page):
        return redirect("translation_review", record.pk)
    return redirect("translation_room", record.pk)


@hooks.register("before_publish_page")
def note_review(request: HttpRequest, page: Page) -> None:
    """A translation that Wagtail's own editor publishes is reviewed by who does it."""
    refuse_page(page)
    if page.latest_revision is not None:
        mark_reviewed(page.latest_revision, request.user)


@hooks.register("before_bulk_action")
def note_bulk_review(request: HttpRequest, action: str, objects: list[Any], view: Any) -> None:
    """As :func:`note_review`, for the drafts that are published together."""
    if action != "publish":
        return
    for page in objects:
        if isinstance(page, Page):
            refuse_page(page)
            refuse_held(page)
        revision = page.get_latest_revision() if isinstance(page, Page) else None
        if revision is not None:
            mark_reviewed(revision, request.user)


@hooks.register("construct_page_action_menu")
def hide_closed_actions(menu_items: list[Any], request: HttpRequest, context: dict[str, Any]) -> None:
    menu_items[:] = [item for item in menu_items if item.name not in _CLOSED_ACTIONS]


@hooks.register("construct_reports_menu")
def hide_translations_report(request: HttpRequest, menu_items: list[MenuItem]) -> None:
    closed = reverse("wagtail_localize:translations_report")
    menu_items[:] = [item for item in menu_items if item.url != closed]
