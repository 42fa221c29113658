"""What nobody decides in time goes to the next level."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, TaskState

from cms.access.actions import Action
from cms.access.models import Escalation, ModerationTask
from cms.access.moderation.notices import changes_of, page_of, tell, where
from cms.access.moderation.people import people_of_next_level, people_who_may
from cms.access.naming import name_of


def escalate(now: datetime | None = None) -> int:
    """Escalate the tasks that have waited ``MODERATION_ESCALATION_DAYS``; returns how many. Again does nothing.

    Where there is no next level, as for the nation's own pages, the site administrators are told.
    """
    now = now or timezone.now()
    waiting = TaskState.objects.filter(
        task__in=ModerationTask.objects.values("pk"),
        status=TaskState.STATUS_IN_PROGRESS,
        started_at__lte=now - timedelta(days=settings.MODERATION_ESCALATION_DAYS),
        escalation__isnull=True,
    )
    return sum(_escalate(pk, now) for pk in waiting.order_by("pk").values_list("pk", flat=True))


@transaction.atomic
def _escalate(pk: int, now: datetime) -> bool:
    state = TaskState.objects.select_for_update().filter(pk=pk).first()
    # Between the list and the lock it may have gone, or have been decided.
    if state is None or state.status != TaskState.STATUS_IN_PROGRESS:
        return False
    page = page_of(state.workflow_state)
    if page is None:
        return False
    _escalation, made = Escalation.objects.get_or_create(task_state=state)
    if not made:
        return False
    days = (now - state.started_at).days
    sender = state.workflow_state.requested_by
    higher = people_of_next_level(page)
    if any(user != sender for user in higher):
        context = where(page) | {"by": name_of(sender), "days": days, "changes": changes_of(state, page)}
        tell(higher, "moderation_escalated", context, but=sender)
    else:
        context = where(page) | {"title": _public_name(page), "days": days}
        tell(people_who_may(Action.ACCOUNTS), "moderation_stuck", context, but=sender)
    return True


def _public_name(page: Page) -> str | Promise:
    """What who may see no drafts may call the page: its published title, or its number."""
    return page.title if page.live else format_lazy("{} {}", _("Page"), page.pk)
