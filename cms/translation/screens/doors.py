"""The doors of the queue, orders, review and held publications."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from cms.access.actions import Action
from cms.access.doors.rules import Rule, everybody, page, somewhere
from cms.access.models.moderation import may_moderate
from cms.access.policy import Allowed, Decision, decide
from cms.translation.models import TranslationRecord


def on_record(action: Action) -> Rule:
    """The action on the translation whose record the address names. That there is none is the view's to say."""

    def rule(request: HttpRequest, kwargs: dict[str, Any]) -> Decision:
        record = TranslationRecord.objects.select_related("source").filter(pk=kwargs["record_id"]).first()
        return decide(request.user, action, record) if record is not None else Allowed()

    return rule


def _reviewing(request: HttpRequest, kwargs: dict[str, Any]) -> Decision:
    """Who may decide on what was sent, those of the next level too."""
    record = TranslationRecord.objects.select_related("source", "page").filter(pk=kwargs["record_id"]).first()
    if record is None:
        return Allowed()
    if record.page is None:
        return decide(request.user, Action.MODERATE, record)
    return may_moderate(request.user, record.page)


DOORS: dict[str, Rule] = {
    "translation_queue": everybody,
    "translation_order": somewhere(Action.ORDER),
    "translation_orders": somewhere(Action.ORDER),
    "translation_order_detail": somewhere(Action.ORDER),
    "translation_send": on_record(Action.SUBMIT),
    "translation_publish": on_record(Action.PUBLISH),
    "translation_review": _reviewing,
    "translation_hold": page(Action.PUBLISH),
}
