"""Paragraphs and lists: Markdown and the editor's HTML, both ways."""

from __future__ import annotations

import re
from collections.abc import Iterable

from django.utils.translation import gettext as _
from markdown_it.tree import SyntaxTreeNode

from pages.content.html import from_html, to_html
from pages.content.inline import MARKDOWN, read_line, write_line
from pages.content.problems import Notes
from pages.content.richtext import Bullets, Item, Line, Paragraph, RichText, rich

TEXT_NODES = frozenset({"paragraph", "bullet_list", "ordered_list"})
_DASHES = re.compile(r" *\|(?: *:?-{2,}:? *\|)+ *")
#: The editor goes no deeper.
_DEEPEST = 5


def parse(source: str) -> SyntaxTreeNode:
    """The Markdown as a tree."""
    return SyntaxTreeNode(MARKDOWN.parse(source))


def first_line(node: SyntaxTreeNode) -> int:
    """The line, counted from 0, where the node begins."""
    return node.map[0] if node.map else 0


def line_in(node: SyntaxTreeNode, notes: Notes) -> Line:
    """The runs of a paragraph."""
    inline = node.children[0] if node.children else None
    if inline is None or inline.token is None:
        return ()
    return read_line(inline.token.children or [], notes, first_line(node))


def read_nodes(nodes: Iterable[SyntaxTreeNode], notes: Notes) -> RichText:
    """The text of these nodes; notes what is neither a paragraph nor a list."""
    found: list[Paragraph | Bullets] = []
    for node in nodes:
        if node.type == "paragraph":
            _check_for_dashes(node, notes)
            found.append(Paragraph(line_in(node, notes)))
        elif node.type in TEXT_NODES:
            found.append(_bullets(node, notes, 1))
        else:
            notes.add(first_line(node), refused(node))
    return rich(found)


def _check_for_dashes(node: SyntaxTreeNode, notes: Notes) -> None:
    """A table whose dashes don't fit its header would come out as text."""
    for index, line in enumerate((node.children[0].content if node.children else "").split("\n")):
        if _DASHES.fullmatch(line):
            notes.add(first_line(node) + index, _("The line of dashes has another number of columns than the header."))


def refused(node: SyntaxTreeNode) -> str:
    """What to say of a node that may not be where it is."""
    what = {
        "html_block": _("Raw HTML is not allowed."),
        "code_block": _("A line that begins with four spaces is code, which is not part of the format."),
        "hr": _("A rule (---) is not part of the format."),
        "heading": _("No heading may stand here."),
        "table": _("No table may stand here."),
        "blockquote": _("No quote may stand here."),
        "fence": _("No other block may stand here."),
    }
    return what.get(node.type, _("%(what)s is not part of the format.") % {"what": node.type})


def _bullets(node: SyntaxTreeNode, notes: Notes, depth: int) -> Bullets:
    if depth > _DEEPEST:
        notes.add(first_line(node), _("Lists go no deeper than %(depth)d levels.") % {"depth": _DEEPEST})
        return Bullets(False, ())
    if node.type == "ordered_list" and node.attrs.get("start", 1) != 1:
        notes.add(first_line(node), _("A numbered list begins with 1."))
    return Bullets(node.type == "ordered_list", tuple(_item(item, notes, depth) for item in node.children))


def _item(node: SyntaxTreeNode, notes: Notes, depth: int) -> Item:
    line: Line = ()
    lists: list[Bullets] = []
    for index, child in enumerate(node.children):
        if child.type == "paragraph" and index == 0:
            line = line_in(child, notes)
        elif child.type == "paragraph":
            notes.add(first_line(child), _("An item of a list is one paragraph, and lists within it."))
        elif child.type in TEXT_NODES:
            lists.append(_bullets(child, notes, depth + 1))
        else:
            notes.add(first_line(child), refused(child))
    return Item(line, tuple(lists))


def read_rich(source: str, notes: Notes) -> str:
    """Markdown of paragraphs and lists as canonical HTML."""
    return to_html(read_nodes(parse(source).children, notes))


def write_rich(html: str) -> str:
    """Canonical HTML as Markdown, without a line end after the last line."""
    return "\n\n".join(
        write_line(block.line) if isinstance(block, Paragraph) else "\n".join(_write_list(block))
        for block in from_html(html)
    )


def _write_list(bullets: Bullets) -> list[str]:
    lines: list[str] = []
    for number, item in enumerate(bullets.items, start=1):
        sign = f"{number}. " if bullets.numbered else "- "
        inner = write_line(item.line).split("\n")
        for part in item.lists:
            inner += _write_list(part)
        lines += [f"{sign if index == 0 else ' ' * len(sign)}{line}" for index, line in enumerate(inner)]
    return lines
