"""Whether two versions of a page say the same things in the same places, and which text answers which.

Knows nothing of how translations are stored: it compares what was extracted from the two versions.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from django.utils.translation import gettext as _
from wagtail import blocks
from wagtail.blocks.stream_block import StreamValue
from wagtail.fields import StreamField
from wagtail.models import Page

_LINK = re.compile(r'<a id="(a\d+)">')
_EDITOR_KEY = re.compile(r' data-block-key="[^"]*"')


class Kind(Enum):
    """What a piece of a page is to its translation."""

    TEXT = "text"
    #: The tags around the texts of a rich text.
    TEMPLATE = "template"
    #: What is the source's unless a translation says otherwise: an address, a picture.
    VALUE = "value"
    #: Something else that is translated itself.
    OBJECT = "object"


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a page: ``path`` names its place, ``data`` is its text, tags or value.

    A text's links are ``<a id="a1">``; ``links`` holds the attributes of each.
    """

    kind: Kind
    path: str
    data: Any
    order: int
    links: dict[str, dict[str, str]] = field(default_factory=dict)


@dataclass(slots=True)
class Pairs:
    """``texts``: each of the source's texts with its translation. ``values``: by path, what differs.

    ``missing``: fields that the target leaves empty; they wait for a translation.
    """

    texts: list[tuple[Piece, str]] = field(default_factory=list)
    values: dict[str, Any] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)


class Mismatch(Exception):  # noqa: N818  (not an error: a translation may be built in another way)
    """The versions don't answer each other; the message says where, for people."""


# --- the pages' build ------------------------------------------------------------------------------


def place(page: Page, path: str) -> str:
    """Where in the page a path leads, for people: ``block 3 (steps)``."""
    name, _dot, rest = path.partition(".")
    model_field = page._meta.get_field(name)
    if isinstance(model_field, StreamField):
        block_id = rest.partition(".")[0]
        for number, block in enumerate(getattr(page, name).raw_data, start=1):
            if block["id"] == block_id:
                return _block(number, block["type"])
    return str(model_field.verbose_name)


def _block(number: int, kind: str) -> str:
    return _("block %(number)d (%(kind)s)") % {"number": number, "kind": kind}


def field_path(page: Page, path: str) -> str:
    """The names of the field and blocks on the way to ``path``: ``body.steps.steps.item.title``."""
    name, *parts = path.split(".")
    names = [name]
    if isinstance(page._meta.get_field(name), StreamField):
        value: Any = getattr(page, name)
        for part in parts:
            if isinstance(value, StreamValue):
                block = next(child for child in value if child.id == part)
                names.append(block.block_type)
                value = block.value
            elif isinstance(value, blocks.StructValue):
                names.append(part)
                value = value[part]
            elif isinstance(value, blocks.list_block.ListValue):
                names.append("item")
                value = next(child for child in value.bound_blocks if child.id == part).value
            else:
                break
    return ".".join(names)


def check_build(source: Page, target: Page) -> None:
    """Raise ``Mismatch`` unless the blocks are of the same kinds in the same order, with the same ids.

    What no translation can change must be the same too: the level of a heading, a telephone number.
    """
    for model_field in source._meta.get_fields():
        if isinstance(model_field, StreamField):
            _check_stream(getattr(source, model_field.name), getattr(target, model_field.name))


def _check_stream(source: StreamValue, target: StreamValue) -> None:
    ours, theirs = source.raw_data, target.raw_data
    for number, (one, other) in enumerate(zip(ours, theirs, strict=False), start=1):
        if one["type"] != other["type"]:
            raise Mismatch(
                _("%(block)s is another kind of block than the source's (%(kind)s)")
                % {"block": _block(number, other["type"]), "kind": one["type"]}
            )
    if len(ours) != len(theirs):
        raise Mismatch(
            _("the number of blocks is %(here)d, the source's %(there)d") % {"here": len(theirs), "there": len(ours)}
        )
    for number, (one, other) in enumerate(zip(source, target, strict=True), start=1):
        if one.id != other.id or not _same_shape(one.block, one.value, other.value):
            raise Mismatch(
                _("%(block)s is built in another way than the source's") % {"block": _block(number, one.block_type)}
            )


def _same_shape(block: Any, source: Any, target: Any) -> bool:
    """Whether the values differ in nothing but what a translation may change."""
    if hasattr(block, "get_translatable_segments"):
        restored = block.restore_translated_segments(source, block.get_translatable_segments(target))
        return bool(restored == target)
    if isinstance(block, blocks.StructBlock):
        children = block.child_blocks.items()
        return all(_same_shape(child, source[name], target[name]) for name, child in children)
    if isinstance(block, blocks.ListBlock):
        ours, theirs = source.bound_blocks, target.bound_blocks
        return len(ours) == len(theirs) and all(
            one.id == other.id and _same_shape(block.child_block, one.value, other.value)
            for one, other in zip(ours, theirs, strict=True)
        )
    if _is_translatable(block):
        return True
    return bool(source == target)


def _is_translatable(block: Any) -> bool:
    return isinstance(
        block,
        blocks.CharBlock
        | blocks.TextBlock
        | blocks.RichTextBlock
        | blocks.URLBlock
        | blocks.EmailBlock
        | blocks.ChooserBlock,
    )


# --- the pages' texts ------------------------------------------------------------------------------


def without_keys(template: str) -> str:
    """The tags of a rich text without the keys that the page's editor gives its paragraphs."""
    return _EDITOR_KEY.sub("", template)


def _by_path(pieces: Iterable[Piece], kind: Kind) -> dict[str, list[Piece]]:
    found: dict[str, list[Piece]] = defaultdict(list)
    for piece in pieces:
        if piece.kind is kind:
            found[piece.path].append(piece)
    return found


def pair(source: Page, ours: list[Piece], theirs: list[Piece]) -> Pairs:
    """Which of the target's texts answers which of the source's. Raises ``Mismatch``."""
    pairs = Pairs()
    _compare_templates(source, ours, theirs)
    texts, answers = _by_path(ours, Kind.TEXT), _by_path(theirs, Kind.TEXT)
    for path in {**texts, **answers}:
        here, there = answers.get(path, []), texts.get(path, [])
        if there and not here and "." not in path:
            pairs.missing.append(path)
            continue
        if len(here) != len(there):
            raise Mismatch(
                _("the number of texts in %(place)s is %(here)d, the source's %(there)d")
                % {"place": place(source, path), "here": len(here), "there": len(there)}
            )
        _pair_texts(source, path, there, here, pairs)
    _pair_values(source, ours, theirs, pairs)
    return pairs


def _compare_templates(source: Page, ours: list[Piece], theirs: list[Piece]) -> None:
    one, other = _by_path(ours, Kind.TEMPLATE), _by_path(theirs, Kind.TEMPLATE)
    for path in {**one, **other}:
        tags = [[without_keys(piece.data) for piece in side.get(path, [])] for side in (one, other)]
        if tags[0] != tags[1]:
            raise Mismatch(
                _("the paragraphs and lists of %(place)s are not the source's") % {"place": place(source, path)}
            )


def _pair_texts(source: Page, path: str, ours: list[Piece], theirs: list[Piece], pairs: Pairs) -> None:
    said: dict[str, str] = {}
    hrefs: dict[str, str] = {}
    for one, other in zip(ours, theirs, strict=True):
        text = _with_our_links(source, one, other, hrefs)
        if said.setdefault(one.data, text) != text:
            # Translations are kept by place and text; two of one text in one place can't be told apart.
            raise Mismatch(
                _("%(place)s says “%(text)s” twice and translates it in two ways")
                % {"place": place(source, path), "text": one.data}
            )
        pairs.texts.append((one, text))
    for href, replacement in hrefs.items():
        if href != replacement:
            pairs.values[f"{path}.{quoted(href)}"] = replacement


def quoted(href: str) -> str:
    """A link's address as a part of a path."""
    escaped = href.replace("\\", "\\\\").replace("'", "\\'")
    return f"'{escaped}'"


def _with_our_links(source: Page, one: Piece, other: Piece, hrefs: dict[str, str]) -> str:
    """The translation with its links named as the source names them; notes addresses that differ."""
    names: dict[str, str] = {}
    free = dict(one.links)
    for name, attrs in other.links.items():
        same = next((mine for mine, theirs in free.items() if theirs == attrs), None)
        if same:
            names[name] = same
            del free[same]
    for name, attrs in other.links.items():
        if name not in names:
            mine = next(iter(free), None)
            if mine is None or "href" not in attrs or "href" not in free[mine]:
                raise Mismatch(_("%(place)s has other links than the source's") % {"place": place(source, one.path)})
            names[name] = mine
            del free[mine]
    if free:
        raise Mismatch(_("%(place)s lacks a link of the source's") % {"place": place(source, one.path)})
    for name, mine in names.items():
        if "href" in one.links[mine]:
            href, replacement = one.links[mine]["href"], other.links[name]["href"]
            if hrefs.setdefault(href, replacement) != replacement:
                raise Mismatch(
                    _("%(place)s leads to two addresses where the source has one") % {"place": place(source, one.path)}
                )
    return _LINK.sub(lambda match: f'<a id="{names.get(match[1], match[1])}">', str(other.data))


def _pair_values(source: Page, ours: list[Piece], theirs: list[Piece], pairs: Pairs) -> None:
    one = {piece.path: piece for piece in ours if piece.kind is Kind.VALUE and ".'" not in piece.path}
    other = {piece.path: piece for piece in theirs if piece.kind is Kind.VALUE and ".'" not in piece.path}
    for path in {**one, **other}:
        if path not in one or path not in other:
            raise Mismatch(
                _("%(place)s lacks an address or a picture, or has one more than the source's")
                % {"place": place(source, path)}
            )
        if one[path].data != other[path].data:
            pairs.values[path] = other[path].data
    objects = [[(p.path, p.data) for p in side if p.kind is Kind.OBJECT] for side in (ours, theirs)]
    if objects[0] != objects[1]:
        raise Mismatch(_("it refers to other things than the source"))
