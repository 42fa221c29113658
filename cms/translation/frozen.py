"""What translators work on: the source's texts as they were published last, or as its held draft says."""

from __future__ import annotations

from typing import Any

from wagtail.models import Page

from cms.translation.localize import Place, Source, places_of
from cms.translation.localize.segments import arrangement_of, carry_over
from cms.translation.models import Hold


def freeze(page: Page, *, minor: bool = False) -> tuple[list[Place], list[Place], list[tuple[Place, Place]], str]:
    """Let translators work on what this page, or this draft, says; what was only moved keeps its translations.

    Returns the texts of before and of now, those of them that answer each other, and the arrangement. In a
    minor edit a new text answers the one that stood there.
    """
    before = places_of(page.translation_key)
    source = Source(page)
    source.freeze()
    now = places_of(page.translation_key)
    pairs = _pairs(before, now, minor=minor)
    carry_over([(old.unit, new.unit) for old, new in pairs])
    return before, now, pairs, arrangement_of(source.pieces)


def held_draft(translation_key: Any) -> Page | None:
    """The source's draft that waits for its translations: while it does, it is what translators work on."""
    held = Hold.objects.filter(source_id=translation_key, ended_at=None).select_related("revision").first()
    return held.revision.as_object() if held is not None else None


def _pairs(before: list[Place], now: list[Place], *, minor: bool) -> list[tuple[Place, Place]]:
    """What answers what of before: a text that was moved within its page, and in a minor edit what stood there."""
    known = {place.unit for place in before}
    here = {place.unit for place in now}
    by_text = {place.text: place for place in reversed(before)}
    gone: dict[str, list[Place]] = {}
    for place in before:
        if place.unit not in here:
            gone.setdefault(place.path, []).append(place)
    pairs = []
    for place in now:
        if place.unit in known:
            continue
        old = by_text.get(place.text)
        if old is None and minor and gone.get(place.path):
            old = gone[place.path].pop(0)
        if old is not None:
            pairs.append((old, place))
    return pairs
