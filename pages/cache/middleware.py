"""The page cache: whole public responses, valid as long as nothing that they show has changed."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import quote_etag

from pages.cache.tags import clock, stamp, stamp_and_clock

_PUBLIC = "public, max-age=0, must-revalidate"
_PRIVATE = "private, no-store"
_FORMAT = 1  # of Entry; another number makes old entries unknown


@dataclass(frozen=True, slots=True)
class Entry:
    """A stored response. ``tags`` are what it shows and ``stamp`` their versions then."""

    body: bytes
    packed: bytes
    content_type: str
    language: str
    etag: str
    tags: tuple[str, ...]
    stamp: int

    def response(self, request: HttpRequest) -> HttpResponse:
        """The response for this request: packed where the reader's browser can unpack it, or 304."""
        packed = "gzip" in request.headers.get("Accept-Encoding", "")
        response = HttpResponse(self.packed if packed else self.body, content_type=self.content_type)
        if packed:
            response.headers["Content-Encoding"] = "gzip"
        response.headers["Content-Language"] = self.language
        _public_headers(response, self.etag)
        return _conditional(request, response, self.etag)


def _public_headers(response: HttpResponse, etag: str) -> None:
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = _PUBLIC
    patch_vary_headers(response, ("Accept-Encoding",))


def _conditional(request: HttpRequest, response: HttpResponse, etag: str) -> HttpResponse:
    result = get_conditional_response(request, etag=etag, response=response)
    return result if isinstance(result, HttpResponse) else response


def _key(request: HttpRequest) -> str:
    digest = hashlib.sha256(f"{request.get_host()}{request.path}".encode()).hexdigest()
    return f"page:{_FORMAT}:{digest}"


class PageCacheMiddleware:
    """Answers from the cache, and stores what a view has said the parts of (``tags.depends``).

    A request with a session (an editor's, a preview) goes past the cache in both directions.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in ("GET", "HEAD"):
            return self.get_response(request)
        if settings.SESSION_COOKIE_NAME in request.COOKIES or getattr(request, "is_dummy", False):
            return self._private(self.get_response(request))
        usable = bool(settings.PAGE_CACHE_SECONDS) and not request.GET
        if usable:
            entry = cache.get(_key(request))
            if isinstance(entry, Entry) and stamp(entry.tags) == entry.stamp:
                return entry.response(request)
        before = clock() if usable else 0
        response = self.get_response(request)
        tags: set[str] = getattr(request, "cache_tags", set())
        if response.status_code != 200 or response.streaming or not tags:
            return response
        if response.cookies or response.has_header("Cache-Control"):
            return response
        etag = quote_etag(hashlib.sha256(response.content).hexdigest()[:32])
        if usable and request.method == "GET":
            value, after = stamp_and_clock(tags)
            # A change during the rendering may have been seen in part: such a page is shown, not kept.
            if after == before:
                self._store(request, response, tags, value, etag)
        _public_headers(response, etag)
        return _conditional(request, response, etag)

    @staticmethod
    def _private(response: HttpResponse) -> HttpResponse:
        if not response.has_header("Cache-Control"):
            response.headers["Cache-Control"] = _PRIVATE
        return response

    @staticmethod
    def _store(request: HttpRequest, response: HttpResponse, tags: set[str], value: int, etag: str) -> None:
        entry = Entry(
            body=response.content,
            packed=gzip.compress(response.content, compresslevel=6, mtime=0),
            content_type=response.headers["Content-Type"],
            language=response.headers.get("Content-Language", ""),
            etag=etag,
            tags=tuple(sorted(tags)),
            stamp=value,
        )
        seconds = min(settings.PAGE_CACHE_SECONDS, getattr(request, "cache_seconds", settings.PAGE_CACHE_SECONDS))
        if seconds > 0:
            cache.set(_key(request), entry, seconds)
