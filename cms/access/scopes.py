"""Scopes: the part of the site that a role holds for.

Every language has two trees, and which tree a page is in says whose it is: ``home-<code>`` is the
nation's, ``lan-<code>`` holds the counties'.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q
from wagtail.models import Page

HOME_ROOT = "home-"
LOCAL_ROOT = "lan-"
NATIONAL_COLLECTION = "National"


@dataclass(frozen=True, slots=True)
class Scope:
    """A tree: of one language, the nation's or one county's (its slug)."""

    language: str
    county_slug: str | None = None

    @property
    def url_path(self) -> str:
        """Wagtail's ``url_path`` of the scope's topmost page."""
        if self.county_slug is None:
            return f"/{HOME_ROOT}{self.language}/"
        return f"/{LOCAL_ROOT}{self.language}/{self.county_slug}/"


def root_pages(scopes: set[Scope]) -> dict[Scope, Page]:
    """The topmost page of each scope that exists; one query."""
    wanted = {scope.url_path: scope for scope in scopes}
    slugs = {url_path.rstrip("/").rpartition("/")[2] for url_path in wanted}
    found = Page.objects.filter(Q(depth__lte=3), slug__in=slugs, url_path__in=list(wanted))
    return {wanted[page.url_path]: page for page in found}
