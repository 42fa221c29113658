"""Text within a paragraph, a heading or a cell: Markdown's inline tokens and runs, both ways.

What is written is read again before it is given out. Markdown's rules for where ``**`` may stand
depend on the letters around it; where the readable form doesn't mean what it should, letters are
written as references (``&#40;``) until it does.
"""

from __future__ import annotations

import re
import string
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from django.utils.translation import gettext as _
from markdown_it import MarkdownIt
from markdown_it.common.utils import isMdAsciiPunct, isPunctChar, isWhiteSpace
from markdown_it.token import Token

from pages.content.problems import Notes
from pages.content.richtext import BREAK, Line, Run, Span, line_of, plain, spans


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"maxNesting": 100}).enable("table")
    # Addresses are kept as they are written; which are allowed is checked where they are read.
    parser.validateLink = lambda url: True  # type: ignore[method-assign]
    parser.normalizeLink = lambda url: url  # type: ignore[method-assign]
    parser.normalizeLinkText = lambda link: link  # type: ignore[method-assign]
    return parser


MARKDOWN = _parser()

_OUTSIDE = re.compile(r"(?:https?://|mailto:|tel:)\S+")
_WITHIN = re.compile(r"/(?:[A-Za-z0-9_-]+/)*(?:[A-Za-z0-9_-]+)?")


def page_path(href: str) -> str | None:
    """The path of the page that a link within the site leads to; ``None`` for a link that leads out."""
    if not href.startswith("/"):
        return None
    path = href.strip("/")
    return f"{path}/" if path else ""


def is_outside(href: str) -> bool:
    """Whether the link leads to another site, a mailbox or a telephone."""
    return _OUTSIDE.fullmatch(href) is not None


def check_link(href: str, notes: Notes, line: int) -> str:
    """``href`` as it is kept; notes a link that may not be there."""
    if is_outside(href):
        return href
    path = page_path(href)
    if path is not None and _WITHIN.fullmatch(href):
        notes.names_page(line, path)
        return f"/{path}"
    what = _("“%(href)s” is no link: a page of this site is /its/path/, others begin with https://, mailto: or tel:.")
    notes.add(line, what % {"href": href})
    return ""


# --- reading ---------------------------------------------------------------------------------------


def _refused(token: Token) -> str:
    """What to say of a token that text can't hold."""
    names = {
        "html_inline": _("Raw HTML is not allowed: %(text)s"),
        "code_inline": _("Code (`%(text)s`) is not part of the format."),
        "image": _("A picture stands alone in its paragraph: %(text)s"),
    }
    return names.get(token.type, _("%(text)s is not part of the format.")) % {"text": token.content or token.type}


def read_line(tokens: Iterable[Token], notes: Notes, first: int) -> Line:
    """The runs of inline tokens; ``first`` is the line where the text begins."""
    runs: list[Run] = []
    bold = italic = 0
    hrefs: list[str] = []
    line = first
    for token in tokens:
        if token.type in ("text", "text_special"):
            runs.append(Run(token.content, bold=bold > 0, italic=italic > 0, href=hrefs[-1] if hrefs else ""))
        elif token.type in ("softbreak", "hardbreak"):
            line += 1
            runs.append(Run(" " if token.type == "softbreak" else BREAK))
        elif token.type in ("strong_open", "strong_close"):
            bold += token.nesting
        elif token.type in ("em_open", "em_close"):
            italic += token.nesting
        elif token.type == "link_open":
            hrefs.append(check_link(str(token.attrGet("href") or ""), notes, line))
            if token.attrGet("title"):
                notes.add(line, _("A link has no title."))
        elif token.type == "link_close":
            hrefs.pop()
        else:
            notes.add(line, _refused(token))
    return line_of(runs)


def read_plain(tokens: Iterable[Token], notes: Notes, first: int, what: str) -> str:
    """The text of tokens that must be nothing but text; ``what`` names it where it is not."""
    texts = []
    for token in tokens:
        if token.type in ("text", "text_special"):
            texts.append(token.content)
        elif token.type in ("softbreak", "hardbreak"):
            texts.append(" ")
        elif token.type in ("html_inline", "code_inline", "image"):
            notes.add(first, _refused(token))
        else:
            notes.add(first, _("%(what)s is plain text, without bold, emphasis or links.") % {"what": what})
            break
    return plain("".join(texts))


# --- writing ---------------------------------------------------------------------------------------

_SPECIAL = re.compile(r"[\\`*\[\]<]|&(?=#?\w+;)|(?<![^\W_])_|_(?![^\W_])")
_AT_START = re.compile(r"#{1,6}(?= |$)|>|[-+](?= |$)|=+ *$|-+ *$|~~~|:(?= )")
_NUMBER_AT_START = re.compile(r"(\d{1,9})([.)])(?= |$)")
_PUNCTUATION = re.compile(f"[{re.escape(string.punctuation)}]")


def reference(char: str) -> str:
    """The character as a numeric reference."""
    return f"&#{ord(char)};"


def escaped(text: str) -> str:
    """Text with a backslash before each sign of Markdown's."""
    return _SPECIAL.sub(lambda match: f"\\{match[0]}", text)


def encoded(text: str) -> str:
    """Text with every sign as a reference."""
    return _PUNCTUATION.sub(lambda match: reference(match[0]), text)


def _guard_start(line: str) -> str:
    """A line of a paragraph that can't be taken for the beginning of a list or heading."""
    numbered = _NUMBER_AT_START.match(line)
    if numbered:
        return f"{numbered[1]}\\{line[len(numbered[1]) :]}"
    return f"\\{line}" if _AT_START.match(line) else line


def _target(href: str) -> str:
    if re.search(r"[\s()<>\\]|&#?\w+;", href):
        return f"<{encoded(href)}>"
    return href


@dataclass(frozen=True, slots=True)
class _Piece:
    kind: Literal["text", "open", "close"]
    text: str


def _pieces(parts: Iterable[Span | Run], italic: str) -> Iterator[_Piece]:
    marks = {"bold": "**", "italic": italic}
    for part in parts:
        if isinstance(part, Run):
            yield _Piece("text", part.text)
        elif part.style == "href":
            yield _Piece("open", "[")
            yield from _pieces(part.parts, italic)
            yield _Piece("close", f"]({_target(part.href)})")
        else:
            yield _Piece("open", marks[part.style])
            yield from _pieces(part.parts, italic)
            yield _Piece("close", marks[part.style])


def _is_word(char: str) -> bool:
    return bool(char) and not isWhiteSpace(ord(char)) and not _is_punctuation(char)


def _is_punctuation(char: str) -> bool:
    return isMdAsciiPunct(ord(char)) or isPunctChar(char)


def _needs(mark: str, outside: str, inside: str) -> bool:
    """Whether the letter outside a mark keeps the mark from being one."""
    if mark[0] in "[]" or not _is_word(outside):
        return False
    return mark == "_" or (bool(inside) and _is_punctuation(inside))


def _compose(pieces: Sequence[_Piece], *, every: bool) -> str:
    """The pieces as Markdown; ``every`` encodes all that could be taken for a sign."""
    escape = encoded if every else escaped
    written = []
    for index, piece in enumerate(pieces):
        if piece.kind != "text":
            written.append(piece.text)
            continue
        before = pieces[index - 1] if index else None
        after = pieces[index + 1] if index + 1 < len(pieces) else None
        text, head, tail = piece.text, "", ""
        beyond = pieces[index + 2].text[:1] if after and index + 2 < len(pieces) else ""
        behind = pieces[index - 2].text[-1:] if before and index > 1 else ""
        if before and (every or (before.kind == "close" and _needs(before.text, text[0], behind))):
            head, text = reference(text[0]), text[1:]
        if after and text and (every or (after.kind == "open" and _needs(after.text, text[-1], beyond))):
            tail, text = reference(text[-1]), text[:-1]
        written.append(head + escape(text) + tail)
    lines = "".join(written).split(BREAK)
    return "\\\n".join(_guard_start(line) for line in lines)


def _only_line(markdown: str) -> Line | None:
    tokens = MARKDOWN.parse(markdown)
    if [token.type for token in tokens] != ["paragraph_open", "inline", "paragraph_close"]:
        return None
    notes = Notes("")
    line = read_line(tokens[1].children or [], notes, 0)
    return None if notes.problems else line


def write_line(line: Line) -> str:
    """The line as Markdown that reads as this line and nothing else."""
    nested = spans(line)
    for italic, every in (("*", False), ("_", False), ("_", True)):
        markdown = _compose(list(_pieces(nested, italic)), every=every)
        if _only_line(markdown) == line:
            return markdown
    raise ValueError(f"No Markdown says this line: {line!r}")


def write_plain(text: str, wrap: Callable[[str], str] = str) -> str:
    """Plain text as Markdown; ``wrap`` puts it where it will stand, to be read there."""
    for candidate in (escaped(text), encoded(text)):
        if _inline_text(wrap(candidate)) == text:
            return candidate
    raise ValueError(f"No Markdown says this text: {text!r}")


def _inline_text(markdown: str) -> str | None:
    notes = Notes("")
    found = [token for token in MARKDOWN.parse(markdown) if token.type == "inline"]
    text = read_plain(found[0].children or [], notes, 0, "") if found else ""
    return None if notes.problems else text
