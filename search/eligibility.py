"""What may be found: one rule for the rebuild, for the signals and for reading a hit."""

from __future__ import annotations

from django.db.models import Count, Q
from wagtail.models import Page
from wagtail.query import PageQuerySet

from pages.visibility import public

#: Pages that readers see as pages: those of this site's types, but not the root of the local trees,
#: whose address shows reference data.
FINDABLE = Q(content_type__app_label="pages") & ~Q(content_type__model="localrootpage")


def findable(condition: Q) -> PageQuerySet:
    """The pages that ``condition`` finds and that anybody may read now."""
    found: PageQuerySet = public(Page.objects.filter(condition & FINDABLE))
    return found


def findable_counts() -> dict[str, int]:
    """How many pages of each language can be found; one query."""
    rows = findable(Q()).order_by().values_list("locale__language_code").annotate(number=Count("pk"))
    return dict(rows)
