"""The doors of the files: each view asks again, for every page that its file is of."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from cms.access.actions import Action
from cms.access.doors.rules import Rule, somewhere
from cms.access.policy import Allowed, Decision, Denied, decide, may_somewhere
from cms.translation.exchange.models import ImportBatch
from cms.translation.models import TranslationRecord


def _record(request: HttpRequest, kwargs: dict[str, Any]) -> Decision:
    """Sending out the translation that the address names."""
    record = TranslationRecord.objects.select_related("source").filter(pk=kwargs["record_id"]).first()
    return Denied(Action.EXPORT) if record is None else decide(request.user, Action.EXPORT, record)


def _batch(request: HttpRequest, kwargs: dict[str, Any]) -> Decision:
    """One's own file, for as long as there is anything that one may import into."""
    user: Any = request.user
    if ImportBatch.objects.filter(pk=kwargs["batch_id"], user=user).exists():
        return may_somewhere(user, Action.IMPORT)
    return Denied(Action.IMPORT)


def _either(request: HttpRequest, kwargs: dict[str, Any]) -> Decision:
    """Whoever may send out or take in somewhere."""
    decision = may_somewhere(request.user, Action.EXPORT)
    return Allowed() if decision else may_somewhere(request.user, Action.IMPORT)


_PREFIX = "translation_exchange_"
DOORS: dict[str, Rule] = {
    f"{_PREFIX}index": _either,
    f"{_PREFIX}record": _record,
    f"{_PREFIX}order": somewhere(Action.EXPORT),
    f"{_PREFIX}language": somewhere(Action.EXPORT),
    f"{_PREFIX}upload": somewhere(Action.IMPORT),
    f"{_PREFIX}batch": _batch,
    f"{_PREFIX}confirm": _batch,
    f"{_PREFIX}undo": _batch,
}
