"""Tags: the things that a cached page shows, each with a version that changes when the thing does."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.db.models import F, Q, Sum
from django.http import HttpRequest

from pages.models.cachetag import CacheTag

#: Changes with every change of anything public; for lists of everything, such as the sitemap.
ANY = "any"
#: What every page shows: publisher, languages, reference data.
SITE = "site"
#: The pages in the menus.
MENU = "menu"
#: What searches find.
SEARCH = "search"


def page_tag(path: str) -> str:
    """The page at ``path``, in all its languages."""
    return f"page:{path}"[:255]


def children_tag(path: str) -> str:
    """Which pages lie below ``path``, and in which order."""
    return f"children:{path}"[:255]


def image_tag(pk: int) -> str:
    """A picture's file and focal point."""
    return f"image:{pk}"


def depends(request: HttpRequest, *names: str) -> None:
    """Note that the response to ``request`` shows these things; what notes nothing is not cached."""
    tags: set[str] | None = getattr(request, "cache_tags", None)
    if tags is None:
        tags = set()
        request.cache_tags = tags  # type: ignore[attr-defined]
    tags.update(names)


def stamp(names: Iterable[str]) -> int:
    """The sum of the versions of ``names``; versions only grow, so an equal sum means no change."""
    return CacheTag.objects.filter(name__in=list(names)).aggregate(total=Sum("version"))["total"] or 0


def clock() -> int:
    """The sum of all versions: whether anything at all has changed."""
    return CacheTag.objects.aggregate(total=Sum("version"))["total"] or 0


def stamp_and_clock(names: Iterable[str]) -> tuple[int, int]:
    """``stamp`` and ``clock`` at one moment."""
    found = CacheTag.objects.aggregate(mine=Sum("version", filter=Q(name__in=list(names))), total=Sum("version"))
    return found["mine"] or 0, found["total"] or 0


def bump(names: Iterable[str]) -> None:
    """Say that these things have changed; in the transaction that changes them."""
    wanted = sorted({*names, ANY})
    with transaction.atomic():
        CacheTag.objects.bulk_create([CacheTag(name=name) for name in wanted], ignore_conflicts=True)
        # Locked in one order, so that two editors who publish at once wait and do not deadlock.
        list(CacheTag.objects.select_for_update().filter(name__in=wanted).order_by("name").values_list("pk"))
        CacheTag.objects.filter(name__in=wanted).update(version=F("version") + 1)
