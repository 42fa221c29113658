"""Moderation: the one task of the one workflow, whose moderators the policy names."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.db.models import CharField, Q, QuerySet
from django.db.models.functions import Cast
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, Task, TaskState

from cms.access.actions import Action
from cms.access.approving import approving
from cms.access.naming import name_of
from cms.access.policy import Allowed, Decision, Denied, decide, scopes_for
from cms.access.scopes import HOME_ROOT, LOCAL_ROOT, Scope, scope_of
from cms.languages.registry import SOURCE


def may_moderate(user: Any, page: Page) -> Decision:
    """Whether ``user`` may decide what was sent for moderation of ``page``.

    Those whose task it is, and once they have left it too long those of the next level. A query
    only for who is of the next level.
    """
    decision = decide(user, Action.MODERATE, page)
    if decision:
        return decision
    higher = next_level(user, page)
    return higher if higher and is_escalated(page) else decision


def next_level(user: Any, page: Page) -> Decision:
    """Whether ``user`` is of the level that a task on ``page`` goes to when it is left too long.

    A county's translation goes to the national reviewers of its language; all else to who may take over.
    """
    scope = scope_of(page)
    if scope is not None and scope.county_slug is not None and scope.language != SOURCE:
        return decide(user, Action.MODERATE, Scope(scope.language))
    return decide(user, Action.TAKE_OVER, page)


def is_escalated(page: Page) -> bool:
    """Whether the page's task of now has gone to the next level."""
    return Escalation.objects.filter(
        task_state__status=TaskState.STATUS_IN_PROGRESS,
        task_state__workflow_state__base_content_type=ContentType.objects.get_for_model(Page),
        task_state__workflow_state__object_id=str(page.pk),
    ).exists()


def may_decide(user: Any, page: Page, task_state_id: Any) -> Decision:
    """As :func:`may_moderate`, of this task of the page: one of another page, or decided already, is refused."""
    decision = may_moderate(user, page)
    if not decision:
        return decision
    state = TaskState.objects.filter(pk=task_state_id).select_related("workflow_state", "finished_by").first()
    if state is None:
        return decision
    if state.workflow_state.object_id != str(page.pk):
        return Denied(Action.MODERATE, because=gettext("This task is another page's. Nothing was changed."))
    if state.status != TaskState.STATUS_IN_PROGRESS:
        return Denied(Action.MODERATE, because=_decided(state))
    return Allowed()


def _decided(state: TaskState) -> str:
    if state.finished_by is None:
        return gettext("This has been decided already. Nothing was changed.")
    name = name_of(state.finished_by)
    return gettext("%(name)s has decided on this already. Nothing was changed.") % {"name": name}


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
        locked_by_another = obj.locked and obj.locked_by_id != user.pk
        if locked_by_another or not may_moderate(user, obj):
            return []
        return [
            ("reject", _("Request changes"), True),
            ("approve", _("Approve"), False),
            ("approve", _("Approve with comment"), True),
        ]

    @transaction.atomic
    def on_action(self, task_state: TaskState, user: Any, action_name: str, **kwargs: Any) -> None:
        # Asked again with the row held: of two who decide at once, the second finds it decided. The
        # page is the task's own, whatever page the address named.
        page = task_state.workflow_state.content_object
        current = TaskState.objects.select_for_update().get(pk=task_state.pk)
        if current.status != TaskState.STATUS_IN_PROGRESS or not self.get_actions(page, user):
            raise PermissionDenied(_decided(current))
        if action_name == "approve":
            approving.send(type(self), page=page, user=user)
        super().on_action(task_state, user, action_name, **kwargs)

    def get_task_states_user_can_moderate(self, user: Any, **kwargs: Any) -> QuerySet[TaskState]:
        waiting = self.task_states.filter(status=TaskState.STATUS_IN_PROGRESS)
        if user.is_superuser:
            return waiting
        own = Q(pk__in=[])
        for scope in scopes_for(user, Action.MODERATE):
            own |= Q(url_path__startswith=scope.url_path)
        escalated = Q(escalation__isnull=False, workflow_state__object_id__in=_keys(_next_level_pages(user)))
        return waiting.filter(Q(workflow_state__object_id__in=_keys(own)) | escalated)

    @classmethod
    def get_description(cls) -> Any:
        return _("Those who may approve where the page is decide on it.")


def _keys(within: Q) -> QuerySet[Any, Any]:
    """The ids of pages, as workflow states have them."""
    return Page.objects.filter(within).annotate(key=Cast("pk", CharField())).values("key")


def _next_level_pages(user: Any) -> Q:
    """:func:`next_level` in SQL."""
    pages = Q(pk__in=[])
    for scope in scopes_for(user, Action.MODERATE):
        if scope.language != SOURCE and scope.county_slug is None:
            pages |= Q(url_path__startswith=f"/{LOCAL_ROOT}{scope.language}/")
    if decide(user, Action.TAKE_OVER):
        pages |= Q(url_path__startswith=f"/{HOME_ROOT}") | Q(url_path__startswith=f"/{LOCAL_ROOT}{SOURCE}/")
    return pages


class Escalation(models.Model):
    """A task that nobody decided in time, and since when it is the next level's too."""

    task_state = models.OneToOneField(TaskState, on_delete=models.CASCADE, related_name="escalation")
    escalated_at = models.DateTimeField(_("escalated at"), auto_now_add=True)

    class Meta:
        verbose_name = _("escalation")
        verbose_name_plural = _("escalations")

    def __str__(self) -> str:
        return f"{self.task_state_id}: {self.escalated_at:%Y-%m-%d}"


class NotificationChoice(models.Model):
    """How a person wants to hear of moderation: at once, or once a day."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notification_choice")
    digest = models.BooleanField(
        _("one mail a day"),
        default=False,
        help_text=_("What waits for you and what was decided on what you sent, instead of a mail for each"),
    )
    last_digest = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("notification choice")
        verbose_name_plural = _("notification choices")

    def __str__(self) -> str:
        return f"{self.user}: {self.digest}"
