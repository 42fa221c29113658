"""The page chooser's search, by the site's own index."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from wagtail.models import Page
from wagtail.query import PageQuerySet

from cms.languages.registry import CODES
from search.drafts.finding import find
from search.drafts.views import MOST_IN_EXPLORER, ranked


class _Choosable(PageQuerySet):
    """Pages that one user may choose between. Wagtail's chooser asks its queryset itself to find the words."""

    user: Any = None
    rows: Any = None

    def _clone(self) -> _Choosable:
        clone: _Choosable = super()._clone()
        clone.user, clone.rows = self.user, self.rows
        return clone

    def autocomplete(self, query: str, *_args: Any, **_kwargs: Any) -> QuerySet[Page]:
        """Those with the words, in any language, best first; at most ``MOST_IN_EXPLORER``."""
        among = Page.objects.filter(pk__in=self.order_by().values("pk"))
        found = find(query, self.user, CODES, among).found[:MOST_IN_EXPLORER]
        pages: Any = ranked(self, [one.page_id for one in found], by_relevance=True)
        # Not of each page's own type, which the rows have no need of and which is a query a row and more.
        pages._iterable_class = self.rows
        return pages


def found_by_ours(pages: QuerySet[Page], user: Any) -> QuerySet[Page]:
    """The same pages, whose search is ours."""
    found: Any = pages.all()
    # A class of its own, and not a new queryset: what the rows of the chooser ask for is prepared on this one.
    found.__class__ = _Choosable
    found.user, found.rows = user, found._iterable_class
    return found
