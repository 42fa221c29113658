"""The seam where Wagtail asks what a user may do with a page: the policy answers.

Wagtail's own rules on a page's state (locks, live pages below, a task under way) stay as they are.
"""

from __future__ import annotations

from typing import Any

from wagtail.models import PagePermissionTester

from cms.access.actions import Action
from cms.access.permissions import PAGE_ACTIONS
from cms.access.policy import decide

_WAGTAIL_NAMES = ("add", "change", "publish", "lock", "unlock")


class RolePagePermissionTester(PagePermissionTester):
    """Wagtail's tester, with what the policy allows in place of group permissions.

    Wagtail lets whoever may publish delete, move and hide pages. A reviewer publishes translations;
    which pages there are, and who sees them, is not hers to say.
    """

    def __init__(self, user: Any, page: Any) -> None:
        super().__init__(user, page)
        self.permissions = {name for name in _WAGTAIL_NAMES if decide(user, PAGE_ACTIONS[name], page)}

    def _may(self, action: Action) -> bool:
        return bool(decide(self.user, action, self.page))

    def _locked_by_another(self) -> bool:
        # Of Wagtail's locks this one alone is a person's, and costs no query in a listing.
        return bool(self.page.locked and not self.user_has_lock())

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        if not self._may(Action.DELETE) or self._locked_by_another():
            return False
        if self.page.is_leaf() and "change" in self.permissions and "publish" not in self.permissions:
            # What Wagtail asks the database for each row of a list: whether she would take something published away.
            return not self.page.live
        return super().can_delete(ignore_bulk=ignore_bulk)

    def can_move(self) -> bool:
        return self._may(Action.MOVE) and not self._locked_by_another() and super().can_move()

    def can_unpublish(self) -> bool:
        return self._may(Action.UNPUBLISH) and super().can_unpublish()

    def can_submit_for_moderation(self) -> bool:
        return self._may(Action.SUBMIT) and bool(super().can_submit_for_moderation())

    def can_set_view_restrictions(self) -> bool:
        return self._may(Action.RESTRICT) and super().can_set_view_restrictions()

    def can_reorder_children(self) -> bool:
        return self._may(Action.MOVE) and super().can_reorder_children()

    def can_view_revisions(self) -> bool:
        return self._may(Action.SEE) and super().can_view_revisions()


class StructuralPagePermissionTester(RolePagePermissionTester):
    """For the pages that hold the trees up: the roots and the counties' pages.

    Their text may be edited and published; they cannot be deleted, moved or copied by anybody,
    because permissions, addresses and the translations' trees hang on them. Taking them off the site
    would take off all that lies below, so that too is for nobody but a superuser.
    """

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        return False

    def can_move(self) -> bool:
        return False

    def can_copy(self) -> bool:
        return False

    def can_copy_to(self, destination: object, recursive: bool = False) -> bool:
        return False

    def can_move_to(self, destination: object) -> bool:
        return False

    def can_set_view_restrictions(self) -> bool:
        return False

    def can_unpublish(self) -> bool:
        return bool(self.user.is_superuser) and super().can_unpublish()
