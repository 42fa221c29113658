"""YAML as the format uses it: every value is text, with the line where it stands.

Read as nodes and not as objects, so that ``No``, ``3:20`` and ``010`` stay what the author wrote,
and nothing in a file can make Python objects.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import yaml
from django.utils.translation import gettext as _

from pages.content.problems import Notes

# The C parser where PyYAML was built with it: the demo's trees have thousands of fences.
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Text:
    """A scalar. ``first`` is the line, counted from 0, where its text begins."""

    line: int
    text: str
    first: int


@dataclass(frozen=True, slots=True)
class Many:
    line: int
    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Keys:
    line: int
    values: dict[str, Node]
    lines: dict[str, int]


Node = Text | Many | Keys


def read_keys(source: str, notes: Notes) -> Keys | None:
    """The mapping that ``source`` is; ``None``, and a note, where it is none."""
    try:
        root = yaml.compose(source, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        notes.add(mark.line if mark else 0, _("Broken YAML: %(what)s.") % {"what": error.problem or error.context})
        return None
    except yaml.YAMLError as error:
        notes.add(0, _("Broken YAML: %(what)s.") % {"what": str(error).splitlines()[0]})
        return None
    if root is None:
        return Keys(0, {}, {})
    node = _node(root, notes)
    if isinstance(node, Keys):
        return node
    notes.add(0, _("Here stand keys with values, each as “key: value”."))
    return None


def _node(node: Any, notes: Notes) -> Node:
    line = node.start_mark.line
    if isinstance(node, yaml.SequenceNode):
        return Many(line, tuple(_node(item, notes) for item in node.value))
    if isinstance(node, yaml.MappingNode):
        values: dict[str, Node] = {}
        lines: dict[str, int] = {}
        for key, value in node.value:
            at = key.start_mark.line
            if not isinstance(key, yaml.ScalarNode):
                notes.add(at, _("A key is one word."))
                continue
            if key.value in values:
                notes.add(at, _("The key “%(key)s” stands here twice.") % {"key": key.value})
                continue
            values[key.value] = _node(value, notes)
            lines[key.value] = at
        return Keys(line, values, lines)
    # The text of a block scalar begins on the line below its sign.
    return Text(line, node.value, line + 1 if node.style in ("|", ">") else line)


# --- writing ---------------------------------------------------------------------------------------


def _as_written(text: str) -> bool:
    """Whether the text, bare after a key, reads as itself."""
    try:
        root = yaml.compose(f"key: {text}\n", Loader=_LOADER)
        entry = yaml.compose(f"- {text}\n", Loader=_LOADER)
    except yaml.YAMLError:
        return False
    value = root.value[0][1] if isinstance(root, yaml.MappingNode) and len(root.value) == 1 else None
    item = entry.value[0] if isinstance(entry, yaml.SequenceNode) and len(entry.value) == 1 else None
    return all(isinstance(node, yaml.ScalarNode) and node.value == text for node in (value, item))


def _quoted(text: str) -> str:
    # JSON's strings are YAML's, but for what YAML holds to be unprintable.
    quoted = json.dumps(text, ensure_ascii=False)
    return "".join(char if char.isprintable() or char == "\u200c" else _escaped(char) for char in quoted)


def _escaped(char: str) -> str:
    code = ord(char)
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def scalar(text: str, indent: int = 0) -> str:
    """``text`` after ``key:``; ``indent`` is that of the key. Text of several lines becomes a block."""
    if "\n" in text and not text.startswith((" ", "\n")) and text == text.rstrip():
        space = " " * (indent + 2)
        block = "|\n" + "\n".join(f"{space}{line}" if line else "" for line in text.split("\n"))
        if _block_reads(block, text):
            return block
    return text if text and "\n" not in text and _as_written(text) else _quoted(text)


def _block_reads(block: str, text: str) -> bool:
    try:
        root = yaml.compose(f"key: {block}\n", Loader=_LOADER)
    except yaml.YAMLError:
        return False
    return isinstance(root, yaml.MappingNode) and root.value[0][1].value == f"{text}\n"


def write_keys(values: Mapping[str, Any], indent: int = 0) -> list[str]:
    """Lines of YAML for texts and lists, whose items are texts or mappings like this one."""
    lines = []
    space = " " * indent
    for key, value in values.items():
        if isinstance(value, str):
            lines.append(f"{space}{key}: {scalar(value, indent)}")
        elif not value:
            lines.append(f"{space}{key}: []")
        else:
            lines += [f"{space}{key}:", *_write_items(value, indent + 2)]
    return "\n".join(lines).split("\n") if lines else []


def _write_items(items: Sequence[Any], indent: int) -> list[str]:
    lines = []
    space = " " * indent
    for item in items:
        if isinstance(item, str):
            lines.append(f"{space}- {scalar(item, indent)}")
        else:
            inner = write_keys(item, indent + 2)
            lines += [f"{space}- {inner[0].lstrip()}", *inner[1:]]
    return lines
