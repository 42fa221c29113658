"""Native permissions: those that the roles come down to, and those that the database has."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from django.contrib.auth.models import Group
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission

from cms.access.models import RoleAssignment
from cms.access.roles import BY_KEY
from cms.access.scopes import NATIONAL_COLLECTION, Scope, root_pages
from cms.geography.models import County

Kind = Literal["model", "page", "collection", "member"]


@dataclass(frozen=True, slots=True, order=True)
class Grant:
    """One row of Django's or Wagtail's permissions.

    ``what`` is a permission (``app.codename``, or the codename for pages), for ``member`` the user's
    id; ``on`` the page's or collection's id, or 0.
    """

    group: str
    kind: Kind
    what: str
    on: int = 0

    def __str__(self) -> str:
        where = f" on {self.kind} {self.on}" if self.on else ""
        return f"{self.group}: {'member ' if self.kind == 'member' else ''}{self.what}{where}"


def is_role_group(name: str) -> bool:
    """Whether the group carries a role; other groups are none of ours."""
    return name.split(" ")[0] in BY_KEY


def collection_name(county: County | None) -> str:
    """The collection for a county's pictures and documents, or the nation's."""
    return county.short_name if county else NATIONAL_COLLECTION


def expected() -> set[Grant]:
    """What the assignments of today come down to."""
    assignments = list(RoleAssignment.objects.current().select_related("county"))
    scopes: set[Scope] = {scope for assignment in assignments if (scope := assignment.scope)}
    pages = root_pages(scopes)
    collections = dict(Collection.objects.filter(depth=2).values_list("name", "pk"))
    grants: set[Grant] = set()
    for assignment in assignments:
        role, group = assignment.definition, assignment.group_name
        grants.add(Grant(group, "member", str(assignment.user_id)))
        grants |= {Grant(group, "model", permission) for permission in role.model}
        page = pages.get(assignment.scope) if assignment.scope else None
        if page is not None:
            grants |= {Grant(group, "page", codename, page.pk) for codename in role.page}
        own = collections.get(collection_name(assignment.county))
        if own:
            grants |= {Grant(group, "collection", permission, own) for permission in role.collection}
    return grants


def actual() -> set[Grant]:
    """What the groups that carry roles have in the database."""
    grants: set[Grant] = set()
    for group in Group.objects.prefetch_related("permissions__content_type", "user_set"):
        if is_role_group(group.name):
            grants |= {
                Grant(group.name, "model", f"{permission.content_type.app_label}.{permission.codename}")
                for permission in group.permissions.all()
            }
            grants |= {Grant(group.name, "member", str(user.pk)) for user in group.user_set.all()}
    for row in GroupPagePermission.objects.select_related("group", "permission"):
        if is_role_group(row.group.name):
            grants.add(Grant(row.group.name, "page", row.permission.codename, row.page_id))
    for entry in GroupCollectionPermission.objects.select_related("group", "permission__content_type"):
        if is_role_group(entry.group.name):
            permission = f"{entry.permission.content_type.app_label}.{entry.permission.codename}"
            grants.add(Grant(entry.group.name, "collection", permission, entry.collection_id))
    return grants
