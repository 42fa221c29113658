"""The roles, as data: what each may do, and where. Nothing else says who may do what.

``cms.access.policy`` decides by this table; ``manage.py sync_roles`` derives Django's groups from it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cms.access.actions import Action
from cms.languages.registry import BY_CODE


class Needs(StrEnum):
    """What an assignment of a role must name."""

    NOTHING = "nothing"
    COUNTY = "county"
    LANGUAGE = "language"  # and, if wanted, a county


@dataclass(frozen=True, slots=True)
class Role:
    """A role: what it may do in its own part of the site (``own``), and in every part (``everywhere``).

    The own part is the national Swedish tree, a county's Swedish tree, or for the roles that need a
    language that language's tree, the nation's or a county's. ``second_factor``: whether production
    asks its holders for one at sign-in.
    """

    key: str
    name: str | Promise
    needs: Needs
    own: frozenset[Action] = frozenset()
    everywhere: frozenset[Action] = frozenset()
    second_factor: bool = False

    @property
    def has_pages(self) -> bool:
        """Whether the role has a part of the site of its own."""
        return bool(self.own)

    def title(self, language: str = "", county: str = "") -> str:
        """The role with its scope, for people: the language by its own name, and the county's name."""
        autonym = BY_CODE[language].autonym if language in BY_CODE else language
        return " ".join(part for part in (str(self.name), autonym, county) if part)

    def group_name(self, county: str | None = None, language: str | None = None) -> str:
        """The name of the Django group: ``county-editor 14``, ``translator ar 14``."""
        return " ".join(part for part in (self.key, language, county) if part)


_WRITE = frozenset(
    {Action.SEE, Action.ADD, Action.EDIT, Action.SUBMIT, Action.DELETE, Action.EXPORT, Action.USE_FILE, Action.ADD_FILE}
)
_PUBLISH = _WRITE | {
    Action.PUBLISH,
    Action.UNPUBLISH,
    Action.MOVE,
    Action.LOCK,
    Action.RESTRICT,
    Action.MODERATE,
    Action.MARK_MINOR,
    Action.ORDER,
    Action.IMPORT,
    Action.EDIT_FILE,
}
_TRANSLATE = frozenset({Action.SEE, Action.EDIT, Action.SUBMIT, Action.EXPORT, Action.IMPORT})

ROLES: tuple[Role, ...] = (
    Role(
        "site-administrator",
        _("Site administrator"),
        Needs.NOTHING,
        everywhere=frozenset(
            {Action.ACCOUNTS, Action.ASSIGN, Action.SETTINGS, Action.REDIRECTS, Action.REPORTS, Action.AUDIT}
        ),
        second_factor=True,
    ),
    Role("national-editor", _("National editor"), Needs.NOTHING, own=_WRITE | {Action.ORDER}),
    Role(
        "national-publisher",
        _("National publisher"),
        Needs.NOTHING,
        own=_PUBLISH,
        everywhere=frozenset({Action.WITHDRAW, Action.TAKE_OVER, Action.SETTINGS}),
        second_factor=True,
    ),
    Role("county-editor", _("County editor"), Needs.COUNTY, own=_WRITE),
    Role(
        "county-publisher",
        _("County publisher"),
        Needs.COUNTY,
        own=_PUBLISH | {Action.ASSIGN, Action.AUDIT},
        second_factor=True,
    ),
    Role("translator", _("Translator"), Needs.LANGUAGE, own=_TRANSLATE),
    Role(
        "reviewer",
        _("Reviewer"),
        Needs.LANGUAGE,
        own=_TRANSLATE | {Action.PUBLISH, Action.UNPUBLISH, Action.MODERATE},
        second_factor=True,
    ),
    Role("analyst", _("Analyst"), Needs.NOTHING, everywhere=frozenset({Action.REPORTS, Action.AUDIT})),
)

BY_KEY: dict[str, Role] = {role.key: role for role in ROLES}


def role_choices() -> list[tuple[str, str | Promise]]:
    """The roles as choices of a field, which takes the function itself: a new role needs no migration."""
    return [(role.key, role.name) for role in ROLES]
