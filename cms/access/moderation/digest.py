"""One mail a day for who chose that."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from smtplib import SMTPException
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from wagtail.models import Page, PageLogEntry, TaskState, WorkflowState

from cms.access.actions import Action
from cms.access.mail import send_mail_to
from cms.access.models import ModerationTask, NotificationChoice
from cms.access.moderation.notices import changes_of, page_of, where
from cms.access.naming import name_of
from cms.access.policy import decide

logger = logging.getLogger(__name__)

#: When it was, the workflow, and what the mail says of it.
_Event = tuple[datetime, WorkflowState, dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Sent:
    """How many digests went out, and how many could not be sent and will be tried again."""

    sent: int
    failed: int


def send_digests(now: datetime | None = None) -> Sent:
    """Send each her digest, those who had today's already none. Nothing to tell is no mail."""
    now = now or timezone.now()
    midnight = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    due = NotificationChoice.objects.filter(
        Q(last_digest__isnull=True) | Q(last_digest__lt=midnight), digest=True, user__is_active=True
    ).exclude(user__email="")
    sent = failed = 0
    for pk in due.order_by("pk").values_list("pk", flat=True):
        try:
            sent += _send_one(pk, now, midnight)
        except (OSError, SMTPException):
            logger.exception("The digest of notification choice %s was not sent", pk)
            failed += 1
    return Sent(sent, failed)


@transaction.atomic
def _send_one(pk: int, now: datetime, midnight: datetime) -> bool:
    choice = NotificationChoice.objects.select_for_update().filter(pk=pk).first()
    # Between the list and the lock it may have gone, or another run have sent it.
    if choice is None or (choice.last_digest is not None and choice.last_digest >= midnight):
        return False
    user = choice.user
    context = {"waiting": _waiting(user), "decided": _decided(user, choice.last_digest, now), "choice": choice}
    choice.last_digest = now
    choice.save(update_fields=["last_digest"])
    if not context["waiting"] and not context["decided"]:
        return False
    send_mail_to(user, "moderation_digest", context)
    return True


def _chose(user: Any, kind: str) -> bool:
    profile = getattr(user, "wagtail_userprofile", None)
    return profile is None or bool(getattr(profile, f"{kind}_notifications"))


def _waiting(user: Any) -> list[dict[str, Any]]:
    """What she may decide on, the oldest first, with who sent it and since when; not what she sent herself."""
    if not _chose(user, "submitted"):
        return []
    found: dict[int, dict[str, Any]] = {}
    for task in ModerationTask.objects.filter(active=True):
        states = task.get_task_states_user_can_moderate(user).exclude(workflow_state__requested_by=user)
        for state in states.select_related("workflow_state__requested_by", "revision"):
            page = page_of(state.workflow_state)
            if page is not None:
                found[state.pk] = where(page) | {
                    "by": name_of(state.workflow_state.requested_by),
                    "since": timezone.localtime(state.started_at).date(),
                    "changes": changes_of(state, page),
                }
    return [found[pk] for pk in sorted(found)]


def _decided(user: Any, since: datetime | None, now: datetime) -> list[dict[str, Any]]:
    """What others decided on what she sent, or ended without a decision, since her last digest.

    Of a page whose drafts she may no longer see, she hears nothing.
    """
    found = []
    for _at, state, item in sorted(
        [*_decisions(user, since, now), *_ended(user, since, now)], key=lambda event: event[0]
    ):
        page = page_of(state)
        if page is not None and decide(user, Action.SEE, page):
            found.append(where(page) | item)
    return found


def _decisions(user: Any, since: datetime | None, now: datetime) -> Iterator[_Event]:
    statuses = {TaskState.STATUS_APPROVED: "approved", TaskState.STATUS_REJECTED: "rejected"}
    states = TaskState.objects.filter(
        workflow_state__requested_by=user,
        status__in=[status for status, kind in statuses.items() if _chose(user, kind)],
        finished_at__lte=now,
    ).exclude(finished_by=user)
    if since is not None:
        states = states.filter(finished_at__gt=since)
    for state in states.select_related("workflow_state", "finished_by"):
        approved = state.status == TaskState.STATUS_APPROVED
        item = {"approved": approved, "by": name_of(state.finished_by), "comment": state.comment}
        yield state.finished_at, state.workflow_state, item


def _ended(user: Any, since: datetime | None, now: datetime) -> Iterator[_Event]:
    if not _chose(user, "rejected"):
        return
    cancelled = WorkflowState.objects.filter(
        requested_by=user,
        status=WorkflowState.STATUS_CANCELLED,
        base_content_type=ContentType.objects.get_for_model(Page),
    )
    states = {state.current_task_state_id: state for state in cancelled}
    # A workflow doesn't say when it ended, nor does a task of it that asked for changes before that. The
    # log does; it names the workflow by its last task.
    entries = PageLogEntry.objects.filter(
        action="wagtail.workflow.cancel",
        page_id__in={int(state.object_id) for state in states.values()},
        timestamp__lte=now,
    ).exclude(user=user)
    if since is not None:
        entries = entries.filter(timestamp__gt=since)
    for entry in entries.select_related("user"):
        state = states.get(entry.data["workflow"]["task_state_id"])
        if state is not None:
            yield entry.timestamp, state, {"ended": True, "by": name_of(entry.user)}
