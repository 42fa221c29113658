"""Who may look at a translation in the room, and who may write there now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from wagtail.locks import WorkflowLock

from cms.access.actions import Action
from cms.access.policy import Decision, decide
from cms.translation.models import TranslationRecord


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether the texts may be written now; ``why_not`` is for people."""

    writes: bool
    why_not: str = ""


def may_enter(user: Any, record: TranslationRecord) -> Decision:
    """Whether the room's door opens: for who edits the translation, and for who decides on it."""
    decision = decide(user, Action.EDIT, record)
    return decision or decide(user, Action.MODERATE, record)


def standing_of(user: Any, record: TranslationRecord) -> Standing:
    """Asked of who may enter. While it is in review the text that was sent stands still for all but reviewers.

    At most four queries where there is a page, none where there is none yet.
    """
    if record.source.page_id is None:
        return Standing(False, _("The original has been deleted."))
    moderates = bool(decide(user, Action.MODERATE, record))
    if record.in_review:
        if not moderates:
            return Standing(False, _("This translation is in review. Nothing can be changed until it is decided on."))
    elif not decide(user, Action.EDIT, record):
        return Standing(False, _("It is not in review any more."))
    lock = record.page.get_lock() if record.page is not None else None
    # Who writes while a page is moderated is decided above.
    if lock is not None and not isinstance(lock, WorkflowLock) and lock.for_user(user):
        return Standing(False, _("The page is locked. Nothing can be changed."))
    return Standing(True)
