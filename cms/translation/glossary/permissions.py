"""Who may change what: the terms of a language whoever publishes in it, a concept whoever publishes in Swedish."""

from __future__ import annotations

from typing import Any

from cms.access.actions import Action
from cms.access.policy import Decision, decide
from cms.access.scopes import Scope
from cms.languages.registry import CODES, SOURCE


def may_change(user: Any, language: str = SOURCE) -> Decision:
    """Whether ``user`` may change the terms of ``language``; in Swedish, the concepts too."""
    return decide(user, Action.PUBLISH, Scope(language))


def changeable(user: Any) -> list[str]:
    """The languages whose terms ``user`` may change."""
    return [code for code in CODES if may_change(user, code)]


def may_import(user: Any) -> Decision:
    """Whether there is any language in which a file of ``user``'s could change something."""
    decisions = [may_change(user, code) for code in CODES]
    return next((decision for decision in decisions if decision), decisions[0])
