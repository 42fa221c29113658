"""Scopes: the part of the site that a role holds for, and that a page, a file or an assignment is in.

Every language has two trees, and which tree a page is in says whose it is: ``home-<code>`` is the
nation's, ``lan-<code>`` holds the counties'.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from wagtail.models import Collection, Page

from cms.geography.models import County
from cms.geography.queries import county_by_slug
from cms.languages.registry import SOURCE

HOME_ROOT = "home-"
LOCAL_ROOT = "lan-"
LOCAL_SEGMENT = "lan"
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


def split_url_path(value: str) -> tuple[str, str] | None:
    """Language code and path of a ``url_path``; ``None`` outside the sites' trees.

    >>> split_url_path("/lan-ar/skane/")
    ('ar', 'lan/skane/')
    """
    root, _, rest = value.strip("/").partition("/")
    rest = f"{rest}/" if rest else ""
    if root.startswith(HOME_ROOT):
        return root.removeprefix(HOME_ROOT), rest
    if root.startswith(LOCAL_ROOT):
        return root.removeprefix(LOCAL_ROOT), f"{LOCAL_SEGMENT}/{rest}"
    return None


def scope_at(url_path: str) -> Scope | None:
    """The scope that a page with this ``url_path`` is in; ``None`` for what holds the trees together."""
    root, _slash, rest = url_path.strip("/").partition("/")
    if root.startswith(HOME_ROOT):
        return Scope(root.removeprefix(HOME_ROOT))
    county = rest.partition("/")[0]
    if root.startswith(LOCAL_ROOT) and county:
        return Scope(root.removeprefix(LOCAL_ROOT), county)
    return None


def county_of(scope: Scope | None) -> County | None:
    """The county that a scope is of. A query where it names one."""
    return county_by_slug(scope.county_slug) if scope is not None and scope.county_slug else None


def _collection_scope(collection: Collection) -> Scope | None:
    if collection.depth < 2:
        return None
    top = collection if collection.depth == 2 else collection.get_ancestors().get(depth=2)
    if top.name == NATIONAL_COLLECTION:
        return Scope(SOURCE)
    county = County.objects.filter(short_name=top.name).first()
    return Scope(SOURCE, county.slug) if county else None


def scope_of(thing: Any) -> Scope | None:
    """The scope of a page, a collection, a file, a county, or what names its own in ``access_scope``.

    No query for a page; for a file those of its collection and county. ``None``: of no part, so that
    only what is allowed everywhere is allowed.
    """
    if isinstance(thing, Scope):
        return thing
    if isinstance(thing, Page):
        return scope_at(thing.url_path or "")
    if isinstance(thing, County):
        return Scope(SOURCE, thing.slug)
    if isinstance(thing, Collection):
        return _collection_scope(thing)
    if hasattr(thing, "access_scope"):
        scope: Scope | None = thing.access_scope
        return scope
    collection = getattr(thing, "collection", None)
    return _collection_scope(collection) if collection is not None else None
