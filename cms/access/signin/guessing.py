"""Guessing: how many tries an account, an address, and both together have, and what is said then."""

from __future__ import annotations

import logging
from ipaddress import ip_address
from typing import Any, cast

from allauth.account.views import login as allauth_login
from axes.handlers.database import AxesDatabaseHandler
from axes.handlers.proxy import AxesProxyHandler
from django.conf import settings
from django.db.models import Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

logger = logging.getLogger(__name__)

#: Failures within ``AXES_COOLOFF_TIME``, in the order of ``AXES_LOCKOUT_PARAMETERS``: of one account
#: from one address; from one address, which may be an office's; of one account from everywhere.
LIMITS = (5, 20, 50)


class GuessHandler(AxesDatabaseHandler):
    """django-axes' counting, with a limit for each kind of count instead of one for all."""

    def get_failures(self, request: HttpRequest, credentials: dict[str, Any] | None = None) -> int:
        counts = [
            attempts.aggregate(total=Sum("failures_since_start"))["total"] or 0
            for attempts in self.get_user_attempts(request, credentials)
        ]
        if any(count >= limit for count, limit in zip(counts, LIMITS, strict=True)):
            return max(int(settings.AXES_FAILURE_LIMIT), *counts)
        return 0


def account_of(request: HttpRequest, credentials: dict[str, Any] | None = None) -> str:
    """The account that was tried, written in one way; ``""`` where none was named."""
    named = credentials or {}
    name = named.get("email") or named.get("username") or named.get("login") or request.POST.get("login", "")
    # Without NUL, which PostgreSQL's texts can't hold.
    return str(name).replace("\0", "").strip().lower()[:254]


def client_address(request: HttpRequest) -> str:
    """The client's IP address: what the outermost of the trusted proxies saw, else the connection's.

    Only the part of the header that our proxies wrote counts. With fewer hops than proxies the request
    came past one of them, and the first hop may be the client's own invention.
    """
    remote = str(request.META.get("REMOTE_ADDR") or "")
    proxies = settings.ALLAUTH_TRUSTED_PROXY_COUNT
    hops = [hop.strip() for hop in request.headers.get("X-Forwarded-For", "").split(",") if hop.strip()]
    if not proxies or len(hops) < proxies:
        return remote
    return _ip_in(hops[-proxies]) or remote


def _ip_in(hop: str) -> str:
    """The address in a hop, without brackets, port and zone; ``""`` for what is none, as ``unknown``."""
    if hop.startswith("["):
        hop = hop[1:].partition("]")[0]
    elif hop.count(":") == 1:
        hop = hop.partition(":")[0]
    try:
        address = ip_address(hop.partition("%")[0])
    except ValueError:
        return ""
    # One client is counted as one, whichever way its address is written.
    return str(getattr(address, "ipv4_mapped", None) or address)


def locked(request: HttpRequest, _response: HttpResponse | None = None, _credentials: Any = None) -> HttpResponse:
    """The answer to who has guessed too often: status 429, the same for accounts that don't exist."""
    minutes = int(settings.AXES_COOLOFF_TIME.total_seconds() // 60)
    response = render(request, "access/signin/locked.html", {"minutes": minutes}, status=429)
    response.headers["Retry-After"] = str(minutes * 60)
    return response


def watched_login(request: HttpRequest) -> HttpResponse:
    """allauth's log-in, but for who is locked out."""
    credentials = {"login": account_of(request)}
    if request.method == "POST" and not AxesProxyHandler.is_allowed(request, credentials):
        return locked(request)
    return cast(HttpResponse, allauth_login(request))
