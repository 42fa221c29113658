"""The doors of wagtail-localize's addresses."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from cms.access.actions import Action
from cms.access.doors.rules import Rule, everybody, nobody
from cms.access.policy import Decision, Denied, decide
from cms.translation.localize import is_choice, translation_scope


def _on(action: Action) -> Rule:
    """The action on the page that the translation writes to."""

    def rule(request: HttpRequest, kwargs: dict[str, Any]) -> Decision:
        # Without a scope: of nobody's part, or not there at all, which is the view's to say.
        return decide(request.user, action, translation_scope(kwargs["translation_id"]))

    return rule


_translation = _on(Action.EDIT)


def _override(request: HttpRequest, kwargs: dict[str, Any]) -> Decision:
    """Another address in the translation. Pictures and pages are the source's: the package takes any number,
    of any county's picture too. What was there before may be taken back."""
    decision = _translation(request, kwargs)
    if decision and request.method != "DELETE" and is_choice(kwargs["overridable_segment_id"]):
        return Denied(Action.USE_FILE, translation_scope(kwargs["translation_id"]))
    return decision


DOORS: dict[str, Rule] = {
    "wagtail_localize:javascript_catalog": everybody,
    # Ordering and updating hang on one global right and publish without asking.
    "wagtail_localize:submit_page_translation": nobody,
    "wagtail_localize:submit_snippet_translation": nobody,
    "wagtail_localize:update_translations": nobody,
    "wagtail_localize:edit_string_translation": _translation,
    "wagtail_localize:edit_override": _override,
    "wagtail_localize:download_pofile": _on(Action.EXPORT),
    "wagtail_localize:upload_pofile": _on(Action.IMPORT),
    "translation_po_download": _on(Action.EXPORT),
    "translation_po_upload": _on(Action.IMPORT),
    "wagtail_localize:machine_translate": _translation,
    "wagtail_localize:preview_translation": _translation,
    # Cuts the translation off from its source.
    "wagtail_localize:stop_translation": nobody,
    # This site has no alias pages.
    "wagtail_localize:convert_to_alias": nobody,
    # Show every county's pages to every editor.
    "wagtail_localize:translations_report": nobody,
    "wagtail_localize:translations_report_results": nobody,
    "wagtail_localize:snippets_api_listing": nobody,
    "wagtail_localize:snippets_api_detail": nobody,
}
