"""Make Django's groups and Wagtail's permissions and workflows what the roles say."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Task,
    TaskState,
    Workflow,
    WorkflowPage,
    WorkflowState,
    WorkflowTask,
)

from cms.access.grants import Grant, actual, collection_name, expected, is_role_group
from cms.access.models import ModerationTask
from cms.geography.models import County

#: Made by Wagtail's own migrations, with rights on the whole tree.
_STOCK_GROUPS = ("Editors", "Moderators")
#: The name of the workflow and its task, in the editorial side's language.
MODERATION = "Granskning"


@dataclass(frozen=True, slots=True)
class Drift:
    """Where the database and the roles differ."""

    missing: tuple[Grant, ...]
    surplus: tuple[Grant, ...]

    def __bool__(self) -> bool:
        return bool(self.missing or self.surplus)


def drift() -> Drift:
    """The differences, sorted."""
    return _drift(expected())


def _drift(want: set[Grant]) -> Drift:
    have = actual()
    return Drift(tuple(sorted(want - have)), tuple(sorted(have - want)))


def ensure_collections() -> None:
    """A collection for the nation and for each county."""
    root = Collection.get_first_root_node()
    if root is None:
        root = Collection.add_root(name="Root")
    have = set(root.get_children().values_list("name", flat=True))
    for name in [collection_name(None), *(collection_name(county) for county in County.objects.all())]:
        if name not in have:
            Collection.objects.get(pk=root.pk).add_child(name=name)


def _permissions() -> dict[str, Permission]:
    return {
        f"{permission.content_type.app_label}.{permission.codename}": permission
        for permission in Permission.objects.select_related("content_type")
    }


def _remove(grant: Grant, group: Group | None, permissions: dict[str, Permission]) -> None:
    if group is None:
        permissions[grant.what].user_set.remove(int(grant.group))
    elif grant.kind == "member":
        group.user_set.remove(int(grant.what))
    elif grant.kind == "model":
        group.permissions.remove(permissions[grant.what])
    elif grant.kind == "page":
        GroupPagePermission.objects.filter(group=group, page_id=grant.on, permission__codename=grant.what).delete()
    else:
        GroupCollectionPermission.objects.filter(
            group=group, collection_id=grant.on, permission=permissions[grant.what]
        ).delete()


def _add(grant: Grant, group: Group, permissions: dict[str, Permission]) -> None:
    if grant.kind == "member":
        group.user_set.add(int(grant.what))
    elif grant.kind == "model":
        group.permissions.add(permissions[grant.what])
    elif grant.kind == "page":
        GroupPagePermission.objects.create(
            group=group, page_id=grant.on, permission=permissions[f"wagtailcore.{grant.what}"]
        )
    else:
        GroupCollectionPermission.objects.create(
            group=group, collection_id=grant.on, permission=permissions[grant.what]
        )


def _ensure_workflow() -> None:
    """One workflow with one task for every page; who moderates follows from where the page is."""
    task = ModerationTask.objects.filter(active=True).order_by("pk").first()
    if task is None:
        task = ModerationTask.objects.create(name=MODERATION, active=True)
    entry = WorkflowTask.objects.filter(task=task.task_ptr, workflow__active=True).select_related("workflow").first()
    workflow = entry.workflow if entry else Workflow.objects.create(name=MODERATION, active=True)
    if entry is None:
        WorkflowTask.objects.create(workflow=workflow, task=task.task_ptr)
    root = Page.get_first_root_node()
    WorkflowPage.objects.exclude(page=root, workflow=workflow).delete()
    WorkflowPage.objects.get_or_create(page=root, workflow=workflow)
    _retire_group_tasks(task, workflow)


def _retire_group_tasks(task: ModerationTask, workflow: Workflow) -> None:
    """Hand what waits with a task of groups, as earlier releases made them, to the one task; retire those."""
    old = Task.objects.filter(active=True, pk__in=GroupApprovalTask.objects.values("task_ptr"))
    if not old.exists():
        return
    waiting = TaskState.objects.filter(task__in=old, status=TaskState.STATUS_IN_PROGRESS)
    waiting.update(task=task.task_ptr)
    WorkflowState.objects.active().exclude(workflow=workflow).update(workflow=workflow)
    Workflow.objects.filter(active=True).exclude(pk=workflow.pk).update(active=False)
    Task.objects.filter(pk__in=[found.pk for found in old]).update(active=False)


@transaction.atomic
def sync() -> Drift:
    """Remove what no role gives, add what is missing; returns what was changed."""
    # One at a time: each reads what the one before wrote.
    list(Page.objects.select_for_update().filter(depth=1))
    ensure_collections()
    Group.objects.filter(name__in=_STOCK_GROUPS).delete()
    want = expected()
    found = _drift(want)
    permissions = _permissions() if found else {}
    groups = {group.name: group for group in Group.objects.all()}
    for grant in found.surplus:
        _remove(grant, None if grant.kind == "account" else groups[grant.group], permissions)
    for grant in found.missing:
        if grant.group not in groups:
            groups[grant.group] = Group.objects.create(name=grant.group)
        _add(grant, groups[grant.group], permissions)
    used = {grant.group for grant in want}
    for name, group in groups.items():
        if is_role_group(name) and name not in used:
            group.delete()
    _ensure_workflow()
    return found
