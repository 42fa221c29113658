"""The seam where Wagtail asks what a user may do with a page."""

from __future__ import annotations

from wagtail.models import PagePermissionTester


class WriterPagePermissionTester(PagePermissionTester):
    """Wagtail's own, but only those who may write new pages here may take pages away.

    Wagtail lets whoever may publish delete, move and hide pages. A reviewer publishes translations;
    which pages there are, and who sees them, is not hers to say.
    """

    @property
    def _writes(self) -> bool:
        return bool(self.user.is_superuser or "add" in self.permissions)

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        return self._writes and super().can_delete(ignore_bulk=ignore_bulk)

    def can_move(self) -> bool:
        return self._writes and super().can_move()

    def can_set_view_restrictions(self) -> bool:
        return self._writes and super().can_set_view_restrictions()

    def can_reorder_children(self) -> bool:
        return self._writes and super().can_reorder_children()


class StructuralPagePermissionTester(PagePermissionTester):
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
