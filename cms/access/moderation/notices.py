"""Mails about moderation, in place of Wagtail's: those know only tasks that name groups."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from functools import partial
from smtplib import SMTPException
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from wagtail.models import Page, TaskState, WorkflowState
from wagtail.signals import task_submitted, workflow_approved, workflow_cancelled, workflow_rejected

from cms.access.actions import Action
from cms.access.mail import send_mail_to
from cms.access.models import ModerationTask
from cms.access.moderation.changes import Changes, compare, published_version
from cms.access.moderation.people import people_who_may
from cms.access.naming import name_of
from cms.access.policy import decide
from cms.access.scopes import county_of, scope_of
from cms.languages.registry import BY_CODE

logger = logging.getLogger(__name__)

#: The mail's template, and the choice on Wagtail's account page that turns it off.
CHOICES = {
    "moderation_submitted": "submitted_notifications",
    "moderation_approved": "approved_notifications",
    "moderation_rejected": "rejected_notifications",
    "moderation_cancelled": "rejected_notifications",
    "moderation_escalated": "submitted_notifications",
}


def connect() -> None:
    """Take the places of Wagtail's receivers, whichever of the two comes first."""
    for signal, receiver, sender, uid in (
        (task_submitted, on_submitted, TaskState, "group_approval_task_submitted_email_notification"),
        (workflow_approved, on_approved, WorkflowState, "workflow_state_approved_email_notification"),
        (workflow_rejected, on_rejected, WorkflowState, "workflow_state_rejected_email_notification"),
        (workflow_cancelled, on_cancelled, WorkflowState, "access_workflow_cancelled"),
    ):
        signal.disconnect(sender=sender, dispatch_uid=uid)
        signal.connect(receiver, sender=sender, dispatch_uid=uid)


def wants(user: Any, name: str) -> bool:
    """Whether the user may have this mail now: an open account with an address, who has not chosen otherwise."""
    choice = CHOICES.get(name)
    profile = getattr(user, "wagtail_userprofile", None)
    return bool(
        user.is_active
        and user.email
        and not (choice and profile is not None and not getattr(profile, choice))
        and not (choice and getattr(getattr(user, "notification_choice", None), "digest", False))
    )


def tell(users: Iterable[Any], name: str, context: dict[str, Any], *, but: Any = None) -> int:
    """Send the mail, once the transaction holds, to those of ``users`` who want it, but not to ``but``.

    Returns how many they are. That the mail server is down is logged.
    """
    told = [user for user in users if wants(user, name) and user != but]
    for user in told:
        transaction.on_commit(partial(_send, user, name, context), robust=True)
    return len(told)


def _send(user: Any, name: str, context: dict[str, Any]) -> None:
    try:
        send_mail_to(user, name, context)
    except (OSError, SMTPException):
        # The decision holds; the next recipient must not miss hers.
        logger.exception("The mail %s to user %s was not sent", name, user.pk)


def where(page: Page) -> dict[str, Any]:
    """What every mail says of a page. A published page is called what the public calls it."""
    scope = scope_of(page)
    county = county_of(scope)
    language = BY_CODE.get(scope.language) if scope else None
    return {
        "title": page.title,
        "county": county.short_name if county else "",
        "language": language.autonym if language else "",
        "url": settings.WAGTAILADMIN_BASE_URL + reverse("wagtailadmin_pages:edit", args=[page.pk]),
    }


def page_of(state: WorkflowState) -> Page | None:
    """The page that a workflow is about, as its row is now."""
    return Page.objects.filter(pk=state.object_id).first() if state.base_content_type.model_class() is Page else None


def changes_of(task_state: TaskState, page: Page) -> Changes:
    """What was sent differs so from what was public when it was sent."""
    finished = task_state.status == TaskState.STATUS_APPROVED
    before = published_version(page, task_state.started_at if finished else None)
    return compare(before, task_state.revision.as_object())


def on_submitted(instance: TaskState, user: Any = None, **_signal: Any) -> None:
    """Those who may moderate there, wherever the task came from: a page sent, or sent again."""
    page = page_of(instance.workflow_state)
    if page is None or not isinstance(instance.task.specific, ModerationTask):
        return
    moderators = people_who_may(Action.MODERATE, page)
    if not any(wants(moderator, "moderation_submitted") and moderator != user for moderator in moderators):
        return
    context = where(page) | {"by": name_of(user), "changes": changes_of(instance, page)}
    tell(moderators, "moderation_submitted", context, but=user)


def _tell_sender(state: WorkflowState, name: str, user: Any) -> None:
    sender, page = state.requested_by, page_of(state)
    if sender is None or sender == user or page is None or not wants(sender, name):
        return
    # Her role there may have ended since she sent it.
    if not decide(sender, Action.SEE, page):
        return
    task_state = state.current_task_state
    context = where(page) | {
        "by": name_of(user),
        "comment": task_state.specific.get_comment() if task_state else "",
        "changes": changes_of(task_state, page) if task_state else "",
    }
    tell([sender], name, context, but=user)


def on_approved(instance: WorkflowState, user: Any = None, **_signal: Any) -> None:
    _tell_sender(instance, "moderation_approved", user)


def on_rejected(instance: WorkflowState, user: Any = None, **_signal: Any) -> None:
    _tell_sender(instance, "moderation_rejected", user)


def on_cancelled(instance: WorkflowState, user: Any = None, **_signal: Any) -> None:
    _tell_sender(instance, "moderation_cancelled", user)
