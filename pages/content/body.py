"""The body of a page: Markdown and blocks, both ways."""

from __future__ import annotations

import re
from collections.abc import Iterable

from django.utils.translation import gettext as _
from markdown_it.tree import SyntaxTreeNode

from pages.content.document import Block
from pages.content.fences import read_group, read_picture, read_text, write_group
from pages.content.html import from_html, to_html
from pages.content.inline import encoded, escaped, read_plain, write_plain
from pages.content.paragraphs import TEXT_NODES, first_line, parse, read_nodes, refused, write_rich
from pages.content.problems import Notes
from pages.content.richtext import rich
from pages.content.schema import fences, groups
from pages.content.tables import CAPTION, read_table, write_table
from pages.content.yamltext import Text, read_keys, write_keys

ATTRIBUTION = "— "


def read_body(source: str, notes: Notes) -> tuple[Block, ...]:
    """The blocks that the Markdown says; notes what is wrong with it."""
    found: list[Block] = []
    text: list[SyntaxTreeNode] = []
    lines = source.split("\n")

    def close() -> None:
        if text:
            html = to_html(read_nodes(text, notes))
            if html:
                found.append(Block("text", {"text": html}))
            text.clear()

    for node in parse(source).children:
        if not text and found and found[-1].kind == "table" and _content(node).startswith(CAPTION):
            found[-1] = _with_caption(found[-1], node, notes)
        elif node.type in TEXT_NODES and not _is_picture(node):
            text.append(node)
        else:
            close()
            block = _read_block(node, lines, notes)
            if block:
                found.append(block)
    close()
    return tuple(found)


def _content(node: SyntaxTreeNode) -> str:
    """The Markdown of a paragraph."""
    return node.children[0].content if node.type == "paragraph" and node.children else ""


def _is_picture(node: SyntaxTreeNode) -> bool:
    return [child.type for child in (node.children[0].children if node.children else [])] == ["image"]


def _read_block(node: SyntaxTreeNode, lines: list[str], notes: Notes) -> Block | None:
    if node.type == "heading":
        return _read_heading(node, notes)
    if node.type == "paragraph":
        return _read_picture(node, notes)
    if node.type == "blockquote":
        return _read_quote(node, notes)
    if node.type == "table":
        return Block("table", read_table(node, lines, notes))
    if node.type == "fence":
        return _read_fence(node, lines, notes)
    notes.add(first_line(node), refused(node))
    return None


def _check(kind: str, name: str, text: str, notes: Notes, line: int) -> str:
    """The text of a plain field, held against the block's own rules."""
    field = next(field for field in groups()[kind].fields if field.name == name)
    return read_text(field.shape, Text(line, text, line), notes, field.key)


def _read_heading(node: SyntaxTreeNode, notes: Notes) -> Block | None:
    line, level = first_line(node), node.tag[1:]
    if not node.markup.startswith("#"):
        notes.add(line, _("A line of dashes makes a heading of the text above it; write ## before a heading."))
        return None
    if level not in ("2", "3"):
        notes.add(line, _("Headings have level 2 or 3 (## or ###); the title is the page's only level 1."))
        return None
    inline = node.children[0].token if node.children else None
    text = read_plain((inline.children if inline else None) or [], notes, line, _("A heading"))
    if not text:
        notes.add(line, _("A heading without text."))
    return Block("heading", {"text": _check("heading", "text", text, notes, line), "level": level})


def _read_picture(node: SyntaxTreeNode, notes: Notes) -> Block:
    line, image = first_line(node), node.children[0].children[0].token
    source = str(image.attrGet("src") or "") if image else ""
    alt = read_plain((image.children if image else None) or [], notes, line, _("An alternative text"))
    caption = str(image.attrGet("title") or "") if image else ""
    return Block(
        "picture",
        {
            "image": read_picture(source, notes, line),
            "alt": _check("picture", "alt", alt, notes, line),
            "caption": _check("picture", "caption", caption, notes, line),
            "credit": "",
        },
    )


def _read_quote(node: SyntaxTreeNode, notes: Notes) -> Block:
    parts, attribution = list(node.children), ""
    last = parts[-1] if parts else None
    if last and last.type == "paragraph" and _content(last).startswith(ATTRIBUTION):
        inline = last.children[0].token
        name = read_plain((inline.children if inline else None) or [], notes, first_line(last), _("Who said it"))
        attribution = _check("quote", "attribution", name.removeprefix(ATTRIBUTION), notes, first_line(last))
        parts.pop()
    html = to_html(read_nodes(parts, notes))
    if not html:
        notes.add(first_line(node), _("A quote without text."))
    return Block("quote", {"text": html, "attribution": attribution})


def _with_caption(table: Block, node: SyntaxTreeNode, notes: Notes) -> Block:
    inline = node.children[0].token
    text = read_plain((inline.children if inline else None) or [], notes, first_line(node), _("A caption"))
    if table.value["caption"]:
        notes.add(first_line(node), _("A table has one caption."))
    return Block("table", table.value | {"caption": text.removeprefix(CAPTION).strip()})


def _read_fence(node: SyntaxTreeNode, lines: list[str], notes: Notes) -> Block | None:
    kind, first = node.info.strip(), first_line(node)
    if kind not in fences():
        known = ", ".join(fences())
        notes.add(first, _("Unknown block “%(kind)s”; there are %(kinds)s.") % {"kind": kind, "kinds": known})
        return None
    last = lines[node.map[1] - 1] if node.map and node.map[1] > first + 1 else ""
    if not re.fullmatch(rf" {{0,3}}{re.escape(node.markup)}[`~]*[ \t]*", last):
        notes.add(first, _("The fence is not closed."))
        return None
    inside = notes.at(first + 1)
    keys = read_keys(node.content, inside)
    if keys is None:
        return None
    if not keys.values:
        inside.add(-1, _("The fence is empty."))
        return None
    return Block(kind, read_group(fences()[kind], keys, inside))


# --- writing ---------------------------------------------------------------------------------------


def write_body(blocks: Iterable[Block]) -> str:
    """The blocks as Markdown, without a line end after the last line."""
    return "\n\n".join(_write_block(block) for block in blocks)


def _write_block(block: Block) -> str:
    kind, value = block.kind, block.value
    if kind == "text":
        return write_rich(value["text"])
    if kind == "heading":
        signs = "#" * int(value["level"])
        return f"{signs} {write_plain(value['text'], lambda markdown: f'{signs} {markdown}')}"
    if kind == "quote":
        return _write_quote(value["text"], value["attribution"])
    if kind == "table":
        return write_table(value)
    if kind == "picture" and not value["credit"]:
        return _write_picture(value["image"], value["alt"], value["caption"])
    lines = write_keys(write_group(fences()[kind], value))
    inside = "\n".join(lines)
    fence = "`" * max([3, *(len(ticks) + 1 for ticks in re.findall(r"`{3,}", inside))])
    return f"{fence}{kind}\n{inside}\n{fence}"


def _write_quote(html: str, attribution: str) -> str:
    markdown = write_rich(html)
    if attribution:
        name = write_plain(f"{ATTRIBUTION}{attribution}")
        markdown = f"{markdown}\n\n{name}"
    else:
        # The last paragraph must not be taken for a name.
        before, gap, last = markdown.rpartition("\n\n")
        if last.startswith(ATTRIBUTION):
            markdown = f"{before}{gap}&#8212;{last[1:]}"
    return "\n".join(f"> {line}" if line else ">" for line in markdown.split("\n"))


def _write_picture(file: str, alt: str, caption: str) -> str:
    target = f"<{file}>" if re.search(r"[\s()]", file) else file
    for escape in (escaped, encoded):
        # In a title the quotation mark is the sign.
        title = ' "{}"'.format(escape(caption).replace('"', '\\"')) if caption else ""
        markdown = f"![{escape(alt)}]({target}{title})"
        notes = Notes("")
        tree = parse(markdown).children
        if len(tree) == 1 and _is_picture(tree[0]):
            read = _read_picture(tree[0], notes).value
            if not notes.problems and (read["image"], read["alt"], read["caption"]) == (file, alt, caption):
                return markdown
    raise ValueError(f"No Markdown says this picture: {file!r}, {alt!r}, {caption!r}")


def merged(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """The blocks as Markdown can say them: neighbouring texts are one, empty ones are none."""
    found: list[Block] = []
    for block in blocks:
        if block.kind != "text":
            found.append(block)
            continue
        html = block.value["text"]
        if found and found[-1].kind == "text":
            html = to_html(rich((*from_html(found.pop().value["text"]), *from_html(html))))
        if html:
            found.append(Block("text", {"text": html}))
    return tuple(found)
