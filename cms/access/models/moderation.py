"""Moderation: the one task of the one workflow, whose moderators the policy names."""

from __future__ import annotations

from typing import Any

from django.db.models import CharField, Q, QuerySet
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, Task, TaskState

from cms.access.actions import Action
from cms.access.policy import Decision, decide, scopes_for


def may_moderate(user: Any, page: Page) -> Decision:
    """Whether ``user`` may decide what was sent for moderation of ``page``."""
    return decide(user, Action.MODERATE, page)


class ModerationTask(Task):
    """Approval by whoever may moderate where the page is; no list of groups that could be another."""

    class Meta:
        verbose_name = _("moderation")
        verbose_name_plural = _("moderation")

    def user_can_access_editor(self, obj: Any, user: Any) -> bool:
        return bool(may_moderate(user, obj))

    def locked_for_user(self, obj: Any, user: Any) -> bool:
        return not may_moderate(user, obj)

    def user_can_lock(self, obj: Any, user: Any) -> bool:
        return bool(decide(user, Action.LOCK, obj))

    def user_can_unlock(self, obj: Any, user: Any) -> bool:
        return bool(decide(user, Action.LOCK, obj))

    def get_actions(self, obj: Any, user: Any) -> list[tuple[str, Any, bool]]:
        if not may_moderate(user, obj):
            return []
        return [
            ("reject", _("Request changes"), True),
            ("approve", _("Approve"), False),
            ("approve", _("Approve with comment"), True),
        ]

    def get_task_states_user_can_moderate(self, user: Any, **kwargs: Any) -> QuerySet[TaskState]:
        waiting = self.task_states.filter(status=TaskState.STATUS_IN_PROGRESS)
        if user.is_superuser:
            return waiting
        within = Q(pk__in=[])
        for scope in scopes_for(user, Action.MODERATE):
            within |= Q(url_path__startswith=scope.url_path)
        pages = Page.objects.filter(within).annotate(key=Cast("pk", CharField())).values("key")
        return waiting.filter(workflow_state__object_id__in=pages)

    @classmethod
    def get_description(cls) -> Any:
        return _("Those who may approve where the page is decide on it.")
