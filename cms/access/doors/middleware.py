"""Asks at every door of the editor's side before the view behind it runs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import ResolverMatch
from wagtail.admin.localization import get_localized_response

from cms.access.actions import Action
from cms.access.audit.events import Event
from cms.access.audit.log import record
from cms.access.doors.table import OPEN, rule_for
from cms.access.grants import ENTER, is_role_group
from cms.access.policy import Allowed, Decision, Denied, holdings_of
from cms.access.sync import sync

PREFIX = "admin/"


def door_decision(request: HttpRequest, match: ResolverMatch) -> Decision:
    """What the policy says at the address of ``request``."""
    rule = rule_for(match.view_name)
    return Denied(Action.MAINTAIN) if rule is None else rule(request, match.kwargs)


class DoorMiddleware:
    """Refuses with the policy's reason. Who is not signed in is sent to sign in by the view itself."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: Any) -> HttpResponse | None:
        match = request.resolver_match
        # Elsewhere nobody asks who it is: a public page reads no session.
        if match is None or not match.route.startswith(PREFIX) or match.view_name in OPEN:
            return None
        if not request.user.is_authenticated:
            return None
        keep_current(request.user)
        decision = door_decision(request, match)
        # Who has no role at all is told so by Wagtail's views.
        if isinstance(decision, Allowed) or not request.user.has_perm(ENTER):
            return None
        return refuse(request, decision)


def keep_current(user: Any) -> None:
    """Make the user's groups what her roles of today are: a role that ended, and a group that somebody
    put her in by hand, give nothing from this request on. One query where they agree.
    """
    groups = {name for name in user.groups.values_list("name", flat=True) if is_role_group(name)}
    if groups != {held.group_name for held in holdings_of(user)}:
        with transaction.atomic():
            changed = sync()
            grants = "; ".join(map(str, changed.surplus[:5]))
            record(Event.DRIFT_MENDED, about=user.get_username(), grants=grants)
        for cache in ("_perm_cache", "_group_perm_cache", "_user_perm_cache"):
            user.__dict__.pop(cache, None)


def refuse(request: HttpRequest, denied: Denied) -> HttpResponse:
    """The answer to who may not: status 403, and the reason in her language."""

    def answer(request: HttpRequest) -> HttpResponse:
        if request.headers.get("x-requested-with") == "XMLHttpRequest":
            return JsonResponse({"reason": denied.reason}, status=403)
        return render(request, "access/refused.html", {"reason": denied.reason}, status=403)

    response: HttpResponse = get_localized_response(answer, request)
    return response
