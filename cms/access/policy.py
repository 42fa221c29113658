"""The one function that decides who may do what.

Wagtail's page-permission tester and permission policies, and the doors of the editor's side ask it;
the native permissions are derived from the same table. Commands run as whoever installed the site.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from cms.access.actions import REFUSALS, Action
from cms.access.models.assignments import RoleAssignment
from cms.access.roles import ROLES, Needs, Role
from cms.access.scopes import Scope, county_of, scope_of
from cms.geography.models import County
from cms.languages.registry import BY_CODE, SOURCE

_CACHE = "_access_holdings"


@dataclass(frozen=True, slots=True)
class Holding:
    """A role that somebody holds today, and the scope it holds for (``None``: only what is everywhere)."""

    role: Role
    scope: Scope | None
    group_name: str


@dataclass(frozen=True, slots=True)
class Allowed:
    """Yes. ``by`` is the holding that allows it; ``None`` for who installed the site."""

    by: Holding | None = None

    def __bool__(self) -> bool:
        return True


@dataclass(frozen=True, slots=True)
class Denied:
    """No; ``reason`` says in the language of the moment what would be needed and who has it."""

    action: Action
    scope: Scope | None = None
    because: str = ""

    def __bool__(self) -> bool:
        return False

    @property
    def reason(self) -> str:
        """One or two sentences. Costs a query where a county is named."""
        if self.because:
            return self.because
        county = county_of(self.scope)
        names = [role_title(role, self.scope, county) for role in roles_for(self.action, self.scope)]
        if not names or self.action not in REFUSALS:
            return _("Nobody does this here: commands of the installation keep it.")
        return REFUSALS[self.action] % {"role": _(" or ").join(names), "unit": self._unit(county)}

    def _unit(self, county: County | None) -> str:
        if county is not None:
            # The unit's own name, the same in every language.
            return f"Integrationsenheten {county.short_name}"
        if self.scope is None:
            return _("the site administrators")
        return _("the national editorial office")


Decision = Allowed | Denied


def holdings_of(user: Any) -> tuple[Holding, ...]:
    """The roles that ``user`` holds today. One query, remembered on the user."""
    held: tuple[Holding, ...] | None = getattr(user, _CACHE, None)
    if held is None:
        assignments = RoleAssignment.objects.current().filter(user_id=user.pk).select_related("county")
        held = tuple(
            Holding(assignment.definition, assignment.scope, assignment.group_name) for assignment in assignments
        )
        setattr(user, _CACHE, held)
    return held


def forget_holdings(user: Any) -> None:
    """Read the user's roles again at the next question."""
    user.__dict__.pop(_CACHE, None)


def decide(user: Any, action: Action, thing: Any = None, language: str | None = None) -> Decision:
    """Whether ``user`` may do ``action`` on ``thing``: a page, file, collection, county, assignment or scope.

    ``None`` is the whole site. ``language`` asks for the thing's counterpart in that language, but
    when translations are ordered for the order's language, which must be one that is translated into.
    """
    if not getattr(user, "is_active", False):
        return Denied(action, because=_("This account is closed."))
    if user.is_superuser:
        return Allowed()
    scope = scope_of(thing)
    if language is not None:
        if language not in BY_CODE or (action is Action.ORDER and language == SOURCE):
            return Denied(action, because=_("There is no language “%(code)s” to do this in.") % {"code": language})
        if scope is not None and action is not Action.ORDER:
            scope = Scope(language, scope.county_slug)
    if action is Action.ASSIGN and getattr(thing, "user_id", None) == user.pk:
        return Denied(action, because=_("Nobody changes her own roles. Ask another who may."))
    for held in holdings_of(user):
        if action in held.role.everywhere or (scope is not None and held.scope == scope and action in held.role.own):
            return Allowed(held)
    return Denied(action, scope)


def may_somewhere(user: Any, action: Action) -> Decision:
    """Whether there is any part of the site where ``user`` may do ``action``."""
    if not getattr(user, "is_active", False):
        return Denied(action, because=_("This account is closed."))
    if user.is_superuser:
        return Allowed()
    for held in holdings_of(user):
        if action in held.role.everywhere or action in held.role.own:
            return Allowed(held)
    return Denied(action, Scope(SOURCE) if any(action in role.own for role in ROLES) else None)


def scopes_for(user: Any, action: Action) -> set[Scope]:
    """The scopes in which ``user`` may do ``action`` by a role of her own there."""
    return {held.scope for held in holdings_of(user) if held.scope is not None and action in held.role.own}


def roles_for(action: Action, scope: Scope | None) -> list[Role]:
    """The roles that may do ``action`` in ``scope``, those of the scope before those of everywhere."""
    own = [role for role in ROLES if scope is not None and action in role.own and _reaches(role, scope)]
    return own + [role for role in ROLES if action in role.everywhere]


def _reaches(role: Role, scope: Scope) -> bool:
    """Whether an assignment of ``role`` can hold for ``scope``."""
    if role.needs is Needs.LANGUAGE:
        return scope.language != SOURCE
    if scope.language != SOURCE:
        return False
    return (role.needs is Needs.COUNTY) == (scope.county_slug is not None)


def role_title(role: Role, scope: Scope | None, county: County | None = None) -> str:
    """The role with its scope, for people: «County publisher Skåne», «Reviewer العربية»."""
    language = scope.language if scope is not None and role.needs is Needs.LANGUAGE else ""
    return role.title(language, county.short_name if county is not None and role.needs is not Needs.NOTHING else "")
