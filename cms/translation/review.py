"""What a reviewer decides on: the texts that were sent beside those that are published, with their faults."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Page, Revision, TaskState

from cms.access.models.moderation import may_moderate
from cms.translation.checks import Finding, errors_of
from cms.translation.holds import open_hold
from cms.translation.localize import (
    Unit,
    draft_of,
    is_translation,
    note_saved,
    published_texts,
    to_translation,
    units_of,
)
from cms.translation.models import TextVersion, TranslationRecord
from cms.translation.records import note_basis, record_of


@dataclass(slots=True)
class Line:
    """A text: the source's, the published one in the same place (``None``: none), and the one that was sent."""

    unit: Unit
    published: str | None
    errors: list[Finding] = field(default_factory=list)

    @property
    def is_changed(self) -> bool:
        return self.published != self.unit.text


def lines_of(record: TranslationRecord) -> list[Line]:
    """All the texts in their order; what differs from the published page is said of each."""
    published = published_texts(record.page) if record.live and record.page is not None else {}
    units = units_of(record.source_id, record.language, earlier=False)
    errors: dict[str, list[Finding]] = {}
    for unit, finding in errors_of(record, units):
        errors.setdefault(unit.id, []).append(finding)
    taken: dict[str, int] = {}
    lines = []
    for unit in units:
        texts = published.get(unit.path, [])
        number = taken.get(unit.path, 0)
        taken[unit.path] = number + 1
        # The same text elsewhere in its place is unchanged too: a paragraph may have come before it.
        same = unit.text if unit.text in texts else texts[number] if number < len(texts) else None
        lines.append(Line(unit, same, errors.get(unit.id, [])))
    return lines


def task_of(page: Page) -> TaskState:
    """The page's open task. Raises ``ValidationError`` where there is none."""
    state = page.current_workflow_task_state
    if state is None or state.status != TaskState.STATUS_IN_PROGRESS:
        raise ValidationError(_("This translation is not in review any more. Nothing was changed."))
    return state


@transaction.atomic
def approve(record: TranslationRecord, user: Any, comment: str = "") -> None:
    """Approve what was sent, with what was corrected since, and publish it.

    Raises ``PermissionDenied``; ``ValidationError`` where it is not in review, is locked, or a check
    finds an error.
    """
    page = _page(record, user)
    state = task_of(page)
    refuse_errors(record)
    translation = to_translation(page)
    if translation is None:
        raise PermissionDenied
    draft, sent = draft_of(translation), page.get_latest_revision()
    if _said(draft.page) != _said(sent.as_object()):
        if not (draft.missing and _source_changed(record, sent)):
            # The reviewer's own corrections: what is published is what she saw.
            revision = draft.page.save_revision(user=user, log_action=True)
            note_saved(translation, revision)
            note_basis(page, revision)
        elif TextVersion.objects.filter(record=record, created_at__gt=sent.created_at).exists():
            raise ValidationError(
                _("The original was changed after this was sent. Translate what is new, or send it back.")
            )
        # Else what was sent is published: built anew, the page would say in Swedish what the original says since.
    state.task.specific.on_action(state, user, "approve", comment=comment)


@transaction.atomic
def send_back(record: TranslationRecord, user: Any, comment: str) -> None:
    """Ask the translator for changes. Raises as :func:`approve` does, and where nothing is said."""
    page = _page(record, user)
    state = task_of(page)
    if not comment.strip():
        raise ValidationError(_("Say what should be changed."))
    state.task.specific.on_action(state, user, "reject", comment=comment.strip())


def refuse_errors(record: TranslationRecord) -> None:
    """Raise ``ValidationError`` where the original is not published, or a check finds an error in the texts of now."""
    if not record.source.live:
        raise ValidationError(_("The original is not published. Nothing was changed."))
    found = errors_of(record)
    if found:
        raise ValidationError(
            [
                _("“%(text)s”: %(fault)s") % {"text": (unit.text or "")[:60], "fault": fault.message}
                for unit, fault in found
            ]
        )


def refuse_page(page: Page) -> None:
    """Raise ``PermissionDenied`` with a sentence where :func:`refuse_errors` refuses the page's texts.

    A page that is written by hand has no texts but its own.
    """
    record = record_of(page) if is_translation(page) else None
    if record is None:
        return
    try:
        refuse_errors(record)
    except ValidationError as error:
        raise PermissionDenied(" ".join(error.messages)) from error


def refuse_held(page: Page) -> None:
    """Raise ``PermissionDenied`` where the page's draft says what its source's held draft does: it waits for it."""
    record = record_of(page)
    held = open_hold(record.source_id) if record is not None else None
    revision = page.get_latest_revision() if held is not None else None
    if held is not None and revision is not None and revision.created_at >= held.created_at:
        raise PermissionDenied(
            _("“%(title)s” waits for its original, and is published together with it.") % {"title": page.title}
        )


def _page(record: TranslationRecord, user: Any) -> Page:
    page = record.page
    if page is None:
        raise ValidationError(_("This translation is not in review any more. Nothing was changed."))
    if not may_moderate(user, page):
        raise PermissionDenied
    if page.locked and page.locked_by_id != user.pk:
        raise ValidationError(_("Another person has locked this page. Nothing was changed."))
    return page.specific


def _source_changed(record: TranslationRecord, sent: Revision) -> bool:
    held = open_hold(record.source_id)
    moments = (record.source.changed_at, held.created_at if held is not None else None)
    return any(moment is not None and moment > sent.created_at for moment in moments)


def _said(page: Page) -> dict[str, Any]:
    """The page's content as far as a translation says it."""
    data = page.serializable_data()
    return {
        name: data.get(name) for name in ("title", "search_description", "body", "alternative_titles", "search_words")
    }
