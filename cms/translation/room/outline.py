"""Where in a page its texts stand, for people: by headings, with a name for each text below them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail import blocks
from wagtail.blocks.stream_block import StreamValue
from wagtail.fields import StreamField
from wagtail.models import Page


@dataclass(frozen=True, slots=True)
class Spot:
    """``group`` is the field or block that the text stands in (``key`` tells two of one name apart),
    ``label`` its place there, empty where there is but one.
    """

    key: str
    group: str
    label: str = ""


class Outline:
    """The spots of a page's texts, by their paths."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self._streams: dict[str, dict[str, tuple[int, Any]]] = {}

    def spot(self, path: str) -> Spot:
        """Where the path leads; its first part alone where the page has no such place any more."""
        name, *parts = path.split(".")
        try:
            field = self.page._meta.get_field(name)
        except FieldDoesNotExist:
            return Spot(name, name)
        if not isinstance(field, StreamField) or not parts:
            heading = _("Summary") if name == "search_description" else capfirst(str(field.verbose_name))
            return Spot(name, heading)
        found = self._blocks(name).get(parts[0])
        if found is None:
            return Spot(name, capfirst(str(field.verbose_name)))
        number, block = found
        heading = _("%(number)d. %(kind)s") % {"number": number, "kind": capfirst(str(block.block.label))}
        return Spot(f"{name}.{parts[0]}", heading, " · ".join(_names(block.block, block.value, parts[1:])))

    def _blocks(self, name: str) -> dict[str, tuple[int, Any]]:
        if name not in self._streams:
            value: StreamValue = getattr(self.page, name)
            self._streams[name] = {child.id: (number, child) for number, child in enumerate(value, start=1)}
        return self._streams[name]


def _names(block: Any, value: Any, parts: list[str]) -> list[str]:
    """The names on the way from a block to one of its texts; an item of a list is its number."""
    labels: list[str] = []
    for part in parts:
        if isinstance(block, blocks.StructBlock) and part in block.child_blocks:
            block, value = block.child_blocks[part], value[part]
            labels.append(capfirst(str(block.label)))
        elif isinstance(block, blocks.ListBlock):
            numbers = {child.id: (number, child) for number, child in enumerate(value.bound_blocks, start=1)}
            if part not in numbers:
                break
            number, child = numbers[part]
            block, value = block.child_block, child.value
            labels.append(str(number))
        else:
            break
    return labels
