"""The doors of the memory's addresses."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from cms.access.actions import Action
from cms.access.doors.rules import Rule
from cms.access.policy import Decision, decide
from cms.access.scopes import Scope
from cms.translation.memory.decisions import may_forget, may_read
from cms.translation.memory.models import MemoryEntry


def _reading(request: HttpRequest, kwargs: dict[str, Any]) -> Decision:
    return may_read(request.user)


def _of_language(action: Action) -> Rule:
    """The action on the whole language that the address names."""
    return lambda request, kwargs: decide(request.user, action, Scope(kwargs["language"]))


def _forgetting(request: HttpRequest, kwargs: dict[str, Any]) -> Decision:
    entry = MemoryEntry.objects.filter(pk=kwargs["pk"]).first()
    # Where there is none, who may forget nothing learns no numbers.
    return may_forget(request.user, entry) if entry else may_read(request.user)


DOORS: dict[str, Rule] = {
    "translation_memory_index": _reading,
    "translation_memory_export": _of_language(Action.EXPORT),
    "translation_memory_import": _of_language(Action.PUBLISH),
    "translation_memory_delete": _forgetting,
}
