"""Wagtail's hooks for translations: the gate, and what must not be offered because nobody may do it."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.locks import BasicLock
from wagtail.models import Page

from cms.access.actions import Action
from cms.access.policy import decide
from cms.translation.localize import is_translation, note_errors, po, to_translation
from cms.translation.moderation import mark_reviewed, publish_translation, send_for_review

#: Wagtail-localize's entries in the page editor's menu, whose doors are shut.
_CLOSED_ACTIONS = {"localize-restart-translation", "localize-convert-to-alias"}


@hooks.register("register_admin_urls", order=-10)
def admin_urls() -> list[URLPattern]:
    """In front of wagtail-localize's own: recorded, and a file that can't be read is no error 500."""
    place = "localize/translate/<int:translation_id>/pofile"
    return [
        path(f"{place}/download/", po.download, name="translation_po_download"),
        path(f"{place}/upload/", po.upload, name="translation_po_upload"),
    ]


@hooks.register("before_edit_page", order=-10)
def gate(request: HttpRequest, page: Page) -> HttpResponse | None:
    """In place of wagtail-localize's publish, which asks for neither locks nor moderation."""
    if request.method != "POST":
        return None
    if _CLOSED_ACTIONS & request.POST.keys():
        raise PermissionDenied
    if request.POST.get("action") != "publish" or not is_translation(page):
        return None
    page = page.specific
    why = _why_not(request, page)
    if why:
        messages.error(request, why)
    else:
        _publish_or_send(request, page)
    return redirect("wagtailadmin_pages:edit", page.pk)


def _why_not(request: HttpRequest, page: Page) -> str:
    lock = page.get_lock()
    if isinstance(lock, BasicLock) and lock.for_user(request.user):
        return _("Another person has locked this page. Nothing was changed.")
    if page.workflow_in_progress:
        return _("This translation is in review. It must be approved or sent back first. Nothing was changed.")
    if lock is not None and lock.for_user(request.user):
        return _("This page is locked. Nothing was changed.")
    return ""


def _publish_or_send(request: HttpRequest, page: Page) -> None:
    publishes = bool(decide(request.user, Action.PUBLISH, page))
    try:
        missing = (publish_translation if publishes else send_for_review)(page, request.user)
    except ValidationError as error:
        translation = to_translation(page)
        if translation is not None:
            note_errors(translation, error)
        messages.error(request, _("This can't be saved: see what is wrong beside the texts."))
        messages.error(request, " ".join(error.messages))
        return
    done = _("“%(title)s” is published.") if publishes else _("“%(title)s” is sent for review.")
    messages.success(request, done % {"title": page.title})
    if missing:
        text = ngettext(
            "%(count)d text is not translated: the Swedish one stands there.",
            "%(count)d texts are not translated: the Swedish ones stand there.",
            missing,
        )
        messages.warning(request, text % {"count": missing})


@hooks.register("before_publish_page")
def note_review(request: HttpRequest, page: Page) -> None:
    """A translation that Wagtail's own editor publishes is reviewed by who does it."""
    if page.latest_revision is not None:
        mark_reviewed(page.latest_revision, request.user)


@hooks.register("before_bulk_action")
def note_bulk_review(request: HttpRequest, action: str, objects: list[Any], view: Any) -> None:
    """As :func:`note_review`, for the drafts that are published together."""
    if action != "publish":
        return
    for page in objects:
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
