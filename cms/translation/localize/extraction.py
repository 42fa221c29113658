"""The segments of a page, as wagtail-localize extracts them."""

from __future__ import annotations

from typing import Any

from django.db import models
from wagtail import blocks
from wagtail.blocks.list_block import ListValue
from wagtail.blocks.stream_block import StreamValue
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail_localize.segments.extract import extract_segments

_TEXTS = (blocks.CharBlock, blocks.TextBlock, blocks.URLBlock, blocks.EmailBlock)


def segments_of(page: Page) -> list[Any]:
    """The page's segments.

    A text that a block lacks is an empty one: wagtail-localize fails at ``None``. Lines end as they do
    in files: a browser's form sends two characters, and the text would be another for that alone.
    """
    for field in page._meta.get_fields():
        if isinstance(field, StreamField):
            _fill(getattr(page, field.name))
        elif isinstance(field, models.CharField | models.TextField) and isinstance(getattr(page, field.attname), str):
            setattr(page, field.attname, _lines(getattr(page, field.attname)))
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
            if isinstance(block, _TEXTS):
                value[name] = _lines(value.get(name) or "")
            else:
                _fill(value.get(name))


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n")
