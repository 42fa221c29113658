"""Native permissions: those that the roles come down to, and those that the database has.

The policy decides; the native permissions let Wagtail's lists and choosers filter in SQL.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from django.contrib.auth.models import Group, Permission
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission

from cms.access.actions import Action
from cms.access.models import RoleAssignment
from cms.access.roles import BY_KEY, Role
from cms.access.scopes import NATIONAL_COLLECTION, Scope, root_pages
from cms.geography.models import County

Kind = Literal["model", "page", "collection", "member", "account"]

#: On the topmost page of a role's scope.
PAGE_PERMISSIONS: dict[Action, tuple[str, ...]] = {
    Action.ADD: ("add_page",),
    Action.EDIT: ("change_page",),
    Action.PUBLISH: ("publish_page",),
    Action.LOCK: ("lock_page", "unlock_page"),
}
#: On the collection of a role's scope.
FILE_PERMISSIONS: dict[Action, tuple[str, ...]] = {
    Action.USE_FILE: ("wagtailimages.choose_image", "wagtaildocs.choose_document"),
    Action.ADD_FILE: ("wagtailimages.add_image", "wagtaildocs.add_document"),
    Action.EDIT_FILE: ("wagtailimages.change_image", "wagtaildocs.change_document"),
}
#: Without an object. Everybody with a role may enter the editor's side.
SITE_PERMISSIONS: dict[Action, tuple[str, ...]] = {
    Action.ACCOUNTS: ("auth.add_user", "auth.change_user"),
    Action.REDIRECTS: (
        "wagtailredirects.add_redirect",
        "wagtailredirects.change_redirect",
        "wagtailredirects.delete_redirect",
    ),
    Action.SETTINGS: ("pages.add_publisher", "pages.change_publisher", "pages.view_publisher"),
}
ENTER = "wagtailadmin.access_admin"


@dataclass(frozen=True, slots=True, order=True)
class Grant:
    """One row of Django's or Wagtail's permissions.

    ``what`` is a permission (``app.codename``, or the codename for pages), for ``member`` the user's
    id; ``on`` the page's or collection's id, or 0. A permission that an account has by itself, without
    a group, is of kind ``account``: ``group`` is then the user's id.
    """

    group: str
    kind: Kind
    what: str
    on: int = 0

    def __str__(self) -> str:
        if self.kind == "account":
            return f"account {self.group}: {self.what}"
        where = f" on {self.kind} {self.on}" if self.on else ""
        return f"{self.group}: {'member ' if self.kind == 'member' else ''}{self.what}{where}"


def is_role_group(name: str) -> bool:
    """Whether the group carries a role; other groups are none of ours."""
    return name.split(" ")[0] in BY_KEY


def collection_name(county: County | None) -> str:
    """The collection for a county's pictures and documents, or the nation's."""
    return county.short_name if county else NATIONAL_COLLECTION


def native(actions: frozenset[Action], names: dict[Action, tuple[str, ...]]) -> set[str]:
    """The native permissions that ``actions`` come down to."""
    return {name for action in actions for name in names.get(action, ())}


def site_permissions(role: Role) -> set[str]:
    """The native permissions of ``role`` that hang on no page and no collection."""
    return {ENTER} | native(role.everywhere | role.own, SITE_PERMISSIONS)


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
        grants |= {Grant(group, "model", permission) for permission in site_permissions(role)}
        page = pages.get(assignment.scope) if assignment.scope else None
        if page is not None:
            grants |= {Grant(group, "page", name, page.pk) for name in native(role.own, PAGE_PERMISSIONS)}
        own = collections.get(collection_name(assignment.county))
        if own:
            grants |= {Grant(group, "collection", name, own) for name in native(role.own, FILE_PERMISSIONS)}
    return grants


def actual() -> set[Grant]:
    """What the database has: of the groups that carry roles everything, of others what they have on pages
    and collections, and what accounts have by themselves."""
    grants: set[Grant] = set()
    for group in Group.objects.prefetch_related("permissions__content_type", "user_set"):
        if is_role_group(group.name):
            grants |= {
                Grant(group.name, "model", f"{permission.content_type.app_label}.{permission.codename}")
                for permission in group.permissions.all()
            }
            grants |= {Grant(group.name, "member", str(user.pk)) for user in group.user_set.all()}
    for row in GroupPagePermission.objects.select_related("group", "permission"):
        grants.add(Grant(row.group.name, "page", row.permission.codename, row.page_id))
    for entry in GroupCollectionPermission.objects.select_related("group", "permission__content_type"):
        permission = f"{entry.permission.content_type.app_label}.{entry.permission.codename}"
        grants.add(Grant(entry.group.name, "collection", permission, entry.collection_id))
    for given in Permission.objects.filter(user__isnull=False).select_related("content_type").distinct():
        name = f"{given.content_type.app_label}.{given.codename}"
        grants |= {Grant(str(user.pk), "account", name) for user in given.user_set.all()}
    return grants
