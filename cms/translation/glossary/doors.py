"""The doors of the glossary: everybody with a role reads it, who may change it ``permissions`` says."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from cms.access.doors.rules import Rule, everybody
from cms.access.policy import Decision
from cms.translation.glossary.permissions import may_change, may_import


def _concept(request: HttpRequest, kwargs: dict[str, Any]) -> Decision:
    return may_change(request.user)


def _terms(request: HttpRequest, kwargs: dict[str, Any]) -> Decision:
    return may_change(request.user, kwargs["language"])


def _import(request: HttpRequest, kwargs: dict[str, Any]) -> Decision:
    return may_import(request.user)


DOORS: dict[str, Rule] = {
    "glossary_index": everybody,
    "glossary_concept": everybody,
    "glossary_export": everybody,
    "glossary_add": _concept,
    "glossary_edit": _concept,
    "glossary_terms": _terms,
    "glossary_import": _import,
    "glossary_import_preview": _import,
}
