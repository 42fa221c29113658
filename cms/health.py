"""Addresses for machines that watch the site."""

from __future__ import annotations

from django.core.cache import cache
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse


def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers. Asks nothing of any engine."""
    return HttpResponse("ok\n", content_type="text/plain")


def readyz(request: HttpRequest) -> HttpResponse:
    """The engines answer: 200, or 503 with what is missing."""
    problems: dict[str, str] = {}
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Exception as error:  # noqa: BLE001  (whatever a driver raises, the site is not ready)
        problems["database"] = type(error).__name__
    try:
        cache.set("readyz", 1, 5)
        if cache.get("readyz") != 1:
            problems["cache"] = "does not keep what it is given"
    except Exception as error:  # noqa: BLE001  (as above)
        problems["cache"] = type(error).__name__
    return JsonResponse({"ready": not problems, "problems": problems}, status=503 if problems else 200)
