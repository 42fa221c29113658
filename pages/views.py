"""Public views: pages, the first visit, the choice of language, errors."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe
from wagtail import hooks
from wagtail.models import Page

from cms.access.scopes import LOCAL_SEGMENT
from cms.languages.negotiation import preferred_language
from cms.languages.registry import BY_CODE, CODES, SOURCE, chain, get
from pages.addresses import address, url_paths
from pages.frame import build_frame
from pages.local.views import serve_place
from pages.models.base import BasePage
from pages.rendering import best_page, render_page


@require_safe
def serve(request: HttpRequest, path: str) -> HttpResponse:
    """The page at ``path`` in the language of the address, or in the best language that there is."""
    code = translation.get_language() or SOURCE
    if path.split("/")[0] == LOCAL_SEGMENT:
        response = serve_place(request, path, code)
        if response is not None:
            return response
    found = best_page(path, code)
    if found is not None:
        page, by_code = found
        return render_page(request, page, code, by_code)
    return _serve_private(request, path, code)


def _serve_private(request: HttpRequest, path: str, code: str) -> HttpResponse:
    """A page with a view restriction, by Wagtail's own rules; never cached. Raises ``Http404``."""
    candidates = url_paths(path, chain(code))
    by_url_path = {page.url_path: page for page in Page.objects.filter(url_path__in=candidates).live()}
    base = next((by_url_path[candidate] for candidate in candidates if candidate in by_url_path), None)
    page = base.specific if base is not None else None
    # Not public and not restricted either: expired, so it is gone.
    if not isinstance(page, BasePage) or page.expired or not page.get_view_restrictions():
        raise Http404
    answer = _through_hooks(page, request, code)
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def _through_hooks(page: BasePage, request: HttpRequest, code: str) -> HttpResponse:
    """As ``wagtail.views.serve``: its hooks ask for the password or the log-in."""

    def chain(page: BasePage, request: HttpRequest, args: list[Any], kwargs: dict[str, Any]) -> HttpResponse:
        return render_page(request, page, code)

    for wrap in reversed(hooks.get_hooks("on_serve_page")):
        chain = wrap(chain)
    for hook in hooks.get_hooks("before_serve_page"):
        answer = hook(page, request, [], {})
        if isinstance(answer, HttpResponse):
            return answer
    return chain(page, request, [], {})


@require_safe
def first_visit(request: HttpRequest) -> HttpResponse:
    """``/`` leads to the reader's language; the only address whose answer depends on who asks."""
    response = HttpResponseRedirect(address("", preferred_language(request)))
    patch_vary_headers(response, ("Accept-Language", "Cookie"))
    response.headers["Cache-Control"] = "private, max-age=0"
    return response


@require_safe
def choose_language(request: HttpRequest, code: str, path: str) -> HttpResponse:
    """Remember the reader's choice and lead her to the page in that language."""
    if code not in BY_CODE:
        raise Http404
    response = HttpResponseRedirect(address(path, code))
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        code,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        samesite="Lax",
        secure=request.is_secure(),
        httponly=True,
    )
    response.headers["Cache-Control"] = "no-store"
    return response


def _language_of_address(request: HttpRequest) -> str:
    code = request.path.strip("/").partition("/")[0]
    return code if code in BY_CODE else preferred_language(request)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404 in the language of the address."""
    code = _language_of_address(request)
    with translation.override(code):
        frame, _rows = build_frame(request, get(code), "", exists=set(CODES))
        frame.noindex, frame.canonical, frame.alternates = True, "", []
        return render(request, "404.html", {"frame": frame}, status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500 in the language of the address; asks the database nothing."""
    code = _language_of_address(request)
    with translation.override(code):
        return render(request, "500.html", {"language": get(code)}, status=500)
