"""Rich text as the editor stores it: HTML with the tags that Draftail writes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from html import escape
from html.parser import HTMLParser

from pages.content.richtext import BREAK, Bullets, Item, Line, Paragraph, RichText, Run, Span, line_of, rich, spans

#: From the attributes of ``<a>`` to where it leads; empty for nowhere.
Href = Callable[[dict[str, str]], str]

_TAGS = {"bold": "b", "italic": "i"}


def to_html(text: RichText) -> str:
    """The text as the editor stores it; links as ``href``."""
    return "".join(
        f"<p>{_html_line(block.line)}</p>" if isinstance(block, Paragraph) else _html_list(block) for block in text
    )


def _html_list(bullets: Bullets) -> str:
    tag = "ol" if bullets.numbered else "ul"
    items = "".join(
        f"<li>{_html_line(item.line)}{''.join(_html_list(inner) for inner in item.lists)}</li>"
        for item in bullets.items
    )
    return f"<{tag}>{items}</{tag}>"


def _html_line(line: Line) -> str:
    return "".join(_html_parts(spans(line)))


def _html_parts(parts: Iterable[Span | Run]) -> Iterator[str]:
    for part in parts:
        if isinstance(part, Run):
            yield escape(part.text, quote=False).replace(BREAK, "<br/>")
        elif part.style == "href":
            yield f'<a href="{escape(part.href)}">{"".join(_html_parts(part.parts))}</a>'
        else:
            tag = _TAGS[part.style]
            yield f"<{tag}>{''.join(_html_parts(part.parts))}</{tag}>"


class _Reader(HTMLParser):
    """Reads what the editor stores. Unknown tags are passed over, their text is kept."""

    def __init__(self, href: Href) -> None:
        super().__init__(convert_charrefs=True)
        self.href = href
        self.blocks: list[Paragraph | Bullets] = []
        self.runs: list[Run] = []
        self.bold = self.italic = 0
        self.hrefs: list[str] = []
        # The lists that are open: numbered or not, and the items so far (their runs, their lists).
        self.open: list[tuple[bool, list[tuple[list[Run], list[Bullets]]]]] = []

    def _flush(self) -> None:
        if not self.open and self.runs:
            self.blocks.append(Paragraph(line_of(self.runs)))
            self.runs = []

    def _text(self, text: str) -> None:
        run = Run(text, bold=self.bold > 0, italic=self.italic > 0, href=self.hrefs[-1] if self.hrefs else "")
        if self.open and self.open[-1][1]:
            self.open[-1][1][-1][0].append(run)
        else:
            self.runs.append(run)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("b", "strong"):
            self.bold += 1
        elif tag in ("i", "em"):
            self.italic += 1
        elif tag == "a":
            self.hrefs.append(self.href({name: value or "" for name, value in attrs}))
        elif tag == "br":
            self._text(BREAK)
        elif tag in ("ul", "ol"):
            self._flush()
            self.open.append((tag == "ol", []))
        elif tag == "li" and self.open:
            self.open[-1][1].append(([], []))
        else:
            self._flush()

    def handle_endtag(self, tag: str) -> None:
        if tag in ("b", "strong"):
            self.bold = max(0, self.bold - 1)
        elif tag in ("i", "em"):
            self.italic = max(0, self.italic - 1)
        elif tag == "a":
            self.hrefs = self.hrefs[:-1]
        elif tag in ("ul", "ol") and self.open:
            self._close()
        elif tag not in ("li", "br"):
            self._flush()

    def _close(self) -> None:
        numbered, items = self.open.pop()
        bullets = Bullets(numbered, tuple(Item(line_of(runs), tuple(lists)) for runs, lists in items))
        if self.open and self.open[-1][1]:
            self.open[-1][1][-1][1].append(bullets)
        else:
            self.blocks.append(bullets)

    def finish(self) -> RichText:
        """What was read, with what nobody closed."""
        while self.open:
            self._close()
        self._flush()
        return rich(self.blocks)

    def handle_data(self, data: str) -> None:
        self._text(data.replace(BREAK, " "))


def _plain_href(attrs: dict[str, str]) -> str:
    return attrs.get("href", "")


def from_html(html: str, href: Href = _plain_href) -> RichText:
    """The text that the HTML says; ``href`` tells where its links lead. Other attributes are passed over."""
    reader = _Reader(href)
    reader.feed(html)
    reader.close()
    return reader.finish()
