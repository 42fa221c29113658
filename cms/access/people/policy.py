"""Wagtail's permission policy for assignments, put to the policy."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from wagtail.permission_policies import ModelPermissionPolicy

from cms.access.actions import Action
from cms.access.models import RoleAssignment
from cms.access.people.decisions import may_change, reachable
from cms.access.policy import decide, may_somewhere

_ACTIONS = {"add", "change", "delete", "view"}


class AssignmentPermissionPolicy(ModelPermissionPolicy):
    """Who may give roles somewhere sees the lists; each assignment is decided on by itself."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action in _ACTIONS and bool(may_somewhere(user, Action.ASSIGN))

    def user_has_any_permission(self, user: Any, actions: Iterable[str]) -> bool:
        return any(self.user_has_permission(user, action) for action in actions)

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Any) -> bool:
        if action == "delete":
            return bool(decide(user, Action.ASSIGN, instance))
        return action in _ACTIONS and bool(may_change(user, instance))

    def instances_user_has_any_permission_for(self, user: Any, actions: Iterable[str]) -> QuerySet[RoleAssignment]:
        if not self.user_has_any_permission(user, actions):
            return RoleAssignment.objects.none()
        return reachable(user)
