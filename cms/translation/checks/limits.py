"""How many characters fit where a text stands."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from wagtail import blocks
from wagtail.blocks.stream_block import StreamValue
from wagtail.fields import StreamField
from wagtail.models import Page


def limits_of(page: Page, paths: Iterable[str]) -> dict[str, int]:
    """By path, the most characters that the field or block of a specific page takes; unlimited ones are left out.

    A path that the page does not have any more has no limit.
    """
    found = {}
    for path in paths:
        limit = _limit(page, path)
        if limit:
            found[path] = limit
    return found


def _limit(page: Page, path: str) -> int | None:
    name, *parts = path.split(".")
    if not any(field.name == name for field in page._meta.get_fields()):
        return None
    model_field = page._meta.get_field(name)
    if not isinstance(model_field, StreamField):
        return getattr(model_field, "max_length", None)
    block = _block(getattr(page, name), parts)
    return getattr(getattr(block, "field", None), "max_length", None)


def _block(value: Any, parts: list[str]) -> Any:
    """The block on whose value the path leads; ``None`` where it leads nowhere, or into a rich text."""
    block = None
    for part in parts:
        child: Any = None
        if isinstance(value, StreamValue):
            child = next((one for one in value if one.id == part), None)
        elif isinstance(value, blocks.list_block.ListValue):
            child = next((one for one in value.bound_blocks if one.id == part), None)
        elif isinstance(value, blocks.StructValue) and part in value.bound_blocks:
            child = value.bound_blocks[part]
        if child is None:
            return None
        block, value = child.block, child.value
    return block
