"""What the people's screens ask the policy. Below the doors, which ask it first."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from cms.access.actions import Action
from cms.access.models import RoleAssignment, RoleAssignmentQuerySet
from cms.access.policy import Allowed, Decision, Denied, decide, scopes_for


def county_slugs(user: Any) -> set[str] | None:
    """The counties whose assignments ``user`` keeps, by slug; ``None``: every county's and the nation's."""
    if decide(user, Action.ASSIGN):
        return None
    return {scope.county_slug for scope in scopes_for(user, Action.ASSIGN) if scope.county_slug}


def reachable(user: Any) -> RoleAssignmentQuerySet:
    """The assignments that ``user`` may know of: those of the counties she keeps, filtered in SQL."""
    counties = county_slugs(user)
    rows = RoleAssignment.objects.select_related("user", "county")
    return rows if counties is None else rows.filter(county__slug__in=counties)


def may_change(user: Any, assignment: RoleAssignment) -> Decision:
    """Whether ``user`` may change an assignment as it is; to take it, ``Action.ASSIGN`` is enough."""
    decision = decide(user, Action.ASSIGN, assignment)
    if decision and assignment.provider:
        return Denied(Action.ASSIGN, because=given_back())
    return decision


def given_back() -> str:
    """What is said of a role that a claim gave."""
    return _("The identity provider gives this role and would give it back. Its mapping decides on it.")


def may_ask_about(user: Any, person: Any) -> Decision:
    """Who keeps all roles, of everybody; who keeps a county's, of whoever has a role in it."""
    decision = decide(user, Action.ASSIGN)
    if not decision and reachable(user).filter(user=person).exists():
        return Allowed()
    return decision


def may_keep(user: Any, person: Any) -> Decision:
    """Who keeps accounts; a superuser's is for superusers alone."""
    if person.is_superuser and not user.is_superuser:
        return Denied(Action.MAINTAIN)
    return decide(user, Action.ACCOUNTS)


def may_invite_again(user: Any, person: Any) -> Decision:
    """Who keeps her account, or all the roles that ``person`` has; while she has never been in."""
    decision = may_keep(user, person)
    rows = list(person.role_assignments.select_related("county"))
    if not decision and rows and not person.is_superuser:
        decisions = [decide(user, Action.ASSIGN, row) for row in rows]
        decision = next((found for found in decisions if not found), decisions[0])
    if decision and (person.has_usable_password() or person.last_login):
        return Denied(Action.ASSIGN, because=_("This person has signed in or set a password already."))
    return decision
