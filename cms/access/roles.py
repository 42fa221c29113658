"""The roles, as data: what each may do, and where. ``manage.py sync_roles`` makes Django's groups so."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Needs(StrEnum):
    """What an assignment of a role must name."""

    NOTHING = "nothing"
    COUNTY = "county"
    LANGUAGE = "language"  # and, if wanted, a county


@dataclass(frozen=True, slots=True)
class Role:
    """A role. ``page``, ``collection`` and ``model`` are the native permissions that it comes down to.

    ``page`` permissions hold on the topmost page of the role's scope; ``collection`` ones on the
    scope's collection of pictures and documents; ``model`` ones (``app.codename``) everywhere.
    ``approves`` names the role whose pages its members decide on in moderation.
    """

    key: str
    name: str | Promise
    needs: Needs
    page: frozenset[str] = frozenset()
    collection: frozenset[str] = frozenset()
    model: frozenset[str] = frozenset()
    approves: bool = False

    def group_name(self, county: str | None = None, language: str | None = None) -> str:
        """The name of the Django group: ``county-editor 14``, ``translator ar 14``."""
        return " ".join(part for part in (self.key, language, county) if part)


_ADMIN = "wagtailadmin.access_admin"
_WRITE = frozenset({"add_page", "change_page"})
_PUBLISH = _WRITE | {"publish_page", "lock_page", "unlock_page"}
_FILES = frozenset(
    {
        "wagtailimages.add_image",
        "wagtailimages.choose_image",
        "wagtaildocs.add_document",
        "wagtaildocs.choose_document",
    }
)
_ALL_FILES = _FILES | {"wagtailimages.change_image", "wagtaildocs.change_document"}

ROLES: tuple[Role, ...] = (
    Role(
        "site-administrator",
        _("Site administrator"),
        Needs.NOTHING,
        model=frozenset(
            {
                _ADMIN,
                "auth.add_user",
                "auth.change_user",
                "auth.delete_user",
                "wagtailredirects.add_redirect",
                "wagtailredirects.change_redirect",
                "wagtailredirects.delete_redirect",
            }
        ),
    ),
    Role(
        "national-editor",
        _("National editor"),
        Needs.NOTHING,
        page=_WRITE,
        collection=_FILES,
        model=frozenset({_ADMIN}),
    ),
    Role(
        "national-publisher",
        _("National publisher"),
        Needs.NOTHING,
        page=_PUBLISH,
        collection=_ALL_FILES,
        model=frozenset({_ADMIN, "pages.add_publisher", "pages.change_publisher", "pages.view_publisher"}),
        approves=True,
    ),
    Role(
        "county-editor",
        _("County editor"),
        Needs.COUNTY,
        page=_WRITE,
        collection=_FILES,
        model=frozenset({_ADMIN}),
    ),
    Role(
        "county-publisher",
        _("County publisher"),
        Needs.COUNTY,
        page=_PUBLISH,
        collection=_ALL_FILES,
        model=frozenset({_ADMIN}),
        approves=True,
    ),
    Role("translator", _("Translator"), Needs.LANGUAGE, page=frozenset({"change_page"}), model=frozenset({_ADMIN})),
    Role(
        "reviewer",
        _("Reviewer"),
        Needs.LANGUAGE,
        page=frozenset({"change_page", "publish_page"}),
        model=frozenset({_ADMIN}),
        approves=True,
    ),
    Role("analyst", _("Analyst"), Needs.NOTHING, model=frozenset({_ADMIN})),
)

BY_KEY: dict[str, Role] = {role.key: role for role in ROLES}


def role_choices() -> list[tuple[str, str | Promise]]:
    """The roles as choices of a field, which takes the function itself: a new role needs no migration."""
    return [(role.key, role.name) for role in ROLES]
