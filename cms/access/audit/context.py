"""Who is signed in while a request is answered, for events outside Wagtail's own views."""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from typing import Any

from django.http import HttpRequest, HttpResponse

_request: ContextVar[HttpRequest | None] = ContextVar("audit_request", default=None)


class AuditMiddleware:
    """Lets the audit log find the request's user. Asks for no session by itself: a cached page needs none."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        token = _request.set(request)
        try:
            return self.get_response(request)
        finally:
            _request.reset(token)


def signed_in_user() -> Any:
    """The user of the request that is being answered, anonymous ones too; ``None`` in a command."""
    return getattr(_request.get(), "user", None)
