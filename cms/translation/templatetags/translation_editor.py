"""What wagtail-localize's editor is told, as far as it differs on this site."""

from __future__ import annotations

import json
from typing import Any

from django import template
from django.template import Context
from django.utils.translation import gettext as _
from wagtail.models import Page, TaskState

from cms.access.actions import Action
from cms.access.policy import decide

register = template.Library()


@register.simple_tag(takes_context=True)
def editor_props(context: Context) -> str:
    """The editor's settings: without the doors that are shut, and with its main button for who may only send."""
    props: dict[str, Any] = json.loads(context["props"])
    if context["is_page"]:
        page: Page = context["instance"]
        user = context["request"].user
        props["links"]["convertToAliasUrl"] = None
        publishes = bool(decide(user, Action.PUBLISH, page))
        may_send = publishes or bool(decide(user, Action.SUBMIT, page))
        props["perms"]["canPublish"] = may_send and not page.workflow_in_progress and not _locked(page, user)
    return json.dumps(props)


def _locked(page: Page, user: Any) -> bool:
    lock = page.get_lock()
    return bool(lock is not None and lock.for_user(user))


@register.simple_tag(takes_context=True)
def editor_labels(context: Context) -> dict[str, str]:
    """The words of the editor's main button that say something else on this site, by wagtail-localize's own."""
    if not context["is_page"] or decide(context["request"].user, Action.PUBLISH, context["instance"]):
        return {}
    return {"Publish in ": _("Send for review: "), "Publishing...": _("Sending…")}


@register.inclusion_tag("translation/review_status.html", takes_context=True)
def review_status(context: Context) -> dict[str, Any]:
    """Where the page stands in review, with what the user may decide."""
    if not context["is_page"]:
        return {}
    page: Page = context["instance"]
    user = context["request"].user
    state = page.current_workflow_state
    task_state = state.current_task_state if state else None
    if task_state is None:
        return {"locked": _locked(page, user), "page": page}
    waiting = task_state.status == TaskState.STATUS_IN_PROGRESS
    return {
        "page": page,
        "state": state,
        "task_state": task_state,
        "waiting": waiting,
        "rejected": task_state.status == TaskState.STATUS_REJECTED,
        "locked": page.locked and page.locked_by_id != user.pk,
        "actions": task_state.task.specific.get_actions(page, user) if waiting else [],
    }
