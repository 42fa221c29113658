"""Fields."""

from __future__ import annotations

from typing import Any

from wagtail.blocks.stream_block import StreamValue
from wagtail.fields import StreamField


class BodyField(StreamField):
    """A StreamField whose migrations do not repeat the blocks.

    The database stores the same JSON whatever the blocks are, so a change of a block needs no migration.
    """

    def __init__(self, block_types: Any = (), **kwargs: Any) -> None:
        super().__init__(block_types or [], **kwargs)

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, path, _args, kwargs = super().deconstruct()
        kwargs.pop("block_lookup", None)
        return name, path, [], kwargs


def with_ids(body: Any) -> None:
    """Let the items of lists have ids from now on, where they were given without: translations know them by these."""
    if not isinstance(body, StreamValue):
        return
    for number, raw in enumerate(body.raw_data):
        if _lacks_ids(raw.get("value")):
            # Read, it is stored as it was read: with ids.
            body[number]


def _lacks_ids(value: Any) -> bool:
    if isinstance(value, dict):
        return any(_lacks_ids(child) for child in value.values())
    if isinstance(value, list):
        return any(not (isinstance(item, dict) and item.get("id")) or _lacks_ids(item) for item in value)
    return False
