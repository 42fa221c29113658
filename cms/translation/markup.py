"""A text's inline formatting as numbered tags: ``Ring ⟦1⟧112⟦/1⟧`` for ``Ring <b>112</b>``.

Texts are kept as inline HTML, as wagtail-localize has it: ``<b>``, ``<i>``, ``<br/>`` and links as
``<a id="a1">``, whose address is the source's. People, files and machines get the numbered form: a
translation may place the source's tags, and can make none of its own.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from html import escape
from html.parser import HTMLParser

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

_TAG = re.compile(r"⟦(/?)(\d+)(/?)⟧")
_BRACKETS = re.compile(r"[⟦⟧]")
#: What no XML file can hold, and some of it no database: a line break of a word processor, half a character.
_UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_VOID = {"br"}


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag of the source: its number, its name, and of a link the source's name for it (``a1``)."""

    number: int
    name: str
    id: str = ""

    @property
    def is_void(self) -> bool:
        return self.name in _VOID

    @property
    def opening(self) -> str:
        attribute = f' id="{self.id}"' if self.id else ""
        return f"<{self.name}{attribute}/>" if self.is_void else f"<{self.name}{attribute}>"


@dataclass(frozen=True, slots=True)
class _Piece:
    """A piece of inline HTML: text, or a tag (``name``) that opens, closes or stands alone."""

    text: str = ""
    name: str = ""
    id: str = ""
    closes: bool = False


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[_Piece] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.pieces.append(_Piece(name=tag, id=dict(attrs).get("id") or ""))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag not in _VOID:
            self.pieces.append(_Piece(name=tag, closes=True))

    def handle_data(self, data: str) -> None:
        self.pieces.append(_Piece(text=data))


def _read(html: str) -> list[_Piece]:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.pieces


def tags_of(source_html: str) -> tuple[Tag, ...]:
    """The source's tags, numbered in their order."""
    opened = [piece for piece in _read(source_html) if piece.name and not piece.closes]
    return tuple(Tag(number, piece.name, piece.id) for number, piece in enumerate(opened, start=1))


def plain(html: str) -> str:
    """The text without its tags; a line break is one."""
    return "".join("\n" if piece.name in _VOID else piece.text for piece in _read(html))


def words(html: str) -> int:
    """How many words, as parts between spaces: what translators are paid by."""
    return len(plain(html).split())


def to_coded(html: str, tags: tuple[Tag, ...]) -> str:
    """Inline HTML in the numbered form, by the source's tags; a tag that the source lacks is left out."""
    parts: list[str] = []
    free = list(tags)
    open_: list[Tag | None] = []
    for piece in _read(html):
        if not piece.name:
            parts.append(_BRACKETS.sub("", piece.text))
        elif piece.closes:
            tag = open_.pop() if open_ else None
            if tag:
                parts.append(f"⟦/{tag.number}⟧")
        else:
            tag = next((tag for tag in free if (tag.name, tag.id) == (piece.name, piece.id)), None)
            if tag:
                free.remove(tag)
                parts.append(f"⟦{tag.number}/⟧" if tag.is_void else f"⟦{tag.number}⟧")
            if piece.name not in _VOID:
                open_.append(tag)
    return "".join(parts)


def to_html(coded: str, tags: tuple[Tag, ...]) -> str:
    """The numbered form as inline HTML.

    Raises ``ValidationError`` where a tag is not the source's, stands twice, or is not closed in its
    turn. Tags that are left out are no error here: :mod:`cms.translation.checks` says what is missing.
    """
    by_number = {tag.number: tag for tag in tags}
    parts: list[str] = []
    open_: list[int] = []
    used: Counter[int] = Counter()
    end = 0
    for match in _TAG.finditer(coded):
        parts.append(_text(coded[end : match.start()]))
        end = match.end()
        number, closes, void = int(match[2]), bool(match[1]), bool(match[3])
        tag = by_number.get(number)
        if tag is None or void != tag.is_void or (closes and void):
            raise ValidationError(_("The original has no tag %(tag)s.") % {"tag": match[0]}, code="unknown-tag")
        if closes:
            if not open_ or open_.pop() != number:
                raise ValidationError(
                    _("%(tag)s closes what is not open. The tag that was opened last is closed first.")
                    % {"tag": match[0]},
                    code="unbalanced-tag",
                )
            parts.append(f"</{tag.name}>")
            continue
        used[number] += 1
        if used[number] > 1:
            raise ValidationError(_("%(tag)s stands twice.") % {"tag": match[0]}, code="repeated-tag")
        if not void:
            open_.append(number)
        parts.append(tag.opening)
    parts.append(_text(coded[end:]))
    if open_:
        raise ValidationError(_("⟦%(tag)d⟧ is not closed.") % {"tag": open_[-1]}, code="unclosed-tag")
    return "".join(parts)


def _text(text: str) -> str:
    if _BRACKETS.search(text):
        raise ValidationError(_("⟦ and ⟧ stand for formatting only."), code="bracket")
    # As wagtail-localize's own texts are: quotes as they are.
    return escape(_UNWRITABLE.sub("", text), quote=False)


def without_tags(coded: str) -> str:
    """The numbered form's text alone."""
    return _TAG.sub("", coded)


def numbers_of(coded: str) -> Counter[str]:
    """How often each tag stands in the numbered form: ``{"⟦1⟧": 1, "⟦/1⟧": 1}``."""
    return Counter(match[0] for match in _TAG.finditer(coded))
