"""Rich text in one canonical form, between the editor's HTML and Markdown.

A line of text is a tuple of runs: text that is alike in bold, emphasis and link, as in the editor.
A break within a line is ``"\\n"``. Everything that two writers could say in two ways is said in one
here (nesting of tags, where a space beside bold text belongs, empty paragraphs, neighbouring lists),
so that equal text is equal values.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby


@dataclass(frozen=True, slots=True)
class Run:
    """Text of one appearance. ``href`` is empty where it is no link."""

    text: str
    bold: bool = False
    italic: bool = False
    href: str = ""


Line = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    line: Line


@dataclass(frozen=True, slots=True)
class Item:
    """An item of a list: its text, and the lists within it."""

    line: Line
    lists: tuple[Bullets, ...] = ()


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list, numbered or not."""

    numbered: bool
    items: tuple[Item, ...]


RichText = tuple[Paragraph | Bullets, ...]

BREAK = "\n"
#: Which attributes open around which, where they cover the same text.
STYLES = ("href", "bold", "italic")


def plain(text: str) -> str:
    """A text without line breaks, doubled spaces and control characters."""
    return _clean(text.replace(BREAK, " ")).strip()


def _clean(text: str) -> str:
    """Spaces of all kinds that HTML folds become one space each; other control characters go."""
    kept: list[str] = []
    for char in text:
        if char in " \t\f\v\r\x85\u2028\u2029":
            if not kept or kept[-1] != " ":
                kept.append(" ")
        elif char == BREAK or unicodedata.category(char) not in ("Cc", "Cs"):
            kept.append(char)
    return "".join(kept)


def plain_lines(text: str) -> str:
    """The same for a text of several lines; empty lines stay."""
    return BREAK.join(plain(line) for line in text.replace("\r\n", BREAK).split(BREAK)).strip()


_Char = tuple[str, str, bool, bool]


def _chars(runs: Iterable[Run]) -> list[_Char]:
    """The runs letter by letter, with spaces folded and none at the ends of a line."""
    chars: list[_Char] = []
    for run in runs:
        for char in _clean(run.text):
            before = chars[-1][0] if chars else BREAK
            if char == BREAK:
                while chars and chars[-1][0] != BREAK and chars[-1][0].isspace():
                    chars.pop()
            elif (char == " " and before == " ") or (char.isspace() and before == BREAK):
                continue
            chars.append((char, run.href, run.bold, run.italic))
    start, end = 0, len(chars)
    while start < end and chars[start][0].isspace():
        start += 1
    while end > start and chars[end - 1][0].isspace():
        end -= 1
    return chars[start:end]


def line_of(runs: Iterable[Run]) -> Line:
    """The canonical line of these runs; a space has what the letters on both its sides have."""
    chars = _chars(runs)
    after: list[_Char | None] = [None] * len(chars)
    following: _Char | None = None
    for index in range(len(chars) - 1, -1, -1):
        after[index] = following
        if not chars[index][0].isspace():
            following = chars[index]
    styled: list[_Char] = []
    before: _Char | None = None
    for char, right in zip(chars, after, strict=True):
        if not char[0].isspace():
            before = char
            styled.append(char)
        elif before and right:
            href = before[1] if before[1] == right[1] else ""
            styled.append((char[0], href, before[2] and right[2], before[3] and right[3]))
    return tuple(
        Run("".join(char[0] for char in group), bold=bold, italic=italic, href=href)
        for (href, bold, italic), group in groupby(styled, key=lambda char: char[1:])
    )


def rich(blocks: Iterable[Paragraph | Bullets]) -> RichText:
    """The canonical text: without empty paragraphs and items, neighbouring lists of a kind joined."""
    found: list[Paragraph | Bullets] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            if block.line:
                found.append(block)
            continue
        bullets = Bullets(block.numbered, _items(block.items))
        if not bullets.items:
            continue
        last = found[-1] if found else None
        if isinstance(last, Bullets) and last.numbered == bullets.numbered:
            found[-1] = Bullets(last.numbered, last.items + bullets.items)
        else:
            found.append(bullets)
    return tuple(found)


def _items(items: Iterable[Item]) -> tuple[Item, ...]:
    found: list[Item] = []
    for item in items:
        lists = tuple(block for block in rich(item.lists) if isinstance(block, Bullets))
        if item.line:
            found.append(Item(item.line, lists))
        else:
            # An item that holds a list alone says nothing itself.
            found.extend(inner for bullets in lists for inner in bullets.items)
    return tuple(found)


# --- spans: which tags open around which -----------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch with one attribute, and what is in it: spans and runs."""

    style: str
    href: str
    parts: tuple[Span | Run, ...]


def spans(line: Iterable[Run], styles: tuple[str, ...] = STYLES) -> tuple[Span | Run, ...]:
    """The runs nested: of the attributes that begin at a place, the one that goes on longest is outermost."""
    runs = list(line)
    found: list[Span | Run] = []
    index = 0
    while index < len(runs):
        lengths = {style: _extent(runs, index, style) for style in styles}
        style = max(styles, key=lambda name: lengths[name]) if styles else ""
        if not style or not lengths[style]:
            found.append(runs[index])
            index += 1
            continue
        part = runs[index : index + lengths[style]]
        inner = spans(part, tuple(name for name in styles if name != style))
        found.append(Span(style, part[0].href if style == "href" else "", inner))
        index += lengths[style]
    return tuple(found)


def _extent(runs: list[Run], start: int, style: str) -> int:
    value = getattr(runs[start], style)
    if not value:
        return 0
    end = start
    while end < len(runs) and getattr(runs[end], style) == value:
        end += 1
    return end - start
