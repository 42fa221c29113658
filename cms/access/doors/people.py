"""The doors of the people's screens: assignments, invitations, accounts, what a person may do."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.auth import get_user_model
from django.http import HttpRequest

from cms.access.actions import Action
from cms.access.doors.rules import Rule, somewhere
from cms.access.models import RoleAssignment
from cms.access.people.decisions import may_ask_about, may_change, may_invite_again, may_keep
from cms.access.policy import Decision, decide


def assignment(request: HttpRequest, kwargs: dict[str, Any]) -> Decision:
    """The assignment that the address names; as it is, the form decides on what it becomes."""
    found = _named(kwargs)
    return may_change(request.user, found) if found else decide(request.user, Action.ASSIGN)


def taking(request: HttpRequest, kwargs: dict[str, Any]) -> Decision:
    """To take the assignment that the address names, be it a provider's."""
    return decide(request.user, Action.ASSIGN, _named(kwargs))


def _named(kwargs: dict[str, Any]) -> RoleAssignment | None:
    return RoleAssignment.objects.select_related("county").filter(pk=kwargs["pk"]).first()


def person(ask: Callable[[Any, Any], Decision], otherwise: Action, key: str = "user_id") -> Rule:
    """What ``ask`` says of the person that the address names.

    Where there is none, ``otherwise`` on the whole site: who may not ask of everybody learns no numbers.
    """

    def rule(request: HttpRequest, kwargs: dict[str, Any]) -> Decision:
        found = get_user_model().objects.filter(pk=kwargs[key]).first()
        return ask(request.user, found) if found else decide(request.user, otherwise)

    return rule


PEOPLE: dict[str, Rule] = {
    "people_roles:index": somewhere(Action.ASSIGN),
    "people_roles:index_results": somewhere(Action.ASSIGN),
    "people_roles:edit": assignment,
    "people_roles:delete": taking,
    "people_invite": somewhere(Action.ASSIGN),
    "people_invite_again": person(may_invite_again, Action.ASSIGN),
    "people_rights": person(may_ask_about, Action.ASSIGN),
    "wagtailusers_users:edit": person(may_keep, Action.ACCOUNTS, "pk"),
    "wagtailusers_users:history": person(may_keep, Action.ACCOUNTS, "pk"),
    "wagtailusers_users:history_results": person(may_keep, Action.ACCOUNTS, "pk"),
}
