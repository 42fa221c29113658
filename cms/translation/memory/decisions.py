"""Who may read the memory of which language, and who may take a text out of it."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from cms.access.actions import Action
from cms.access.policy import Allowed, Decision, Denied, decide, scopes_for
from cms.access.scopes import Scope
from cms.languages.registry import CODES, SOURCE
from cms.translation.memory.models import MemoryEntry


def readable(user: Any) -> list[str]:
    """The languages that the user translates into, for the nation or for a county, in the site's order."""
    targets = [code for code in CODES if code != SOURCE]
    if user.is_superuser:
        return targets
    own = {scope.language for scope in scopes_for(user, Action.EDIT)}
    return [code for code in targets if code in own]


def may_read(user: Any) -> Decision:
    """Whether the user translates into any language."""
    if readable(user):
        return Allowed()
    return Denied(Action.EDIT, because=_("The translation memory is for those who translate."))


def may_forget(user: Any, entry: MemoryEntry) -> Decision:
    """Whether the user is a reviewer of the text's language, for the nation or for the county whose text it is."""
    return decide(user, Action.PUBLISH, Scope(entry.language)) or decide(user, Action.PUBLISH, entry)
