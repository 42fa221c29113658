"""The only package that touches wagtail-localize's internals."""

from __future__ import annotations

from cms.translation.localize.drafts import (
    Draft,
    draft_of,
    forget,
    is_translation,
    note_errors,
    note_saved,
    synchronised_fields,
    to_translation,
)
from cms.translation.localize.joining import Join, Source, is_joined, join, translation_scope
from cms.translation.localize.overrides import is_choice
from cms.translation.localize.segments import (
    Address,
    Earlier,
    Place,
    Unit,
    Written,
    addresses_of,
    ensure_translation,
    open_translations,
    places_of,
    progress_of,
    units_of,
    write,
)

__all__ = [
    "Address",
    "Draft",
    "Earlier",
    "Join",
    "Place",
    "Source",
    "Unit",
    "Written",
    "addresses_of",
    "draft_of",
    "ensure_translation",
    "forget",
    "is_choice",
    "is_joined",
    "is_translation",
    "join",
    "note_errors",
    "note_saved",
    "open_translations",
    "places_of",
    "progress_of",
    "synchronised_fields",
    "to_translation",
    "translation_scope",
    "units_of",
    "write",
]
