"""The pages that say why somebody was not signed in, and what to do instead."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _


def refused(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Status 403: a provider said who she is, and that person may not come in this way."""
    reason = reason or _("This identity provider can't sign you in here.")
    return render(request, "access/signin/refused.html", {"reason": reason}, status=403)


def provider_failed(request: HttpRequest, name: str) -> HttpResponse:
    """Status 424: the provider is down, or what it answered can't be believed."""
    reason = _("%(provider)s does not answer as it should at the moment, so nobody was signed in.") % {"provider": name}
    return render(request, "access/signin/refused.html", {"reason": reason, "again": True}, status=424)
