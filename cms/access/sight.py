"""Which pages a user of the editor's side may know of."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from wagtail.models import Page
from wagtail.permissions import policy_registry

_ANY = {"add", "change", "publish", "lock", "unlock"}


def knowable(pages: QuerySet[Page], user: Any) -> QuerySet[Page]:
    """Those of ``pages`` that are published, or in the user's own part or above it."""
    own = policy_registry.get_by_type(Page).explorable_instances(user).values("pk")
    return pages.filter(Q(live=True) | Q(depth=1) | Q(pk__in=own))


def may_work_in(ids: set[int], user: Any) -> bool:
    """Whether the user has some right on each of the pages with these ids."""
    own = policy_registry.get_by_type(Page).instances_user_has_any_permission_for(user, _ANY)
    return bool(own.filter(pk__in=ids).count() == len(ids))
