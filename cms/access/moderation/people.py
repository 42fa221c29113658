"""Who may do something, from the assignments of today: the same table that the policy decides by."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model
from wagtail.models import Page

from cms.access.actions import Action
from cms.access.models import RoleAssignment
from cms.access.policy import roles_for
from cms.access.scopes import Scope, scope_of
from cms.languages.registry import SOURCE


def people_who_may(action: Action, thing: Any = None) -> list[Any]:
    """The users with a role that lets them do ``action`` on ``thing``, by e-mail address; one query.

    ``None`` is the whole site. Who installed the site is none of them unless she has a role.
    """
    scope = scope_of(thing)
    current = RoleAssignment.objects.current()
    roles = roles_for(action, scope)
    assignments = current.filter(role__in=[role.key for role in roles if action in role.everywhere])
    if scope is not None:
        own = [role.key for role in roles if action not in role.everywhere]
        assignments |= current.within(scope).filter(role__in=own)
    users = get_user_model().objects.filter(pk__in=assignments.values("user_id"))
    return list(users.select_related("wagtail_userprofile", "notification_choice").order_by("email"))


def people_of_next_level(page: Page) -> list[Any]:
    """Those whom ``models.moderation.next_level`` names, without those whose task it is anyway."""
    scope = scope_of(page)
    if scope is not None and scope.county_slug is not None and scope.language != SOURCE:
        higher = people_who_may(Action.MODERATE, Scope(scope.language))
    else:
        higher = people_who_may(Action.TAKE_OVER, page)
    own = {user.pk for user in people_who_may(Action.MODERATE, page)}
    return [user for user in higher if user.pk not in own]
