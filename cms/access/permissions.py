"""Wagtail's permission policies, put to the policy: an object is decided on, a list is filtered in SQL."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from wagtail.models import GroupCollectionPermission, GroupPagePermission
from wagtail.permission_policies.collections import CollectionOwnershipPermissionPolicy
from wagtail.permission_policies.pages import PagePermissionPolicy

from cms.access.actions import Action
from cms.access.policy import decide, holdings_of

#: Wagtail's names for what can be done with a page.
PAGE_ACTIONS: dict[str, Action] = {
    "add": Action.ADD,
    "change": Action.EDIT,
    "publish": Action.PUBLISH,
    "lock": Action.LOCK,
    "unlock": Action.LOCK,
    "delete": Action.DELETE,
    "view": Action.SEE,
}
FILE_ACTIONS: dict[str, Action] = {
    "choose": Action.USE_FILE,
    "change": Action.EDIT_FILE,
    "delete": Action.EDIT_FILE,
}


class RolePagePermissionPolicy(PagePermissionPolicy):
    """Pages. A group that no assignment of today puts the user in gives nothing, whoever added her to it;
    and a role's group nothing outside the role's own part."""

    def get_all_permissions_for_user(self, user: Any) -> QuerySet[GroupPagePermission]:
        rows: QuerySet[GroupPagePermission] = super().get_all_permissions_for_user(user)
        held = holdings_of(user)
        tops = [holding.scope.url_path for holding in held if holding.scope]
        return rows.filter(group__name__in={holding.group_name for holding in held}, page__url_path__in=tops)

    def user_has_any_permission_for_instance(self, user: Any, actions: Iterable[str], instance: Any) -> bool:
        return any(decide(user, PAGE_ACTIONS[action], instance) for action in actions if action in PAGE_ACTIONS)


class RoleFilePermissionPolicy(CollectionOwnershipPermissionPolicy):
    """Pictures and documents. Who may add files to a collection may also change those she added."""

    def get_all_permissions_for_user(self, user: Any) -> QuerySet[GroupCollectionPermission]:
        rows: QuerySet[GroupCollectionPermission] = super().get_all_permissions_for_user(user)
        return rows.filter(group__name__in={holding.group_name for holding in holdings_of(user)})

    def user_has_any_permission_for_instance(self, user: Any, actions: Iterable[str], instance: Any) -> bool:
        wanted = {FILE_ACTIONS[action] for action in actions if action in FILE_ACTIONS}
        if Action.EDIT_FILE in wanted and getattr(instance, f"{self.owner_field_name}_id") == user.pk:
            wanted.add(Action.ADD_FILE)
        return any(decide(user, action, instance) for action in wanted)
