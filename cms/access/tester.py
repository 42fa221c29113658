"""The seam where Wagtail asks what a user may do with a page."""

from __future__ import annotations

from wagtail.models import PagePermissionTester


class StructuralPagePermissionTester(PagePermissionTester):
    """For the pages that hold the trees up: the roots and the counties' pages.

    Their text may be edited and published; they cannot be deleted, moved or copied by anybody,
    because permissions, addresses and the translations' trees hang on them.
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
