"""Asks at every door of the editor's side before the view behind it runs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from wagtail.admin.localization import get_localized_response

from cms.access.actions import Action
from cms.access.doors.table import OPEN, rule_for
from cms.access.policy import Decision, Denied

PREFIX = "admin/"


def door_decision(request: HttpRequest) -> Decision | None:
    """What the policy says at the address of ``request``; ``None`` where no account is needed."""
    match = request.resolver_match
    if match is None or not match.route.startswith(PREFIX) or match.view_name in OPEN:
        return None
    rule = rule_for(match.view_name)
    return Denied(Action.MAINTAIN) if rule is None else rule(request, match.kwargs)


class DoorMiddleware:
    """Refuses with the policy's reason. Who is not signed in is sent to sign in by the view itself."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: Any) -> HttpResponse | None:
        if isinstance(request.user, AnonymousUser):
            return None
        decision = door_decision(request)
        if decision is None or not isinstance(decision, Denied):
            return None
        if not request.user.has_perm("wagtailadmin.access_admin"):
            # Has no role: Wagtail's views say so.
            return None
        return refuse(request, decision)


def refuse(request: HttpRequest, denied: Denied) -> HttpResponse:
    """The answer to who may not: status 403, and the reason in her language."""

    def answer(request: HttpRequest) -> HttpResponse:
        if request.headers.get("x-requested-with") == "XMLHttpRequest":
            return JsonResponse({"reason": denied.reason}, status=403)
        return render(request, "access/refused.html", {"reason": denied.reason}, status=403)

    response: HttpResponse = get_localized_response(answer, request)
    return response
