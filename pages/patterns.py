from __future__ import annotations

from django.http import HttpRequest, HttpResponse


def patterns_view(request: HttpRequest) -> HttpResponse:
    return HttpResponse("")
