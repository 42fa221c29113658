"""Wagtail's panels of the start page, without pages that the user may not know of any more.

As installed they show what somebody edited, sent or locked for as long as it exists, whatever became of
her role.
"""

from __future__ import annotations

from typing import Any

from wagtail.admin.views.home import LockedPagesPanel, RecentEditsPanel, UserObjectsInWorkflowModerationPanel

from cms.access.actions import Action
from cms.access.policy import decide


class KnownRecentEdits(RecentEditsPanel):
    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(parent_context)
        user = parent_context["request"].user
        context["last_edits"] = [
            (revision, page) for revision, page in context["last_edits"] if decide(user, Action.SEE, page)
        ]
        return context


class KnownInModeration(UserObjectsInWorkflowModerationPanel):
    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(parent_context)
        user = parent_context["request"].user
        context["workflow_states"] = [
            state for state in context["workflow_states"] if decide(user, Action.SEE, state.content_object)
        ]
        return context


class KnownLockedPages(LockedPagesPanel):
    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(parent_context)
        user = parent_context["request"].user
        context["locked_pages"] = [page for page in context["locked_pages"] if decide(user, Action.SEE, page)]
        return context


#: Wagtail's panel, and the one in its place.
KNOWING: dict[type, type] = {
    RecentEditsPanel: KnownRecentEdits,
    UserObjectsInWorkflowModerationPanel: KnownInModeration,
    LockedPagesPanel: KnownLockedPages,
}
