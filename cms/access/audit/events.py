"""What the audit log records, as data."""

from __future__ import annotations

from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Event(StrEnum):
    """A kind of entry. The value is what the database keeps: it never changes."""

    # Signing in.
    SIGNED_IN = "signed-in"
    SIGNED_OUT = "signed-out"
    SIGN_IN_FAILED = "sign-in-failed"
    LOCKED_OUT = "locked-out"
    PASSWORD_CHANGED = "password-changed"  # noqa: S105  (a kind of entry)
    PASSWORD_RESET = "password-reset"  # noqa: S105  (a kind of entry)
    SECOND_FACTOR_ADDED = "second-factor-added"
    SECOND_FACTOR_REMOVED = "second-factor-removed"
    # Accounts and roles.
    INVITED = "invited"
    INVITATION_TAKEN_BACK = "invitation-taken-back"
    ACCOUNT_CREATED = "account-created"
    ACCOUNT_CHANGED = "account-changed"
    ACCOUNT_OPENED = "account-opened"
    ACCOUNT_CLOSED = "account-closed"
    ACCOUNT_DELETED = "account-deleted"
    ROLE_GIVEN = "role-given"
    ROLE_CHANGED = "role-changed"
    ROLE_TAKEN = "role-taken"
    # Pages.
    CREATED = "created"
    COPIED = "copied"
    TRANSLATION_BEGUN = "translation-begun"
    TRANSLATION_ORDERED = "translation-ordered"
    PUBLISHED = "published"
    PUBLISH_SCHEDULED = "publish-scheduled"
    SCHEDULE_CANCELLED = "schedule-cancelled"
    UNPUBLISHED = "unpublished"
    WITHDRAWN = "withdrawn"
    MOVED = "moved"
    RENAMED = "renamed"
    REORDERED = "reordered"
    REVERTED = "reverted"
    CONVERTED = "converted"
    DELETED = "deleted"
    LOCKED = "locked"
    UNLOCKED = "unlocked"
    RESTRICTED = "restricted"
    UNRESTRICTED = "unrestricted"
    # Moderation.
    SUBMITTED = "submitted"
    APPROVED = "approved"
    REJECTED = "rejected"
    RESUBMITTED = "resubmitted"
    MODERATION_CANCELLED = "moderation-cancelled"
    # Pictures and documents.
    FILE_ADDED = "file-added"
    FILE_CHANGED = "file-changed"
    FILE_DELETED = "file-deleted"
    # The site.
    SETTINGS_CHANGED = "settings-changed"
    EXPORTED = "exported"
    IMPORTED = "imported"
    DRIFT_FOUND = "drift-found"
    DRIFT_MENDED = "drift-mended"
    PURGED = "purged"

    @property
    def label(self) -> str | Promise:
        """What the kind is called in lists."""
        return LABELS[self]


LABELS: dict[Event, str | Promise] = {
    Event.SIGNED_IN: _("signed in"),
    Event.SIGNED_OUT: _("signed out"),
    Event.SIGN_IN_FAILED: _("sign-in failed"),
    Event.LOCKED_OUT: _("locked out after failed sign-ins"),
    Event.PASSWORD_CHANGED: _("password changed"),
    Event.PASSWORD_RESET: _("password reset by mail"),
    Event.SECOND_FACTOR_ADDED: _("second factor added"),
    Event.SECOND_FACTOR_REMOVED: _("second factor removed"),
    Event.INVITED: _("invited"),
    Event.INVITATION_TAKEN_BACK: _("invitation taken back"),
    Event.ACCOUNT_CREATED: _("account created"),
    Event.ACCOUNT_CHANGED: _("account changed"),
    Event.ACCOUNT_OPENED: _("account opened"),
    Event.ACCOUNT_CLOSED: _("account closed"),
    Event.ACCOUNT_DELETED: _("account deleted"),
    Event.ROLE_GIVEN: _("role given"),
    Event.ROLE_CHANGED: _("role changed"),
    Event.ROLE_TAKEN: _("role taken away"),
    Event.CREATED: _("page created"),
    Event.COPIED: _("page copied"),
    Event.TRANSLATION_BEGUN: _("page made for translation"),
    Event.TRANSLATION_ORDERED: _("translation ordered"),
    Event.PUBLISHED: _("published"),
    Event.PUBLISH_SCHEDULED: _("publishing scheduled"),
    Event.SCHEDULE_CANCELLED: _("schedule cancelled"),
    Event.UNPUBLISHED: _("unpublished"),
    Event.WITHDRAWN: _("withdrawn with a reason"),
    Event.MOVED: _("page moved"),
    Event.RENAMED: _("title changed"),
    Event.REORDERED: _("order of pages changed"),
    Event.REVERTED: _("earlier version taken back"),
    Event.CONVERTED: _("page converted"),
    Event.DELETED: _("page deleted"),
    Event.LOCKED: _("page locked"),
    Event.UNLOCKED: _("page unlocked"),
    Event.RESTRICTED: _("readers restricted"),
    Event.UNRESTRICTED: _("restriction of readers lifted"),
    Event.SUBMITTED: _("sent for moderation"),
    Event.APPROVED: _("approved"),
    Event.REJECTED: _("changes requested"),
    Event.RESUBMITTED: _("sent for moderation again"),
    Event.MODERATION_CANCELLED: _("moderation cancelled"),
    Event.FILE_ADDED: _("file added"),
    Event.FILE_CHANGED: _("file changed"),
    Event.FILE_DELETED: _("file deleted"),
    Event.SETTINGS_CHANGED: _("settings changed"),
    Event.EXPORTED: _("exported"),
    Event.IMPORTED: _("imported"),
    Event.DRIFT_FOUND: _("rights found that no role gives"),
    Event.DRIFT_MENDED: _("rights made what the roles say"),
    Event.PURGED: _("old entries deleted"),
}

#: Where nobody is signed in, so that the lack of an actor does not mean a command.
ANONYMOUS = frozenset({Event.SIGN_IN_FAILED, Event.LOCKED_OUT, Event.PASSWORD_RESET})


def event_choices() -> list[tuple[str, str | Promise]]:
    """The kinds as choices of a field, which takes the function itself: a new kind needs no migration."""
    return [(event.value, event.label) for event in Event]
