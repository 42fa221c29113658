"""The only package that touches wagtail-localize's internals."""

from __future__ import annotations

from cms.translation.localize.drafts import Draft, draft_of, is_translation, note_errors, note_saved, to_translation
from cms.translation.localize.joining import Join, Source, join, refresh, translation_scope
from cms.translation.localize.overrides import is_choice

__all__ = [
    "Draft",
    "Join",
    "Source",
    "draft_of",
    "is_choice",
    "is_translation",
    "join",
    "note_errors",
    "note_saved",
    "refresh",
    "to_translation",
    "translation_scope",
]
