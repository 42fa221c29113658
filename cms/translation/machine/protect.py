"""A text's numbered tags as XML, which machines leave alone: ``Ring <g id="1">112</g><x id="2"/>``."""

from __future__ import annotations

import re
from html import escape
from html.parser import HTMLParser

_TAG = re.compile(r"⟦(/?)(\d+)(/?)⟧")


class BrokenError(Exception):
    """What came back has tags that no text of ours has."""


def to_xml(coded: str) -> str:
    """The numbered form of :mod:`cms.translation.markup` as XML."""
    parts, end = [], 0
    for match in _TAG.finditer(coded):
        parts.append(escape(coded[end : match.start()], quote=False))
        closes, number, void = match.groups()
        parts.append("</g>" if closes else f'<x id="{number}"/>' if void else f'<g id="{number}">')
        end = match.end()
    return "".join([*parts, escape(coded[end:], quote=False)])


def to_coded(xml: str) -> str:
    """The numbered form again. Raises ``BrokenError`` where a tag is another, has no number, or is not closed."""
    reader = _Reader()
    reader.feed(xml)
    reader.close()
    if reader.open:
        raise BrokenError
    return "".join(reader.parts).strip()


class _Reader(HTMLParser):
    """Some servers write ``<x id="1"></x>`` for ``<x id="1"/>``, and other entities than ours."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        number = dict(attrs).get("id") or ""
        if tag not in ("g", "x") or not number.isascii() or not number.isdecimal():
            raise BrokenError
        if tag == "g":
            self.open.append(number)
        self.parts.append(f"⟦{number}⟧" if tag == "g" else f"⟦{number}/⟧")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag == "g":
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag == "g" and self.open:
            self.parts.append(f"⟦/{self.open.pop()}⟧")
        elif tag != "x":
            raise BrokenError

    def handle_data(self, data: str) -> None:
        if "⟦" in data or "⟧" in data:
            raise BrokenError
        self.parts.append(data)

    def handle_comment(self, data: str) -> None:
        raise BrokenError

    def handle_decl(self, decl: str) -> None:
        raise BrokenError

    def handle_pi(self, data: str) -> None:
        raise BrokenError

    def unknown_decl(self, data: str) -> None:
        raise BrokenError
