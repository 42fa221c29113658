"""Blocks as the database keeps them, and the format's plain values, both ways."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Any

from pages.content.body import merged
from pages.content.document import Block
from pages.content.html import from_html, to_html
from pages.content.inline import is_outside
from pages.content.richtext import plain, plain_lines
from pages.content.schema import Choice, Group, Listing, PagePath, Picture, Rich, Shape, groups
from pages.content.site import Site
from pages.content.tables import canonical_table

Raw = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Names:
    """What text and pictures refer to.

    ``picture`` gives a picture's name in the document from its id, ``None`` where its file is gone;
    ``picture_id`` the other way.
    """

    site: Site
    picture: Callable[[int], str | None]
    picture_id: Callable[[str], int]
    published_only: bool = False

    def as_published(self) -> Names:
        """The same for what the public sees: links to pages that are not published are none."""
        return replace(self, published_only=True)

    def path_of(self, pk: int) -> str | None:
        """The path of a page that text refers to; ``None`` where there is none."""
        path = self.site.path_of(pk)
        return None if path is None or (self.published_only and not self.site.is_public(path)) else path

    def canonical(self, html: str) -> str:
        """What the database keeps as canonical HTML; links that lead nowhere are plain text."""
        return to_html(from_html(html, self._href))

    def _href(self, attrs: dict[str, str]) -> str:
        if attrs.get("linktype") == "page":
            path = self.path_of(int(attrs["id"])) if attrs.get("id", "").isdigit() else None
            return "" if path is None else f"/{path}"
        href = attrs.get("href", "")
        return href if is_outside(href) else ""


# --- from the database -----------------------------------------------------------------------------


def blocks_of(raw: Iterable[Raw], names: Names) -> tuple[Block, ...]:
    """The blocks as the format says them. A picture without its file, and an empty table, are left out."""
    found = []
    for item in raw:
        block = block_of(item, names)
        if block:
            found.append(block)
    return merged(found)


def block_of(item: Raw, names: Names) -> Block | None:
    """One block of the database; ``None`` where there is nothing to say."""
    kind, value = item["type"], item["value"]
    if kind == "text":
        return Block(kind, {"text": names.canonical(value or "")})
    if kind == "table":
        table = canonical_table(
            [[str(cell or "") for cell in row] for row in (value or {}).get("data") or []],
            header_row=bool((value or {}).get("first_row_is_table_header")),
            header_column=bool((value or {}).get("first_col_is_header")),
            caption=(value or {}).get("table_caption") or "",
        )
        return Block(kind, table) if table["rows"] else None
    if kind not in groups():
        return None
    known = _value(groups()[kind], value or {}, names)
    empty = (kind == "picture" and not known["image"]) or (kind == "quote" and not known["text"])
    return None if empty else Block(kind, known)


def _value(shape: Shape, raw: Any, names: Names) -> Any:
    if isinstance(shape, Group):
        given = raw or {}
        return {field.name: _value(field.shape, given.get(field.name), names) for field in shape.fields}
    if isinstance(shape, Listing):
        found = [_value(shape.item, _item_value(item), names) for item in raw or []]
        # A page that is gone is no longer among the related ones.
        return [value for value in found if value is not None]
    if isinstance(shape, Rich):
        return names.canonical(raw or "")
    if isinstance(shape, Picture):
        return (names.picture(int(raw)) if raw else None) or ""
    if isinstance(shape, PagePath):
        return names.path_of(int(raw)) if raw else None
    if isinstance(shape, Choice):
        text = str(raw or "")
        return text if text in shape.values else shape.values[0]
    return plain_lines(str(raw or "")) if shape.lines else plain(str(raw or ""))


def _item(item: Any) -> Raw | None:
    """An item with its id; ``None`` for the bare values of long ago."""
    return item if isinstance(item, dict) and item.get("type") == "item" and item.get("id") else None


def _item_value(item: Any) -> Any:
    return item["value"] if isinstance(item, dict) and item.get("type") == "item" else item


# --- to the database -------------------------------------------------------------------------------


def raw_blocks(blocks: Sequence[Block], old: Sequence[Raw], names: Names) -> list[Raw]:
    """The blocks for the database. What did not change stays as it is, and what did keeps its id.

    The ids are what translations hang on: a block that gets a new one loses them.
    """
    before = [block_of(item, names) for item in old]
    keys = [block.key if block else "" for block in before]
    found = []
    for block, index in zip(blocks, _aligned(keys, [block.key for block in blocks], old, blocks), strict=True):
        if index is None:
            found.append(_raw_block(block, None, names))
        elif keys[index] == block.key:
            found.append(old[index])
        else:
            found.append(_raw_block(block, old[index], names))
    return found


def _aligned(keys: list[str], wanted: list[str], old: Sequence[Raw], blocks: Sequence[Block]) -> list[int | None]:
    """For each block the old one that it is, or was made from."""
    found: list[int | None] = [None] * len(wanted)
    for tag, start, end, first, last in SequenceMatcher(None, keys, wanted, autojunk=False).get_opcodes():
        if tag == "equal":
            found[first:last] = range(start, end)
        elif tag == "replace":
            left = list(range(start, end))
            for index in range(first, last):
                same_kind = next((number for number in left if old[number]["type"] == blocks[index].kind), None)
                found[index] = same_kind
                if same_kind is not None:
                    # In order: what was passed over is gone.
                    left = [number for number in left if number > same_kind]
    return found


def answering_blocks(blocks: Sequence[Block], source: Sequence[Raw], names: Names) -> list[Raw]:
    """A translation's blocks for the database, with the ids of the source's where kinds answer each other."""
    kinds, answers = [item["type"] for item in source], [block.kind for block in blocks]
    found: list[Raw | None] = [None] * len(blocks)
    for start, first, size in SequenceMatcher(None, kinds, answers, autojunk=False).get_matching_blocks():
        found[first : first + size] = source[start : start + size]
    return [_raw_block(block, item, names, by_place=True) for block, item in zip(blocks, found, strict=True)]


def _raw_block(block: Block, old: Raw | None, names: Names, *, by_place: bool = False) -> Raw:
    value: Any
    if block.kind == "text":
        value = names.site.stored(block.value["text"])
    elif block.kind == "table":
        value = _raw_table(block.value)
    else:
        value = _raw(groups()[block.kind], block.value, old["value"] if old else None, names, by_place)
    return {"type": block.kind, "value": value, "id": old["id"] if old else str(uuid.uuid4())}


def _raw_table(value: dict[str, Any]) -> dict[str, Any]:
    choices = {(True, True): "both", (True, False): "row", (False, True): "column", (False, False): "neither"}
    return {
        "data": value["rows"],
        "cell": [],
        "table_header_choice": choices[value["header_row"], value["header_column"]],
        "first_row_is_table_header": value["header_row"],
        "first_col_is_header": value["header_column"],
        "table_caption": value["caption"],
    }


def _raw(shape: Shape, value: Any, old: Any, names: Names, by_place: bool) -> Any:
    if isinstance(shape, Group):
        before = old or {}
        return {
            field.name: _raw(field.shape, value[field.name], before.get(field.name), names, by_place)
            for field in shape.fields
        }
    if isinstance(shape, Listing):
        items = [_item(item) for item in old or []]
        taken = items[: len(value)] if by_place else _taken(shape, value, old or [], names)
        return [
            {
                "type": "item",
                "value": _raw(shape.item, given, item["value"] if item else None, names, by_place),
                "id": item["id"] if item else str(uuid.uuid4()),
            }
            for given, item in zip_longest(value, taken)
        ]
    if isinstance(shape, Rich):
        return names.site.stored(value)
    if isinstance(shape, Picture):
        return names.picture_id(value)
    if isinstance(shape, PagePath):
        return names.site.id_of(value)
    return value


def _taken(shape: Listing, values: list[Any], old: list[Any], names: Names) -> list[Raw | None]:
    """For each value the old item that it is, or that stood in its place."""
    before = [str(_value(shape.item, _item_value(item), names)) for item in old]
    found: list[Raw | None] = [None] * len(values)
    matcher = SequenceMatcher(None, before, [str(value) for value in values], autojunk=False)
    for tag, start, end, first, last in matcher.get_opcodes():
        if tag in ("equal", "replace"):
            size = min(end - start, last - first)
            found[first : first + size] = [_item(item) for item in old[start : start + size]]
    return found
