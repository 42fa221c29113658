"""Which pages a user of the editor's side may know of."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.query import ModelIterable
from wagtail.models import Page
from wagtail.permissions import policy_registry

_ANY = {"add", "change", "publish", "lock", "unlock"}


def knowable(pages: QuerySet[Page], user: Any) -> QuerySet[Page]:
    """Those of ``pages`` that are published, or in the user's own part or above it."""
    own = policy_registry.get_by_type(Page).explorable_instances(user).values("pk")
    return pages.filter(Q(live=True) | Q(depth=1) | Q(pk__in=own))


class _WithParents(ModelIterable[Page]):
    """Pages that know their parents, all read in one query: Wagtail's chooser asks each for its own."""

    def __iter__(self) -> Iterator[Page]:
        pages = list(super().__iter__())
        length = Page.steplen
        above = {page.path[:-length] for page in pages if page.depth > 1}
        parents = {parent.path: parent for parent in Page.objects.filter(path__in=above)}
        for page in pages:
            page._cached_parent_obj = parents.get(page.path[:-length])
        yield from pages


def choosable(pages: QuerySet[Page], user: Any) -> QuerySet[Page]:
    """Those of ``pages`` that are :func:`knowable`, with what the rows of a chooser ask of each."""
    found: Any = knowable(pages, user)
    found = found.annotate_approved_schedule().prefetch_workflow_states()
    found._iterable_class = _WithParents
    return found


def may_work_in(ids: set[int], user: Any) -> bool:
    """Whether the user has some right on each of the pages with these ids."""
    own = policy_registry.get_by_type(Page).instances_user_has_any_permission_for(user, _ANY)
    return bool(own.filter(pk__in=ids).count() == len(ids))
