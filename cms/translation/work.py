"""Writing a translation's texts: the one way for the room, files, the memory and machines.

Whoever calls has asked the policy who may edit; whether the texts may be changed now is asked here,
with the record held. Nothing here publishes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from cms.access.actions import Action
from cms.access.policy import decide
from cms.translation.localize import Unit, Written, ensure_translation, units_of, write
from cms.translation.markup import tags_of, to_html
from cms.translation.models import Origin, TextVersion, TranslationRecord
from cms.translation.records import refresh


@dataclass(frozen=True, slots=True)
class NewText:
    """A text for a unit, in the numbered form of :mod:`cms.translation.markup`.

    ``expected``: the text (inline HTML) that the writer saw there, ``""`` for none; ``None`` to
    write over whatever is there.
    """

    unit: str
    coded: str
    origin: Origin = Origin.TYPED
    expected: str | None = None
    tool: str = ""


@dataclass(frozen=True, slots=True)
class Refused:
    """A text that was not written, and why, for people. ``code`` is for programs: ``unknown``,
    ``conflict``, ``tags``, ``closed``. ``current`` is the unit as somebody else left it."""

    unit: str
    code: str
    reason: str
    current: Unit | None = None


def why_closed(record: TranslationRecord, user: Any) -> str:
    """Why ``user`` may write none of the translation's texts now, for people; empty where she may.

    While it is in review what was sent stands still for all but those who decide on it.
    """
    if record.in_review and not decide(user, Action.MODERATE, record):
        return _("This translation is in review. Nothing can be changed until it is decided on.")
    page = record.page
    if page is not None and page.locked and (user is None or page.locked_by_id != user.pk):
        return _("The page is locked. Nothing can be changed.")
    return ""


@transaction.atomic
def save_texts(record: TranslationRecord, texts: list[NewText], user: Any) -> list[Refused]:
    """Write the texts, each or not at all, and say which were refused. An empty one takes its text away.

    The same queries for one and for many. A text that is what is there already makes no history,
    but a machine's text that a person writes again is hers from then on.
    """
    # The source is read after the record is held: what is published meanwhile counts.
    record = TranslationRecord.objects.select_for_update(of=("self",)).select_related("page").get(pk=record.pk)
    closed = why_closed(record, user)
    if closed:
        return [Refused(text.unit, "closed", closed) for text in texts]
    units = {unit.id: unit for unit in units_of(record.source_id, record.language, earlier=False)}
    if ensure_translation(record.source_id, record.language) is None:
        reason = _("This translation is written by hand: its page is not built as the original is.")
        return [Refused(text.unit, "closed", reason) for text in texts]
    refused: list[Refused] = []
    written: list[Written] = []
    versions: list[TextVersion] = []
    for text in texts:
        unit = units.get(text.unit)
        if unit is None:
            refused.append(
                Refused(text.unit, "unknown", _("The original has no such text; it may have changed since."))
            )
            continue
        if text.expected is not None and text.expected != (unit.text or ""):
            refused.append(Refused(text.unit, "conflict", _("Somebody else has changed this text meanwhile."), unit))
            continue
        try:
            html = to_html(text.coded, tags_of(unit.source)) if text.coded.strip() else ""
        except ValidationError as error:
            refused.append(Refused(text.unit, "tags", " ".join(error.messages)))
            continue
        is_machine = text.origin == Origin.MACHINE
        if html == (unit.text or "") and is_machine == unit.is_machine:
            continue
        written.append(Written(unit.id, html, is_machine, text.tool))
        if html != (unit.text or ""):
            versions.append(
                TextVersion(
                    record=record,
                    path=unit.path,
                    source_text=unit.source,
                    text=html,
                    origin=text.origin,
                    user=user,
                )
            )
    if written:
        write(record.language, written, user)
        TextVersion.objects.bulk_create(versions)
        refresh(record.source, [record])
    return refused
