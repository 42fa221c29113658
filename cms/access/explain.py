"""Who may do what with a page, and why somebody may not: for people, and for the documentation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from wagtail.models import Page

from cms.access.actions import LABELS, Action
from cms.access.models import RoleAssignment
from cms.access.policy import Denied, decide, role_title
from cms.access.roles import ROLES, Role
from cms.access.scopes import Scope, county_of, scope_of

#: What the side panel of a page tells of.
PAGE_ACTIONS = (
    Action.EDIT,
    Action.PUBLISH,
    Action.MODERATE,
    Action.UNPUBLISH,
    Action.MOVE,
    Action.DELETE,
    Action.ORDER,
)


@dataclass(frozen=True, slots=True)
class Standing:
    """What the policy says to one person about one action; ``reason`` is empty where she may."""

    action: Action
    label: str | Promise
    allowed: bool
    reason: str


@dataclass(frozen=True, slots=True)
class Holders:
    """An action and who may do it: the titles of their roles, each with the persons who have it."""

    action: Action
    label: str | Promise
    roles: dict[str, list[str]]


def standings(user: Any, thing: Any, actions: tuple[Action, ...] = PAGE_ACTIONS) -> list[Standing]:
    """What ``user`` may do with ``thing`` and what not, with the reasons."""
    found = []
    for action in actions:
        decision = decide(user, action, thing)
        reason = decision.reason if isinstance(decision, Denied) else ""
        found.append(Standing(action, LABELS[action], bool(decision), reason))
    return found


def holders(scope: Scope | None, actions: tuple[Action, ...] = PAGE_ACTIONS) -> list[Holders]:
    """Who may do the actions in ``scope`` by a role of their own there. One query."""
    if scope is None:
        return []
    current = RoleAssignment.objects.current().within(scope)
    assignments = list(current.select_related("user", "county").order_by("user__email"))
    found = []
    for action in actions:
        roles: dict[str, list[str]] = {}
        for assignment in assignments:
            if action in assignment.definition.own:
                roles.setdefault(assignment.title, []).append(assignment.user.get_full_name() or assignment.user.email)
        found.append(Holders(action, LABELS[action], roles))
    return found


def page_explanation(user: Any, page: Page) -> dict[str, Any]:
    """What the side panel shows: the user's standings, and who may."""
    return {"standings": standings(user, page), "holders": [item for item in holders(scope_of(page)) if item.roles]}


def table() -> str:
    """The roles as a Markdown table, in English, for the documentation: an action a row, a role a column."""
    with translation.override("en"):
        lines = [
            "| | " + " | ".join(str(role.name) for role in ROLES) + " |",
            "|---" * (len(ROLES) + 1) + "|",
            *(
                f"| {LABELS[action]} | " + " | ".join(_mark(role, action) for role in ROLES) + " |"
                for action in Action
                if action is not Action.MAINTAIN
            ),
            "| *needs a second factor* | " + " | ".join("yes" if role.second_factor else "" for role in ROLES) + " |",
        ]
    return "\n".join(lines)


def _mark(role: Role, action: Action) -> str:
    return "everywhere" if action in role.everywhere else "own part" if action in role.own else ""


def sentence(user: Any, action: Action, thing: Any, language: str | None = None) -> tuple[bool, str]:
    """Whether ``user`` may, and the sentence that says why or why not."""
    decision = decide(user, action, thing, language)
    if isinstance(decision, Denied):
        return False, decision.reason
    if decision.by is None:
        return True, _("Allowed: this account installed the site and may do everything.")
    held = decision.by
    return True, _("Allowed by the role %(role)s.") % {"role": role_title(held.role, held.scope, county_of(held.scope))}
