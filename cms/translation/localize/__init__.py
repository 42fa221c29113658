"""The only package that touches wagtail-localize's internals."""

from __future__ import annotations

from cms.translation.localize.drafts import (
    Draft,
    draft_of,
    forget,
    is_translation,
    note_errors,
    note_saved,
    published_texts,
    synchronised_fields,
    to_translation,
)
from cms.translation.localize.joining import Join, Source, is_joined, join
from cms.translation.localize.segments import (
    Address,
    Earlier,
    Place,
    Unit,
    Written,
    addresses_of,
    ensure_translation,
    left_of,
    mark_read,
    open_translations,
    places_of,
    progress_of,
    units_of,
    write,
    write_address,
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
    "is_joined",
    "is_translation",
    "join",
    "left_of",
    "mark_read",
    "note_errors",
    "note_saved",
    "open_translations",
    "places_of",
    "progress_of",
    "published_texts",
    "synchronised_fields",
    "to_translation",
    "units_of",
    "write",
    "write_address",
]
