"""The doors of the room: the translation that the address names."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from cms.access.actions import Action
from cms.access.doors.rules import Rule
from cms.access.policy import Decision, Denied
from cms.translation.models import TranslationRecord
from cms.translation.room.access import may_enter


def _record(request: HttpRequest, kwargs: dict[str, Any]) -> Decision:
    record = TranslationRecord.objects.select_related("source").filter(pk=kwargs["record_id"]).first()
    return Denied(Action.EDIT) if record is None else may_enter(request.user, record)


DOORS: dict[str, Rule] = dict.fromkeys(
    (
        "translation_room",
        "translation_room_preview",
        "translation_room_save",
        "translation_room_presence",
        "translation_room_unit",
        "translation_room_check",
        "translation_room_history",
        "translation_room_restore",
        "translation_room_identical",
        "translation_room_propagate",
        "translation_room_comment",
        "translation_room_resolve",
        "translation_room_dismiss",
        "translation_room_undismiss",
        "translation_room_address",
    ),
    _record,
)
