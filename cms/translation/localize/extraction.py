"""The segments of a page, as wagtail-localize extracts them."""

from __future__ import annotations

from typing import Any

from wagtail import blocks
from wagtail.blocks.list_block import ListValue
from wagtail.blocks.stream_block import StreamValue
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail_localize.segments.extract import extract_segments

_TEXTS = (blocks.CharBlock, blocks.TextBlock, blocks.URLBlock, blocks.EmailBlock)


def segments_of(page: Page) -> list[Any]:
    """The page's segments. A text that a block lacks is an empty one: wagtail-localize fails at ``None``."""
    for field in page._meta.get_fields():
        if isinstance(field, StreamField):
            _fill(getattr(page, field.name))
    found: list[Any] = extract_segments(page)
    return found


def _fill(value: Any) -> None:
    if isinstance(value, StreamValue):
        for child in value:
            _fill(child.value)
    elif isinstance(value, ListValue):
        for item in value.bound_blocks:
            _fill(item.value)
    elif isinstance(value, blocks.StructValue):
        for name, block in value.block.child_blocks.items():
            if value.get(name) is None and isinstance(block, _TEXTS):
                value[name] = ""
            else:
                _fill(value.get(name))
