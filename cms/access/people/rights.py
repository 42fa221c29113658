"""What may this person do: her roles, and what the policy allows her by them today, place by place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from cms.access.actions import LABELS, Action
from cms.access.models import RoleAssignment
from cms.access.people.decisions import county_slugs, may_change, may_invite_again, may_keep, reachable
from cms.access.people.screens import name_of
from cms.access.policy import decide, holdings_of
from cms.access.scopes import Scope
from cms.geography.models import County
from cms.languages.registry import BY_CODE


@dataclass(frozen=True, slots=True)
class Right:
    """A part of the site, in words, and what may be done in it, in words."""

    where: str
    actions: tuple[str | Promise, ...]


def _where(scope: Scope, counties: dict[str, str]) -> str:
    language = BY_CODE[scope.language].autonym if scope.language in BY_CODE else scope.language
    if scope.county_slug is None:
        return _("National pages, %(language)s") % {"language": language}
    names = {"county": counties.get(scope.county_slug, scope.county_slug), "language": language}
    return _("%(county)s, %(language)s") % names


def rights_of(person: Any, within: set[str] | None = None) -> list[Right]:
    """What ``person`` may do today. Two queries.

    ``within``: only in the counties with these slugs; ``None``: everywhere, first what holds for the whole site.
    """
    site = {action for action in Action if decide(person, action)}
    scopes = {held.scope for held in holdings_of(person) if held.scope is not None}
    if within is not None:
        scopes = {scope for scope in scopes if scope.county_slug in within}
    counties = dict(County.objects.values_list("slug", "short_name"))
    found = [Right(_("The whole site"), _labels(site))] if site and within is None else []
    for scope in sorted(scopes, key=lambda scope: _where(scope, counties)):
        # Here alone: what holds for the whole site is said once, and is nobody's in a county to know.
        actions = {action for action in Action if action not in site and decide(person, action, scope)}
        if actions:
            found.append(Right(_where(scope, counties), _labels(actions)))
    return found


def _labels(actions: set[Action]) -> tuple[str | Promise, ...]:
    return tuple(LABELS[action] for action in Action if action in actions)


def rights(request: HttpRequest, user_id: int) -> HttpResponse:
    """At ``admin/people/<id>/rights/``. The door asked :func:`may_ask_about`."""
    person = get_object_or_404(get_user_model(), pk=user_id)
    known = list(reachable(request.user).filter(user=person).order_by("role", "county__position", "language"))
    context = {
        "person": person,
        "name": name_of(person),
        "assignments": [(assignment, _change_address(request.user, assignment)) for assignment in known],
        "rights": rights_of(person, county_slugs(request.user)),
        "partial": county_slugs(request.user) is not None,
        "may_invite_again": may_invite_again(request.user, person),
        "account_url": reverse("wagtailusers_users:edit", args=[person.pk]) if may_keep(request.user, person) else "",
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": _("Home")},
            {"url": reverse("people_roles:index"), "label": _("People and roles")},
            {"url": "", "label": name_of(person)},
        ],
    }
    return render(request, "access/people/rights.html", context)


def _change_address(user: Any, assignment: RoleAssignment) -> str:
    return reverse("people_roles:edit", args=[assignment.pk]) if may_change(user, assignment) else ""
