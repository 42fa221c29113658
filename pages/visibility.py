"""What the public may see: the one rule that pages, lists, the sitemap, the cache and search ask."""

from __future__ import annotations

from typing import TypeVar

from django.db.models import Exists, F, Model, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Length, Substr
from django.utils import timezone
from wagtail.models import PageViewRestriction

P = TypeVar("P", bound=Model)


def public(pages: QuerySet[P]) -> QuerySet[P]:
    """Those of ``pages`` that are published, not expired, and not private, nor below a private page."""
    restrictions = PageViewRestriction.objects.filter(
        page__path=Substr(OuterRef("path"), Value(1), Length(F("page__path")))
    )
    return pages.filter(
        Q(expire_at__isnull=True) | Q(expire_at__gt=timezone.now()),
        ~Exists(restrictions),
        live=True,
    )
