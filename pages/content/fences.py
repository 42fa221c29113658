"""Fences: the values of a block as YAML, read and written by the block's shape."""

from __future__ import annotations

import re
from typing import Any

from django.utils.translation import gettext as _

from pages.content.inline import page_path
from pages.content.paragraphs import read_rich, write_rich
from pages.content.problems import Notes
from pages.content.richtext import plain, plain_lines
from pages.content.schema import Choice, Field, Group, Listing, PagePath, Picture, Plain, Rich, Shape
from pages.content.yamltext import Keys, Many, Node, Text

PICTURE_FOLDER = "pictures"
_PICTURE = re.compile(rf"{PICTURE_FOLDER}/[^/\\]+")


def read_group(group: Group, node: Keys, notes: Notes) -> dict[str, Any]:
    """The value that the keys give; notes what is wrong with them."""
    by_key = group.by_key
    for key, line in node.lines.items():
        if key not in by_key:
            notes.add(line, _("Unknown key “%(key)s”; there are %(keys)s.") % {"key": key, "keys": ", ".join(by_key)})
    value: dict[str, Any] = {}
    for field in group.fields:
        given = node.values.get(field.key)
        if given is None:
            if field.required or field.said:
                notes.add(node.line, _("“%(key)s” is missing.") % {"key": field.key})
            value[field.name] = [] if isinstance(field.shape, Listing) else ""
            continue
        value[field.name] = _read(field.shape, given, notes, field.key)
        if field.required and not value[field.name] and isinstance(given, Text) and not given.text.strip():
            notes.add(given.line, _("“%(key)s” is empty.") % {"key": field.key})
    return value


def _read(shape: Shape, node: Node, notes: Notes, key: str) -> Any:
    if isinstance(shape, Listing):
        if not isinstance(node, Many):
            notes.add(node.line, _("“%(key)s” is a list, each entry on a line that begins with “- ”.") % {"key": key})
            return []
        for item in node.items:
            if isinstance(shape.item, Plain) and isinstance(item, Text) and not item.text.strip():
                notes.add(item.line, _("An entry of “%(key)s” is empty.") % {"key": key})
        return [_read(shape.item, item, notes, key) for item in node.items]
    if isinstance(shape, Group):
        if not isinstance(node, Keys):
            keys = ", ".join(shape.by_key)
            notes.add(node.line, _("An entry of “%(key)s” has the keys %(keys)s.") % {"key": key, "keys": keys})
            return {field.name: "" for field in shape.fields}
        return read_group(shape, node, notes)
    if not isinstance(node, Text):
        notes.add(node.line, _("“%(key)s” is a text.") % {"key": key})
        return ""
    return read_text(shape, node, notes, key)


def read_text(shape: Shape, node: Text, notes: Notes, key: str) -> str:
    """The value of a single text; notes what is wrong with it."""
    if isinstance(shape, Rich):
        return read_rich(node.text, notes.at(node.first))
    if isinstance(shape, Plain):
        text = plain_lines(node.text) if shape.lines else plain(node.text)
        complaint = shape.complaint(text)
        if complaint:
            notes.add(node.line, _("“%(key)s”: %(what)s") % {"key": key, "what": complaint})
        return text
    text = node.text.strip()
    if isinstance(shape, Choice):
        if text not in shape.values:
            values = ", ".join(shape.values)
            notes.add(node.line, _("“%(key)s” is one of %(values)s.") % {"key": key, "values": values})
        return text
    if isinstance(shape, Picture):
        return read_picture(text, notes, node.line)
    path = page_path(text)
    if path is None:
        notes.add(node.line, _("A page of this site is named by its path: /att-bo/hyra-bostad/."))
        return ""
    notes.names_page(node.line, path)
    return path


def read_picture(text: str, notes: Notes, line: int) -> str:
    """The name of a picture's file."""
    parts = text.split("/")
    if text.startswith("/") or ".." in parts:
        notes.add(line, _("The path “%(path)s” leaves the folder.") % {"path": text})
    elif not _PICTURE.fullmatch(text):
        notes.add(line, _("A picture lies in %(folder)s/: %(folder)s/door.svg.") % {"folder": PICTURE_FOLDER})
    else:
        notes.names_picture(line, text)
        return text
    return ""


def write_group(group: Group, value: dict[str, Any]) -> dict[str, Any]:
    """The value as keys for YAML: in the block's order, without what is empty and may be left out."""
    written: dict[str, Any] = {}
    for field in group.fields:
        given = value.get(field.name)
        if given or field.required or field.said:
            written[field.key] = _write(field, field.shape, given)
    return written


def _write(field: Field, shape: Shape, value: Any) -> Any:
    if isinstance(shape, Listing):
        return [_write(field, shape.item, item) for item in value or []]
    if isinstance(shape, Group):
        return write_group(shape, value)
    if isinstance(shape, Rich):
        return write_rich(value or "")
    if isinstance(shape, PagePath):
        return f"/{value}"
    return value or ""
