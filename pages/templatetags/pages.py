"""Tags that only present: rich text, icons, passages in another language, the parts of a body."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, cast
from urllib.parse import urlsplit

from django import template
from django.template.base import Parser, Token
from django.template.context import Context
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from cms.languages.formats import format_date, format_number
from cms.languages.registry import SOURCE, Language
from pages.addresses import address
from pages.richtext import interface_language, render_richtext

register = template.Library()

#: Pictures in this many of the body's first blocks are probably on the first screen: not lazy.
_FIRST_SCREEN = 2
_NOT_IN_TEL = re.compile(r"[^+0-9]")


@dataclass(frozen=True, slots=True)
class Part:
    """A block of a body with what its place decides.

    ``anchor`` is the heading's id (``reading.contents`` has the same), ``box_level`` the level of a
    box's own heading: one below the heading that it stands under, so that no level is skipped.
    """

    block: Any
    anchor: str
    box_level: int
    eager: bool


@register.filter
def parts(body: Iterable[Any]) -> list[Part]:
    """The blocks of ``body`` with anchors and heading levels."""
    found = []
    level = 1
    for number, block in enumerate(body or (), start=1):
        if block.block_type == "heading":
            level = 3 if str(block.value.get("level")) == "3" else 2
        found.append(Part(block, f"s-{number}", level + 1, number <= _FIRST_SCREEN))
    return found


@register.simple_tag(takes_context=True)
def box_title(context: Context, text: str, classes: str = "box-title") -> SafeString:
    """A box's heading at the level that its place in the body gives; nothing without text."""
    if not text:
        return SafeString("")
    level = context.get("box_level") or 2
    return format_html('<h{} class="{}">{}</h{}>', level, classes, text, level)


@register.simple_tag(takes_context=True)
def rich(context: Context, value: Any) -> SafeString:
    """Rich text with links in the reader's language."""
    source = getattr(value, "source", value) or ""
    return render_richtext(source, cast("dict[str, Any]", context.flatten()))


@register.simple_tag
def icon(name: str, classes: str = "") -> SafeString:
    """A sign from icons.svg. It says nothing by itself: a word stands beside it."""
    return format_html(
        '<svg class="{}" aria-hidden="true" focusable="false"><use href="{}#{}"/></svg>',
        f"icon {classes}".strip(),
        static("pages/icons.svg"),
        name,
    )


def _lang_and_dir(language: Language) -> SafeString:
    return format_html('lang="{}" dir="{}"', language.tag, language.direction)


@register.simple_tag(takes_context=True)
def ui_lang(context: Context) -> SafeString:
    """``lang`` and ``dir`` for words of the interface inside a body in another language, else nothing."""
    return interface_language(cast("dict[str, Any]", context.flatten()))


@register.simple_tag(takes_context=True)
def text_lang(context: Context) -> SafeString:
    """``lang`` and ``dir`` of the page's own text where it is not in the reader's language."""
    reading = context.get("reading")
    if reading is None or not reading.is_fallback:
        return SafeString("")
    return _lang_and_dir(reading.language)


@register.simple_tag(takes_context=True)
def text_number(context: Context, value: int) -> str:
    """A number in the digits of the page's text, which may be in another language than the reader's."""
    reading = context.get("reading")
    return format_number(value, reading.language.code if reading else get_language() or SOURCE)


_TEXT = re.compile(r">([^<]+)<")
# Groups of digits with spaces or hyphens between: 114 14, 010-000 00 00, 10 000, 2026-03-01.
_GROUPS = re.compile(r"(?<![\w&#+])\+?\d+(?:[ \u00a0\u202f-]\d+)+")


class NumbersNode(template.Node):
    """``{% numbers %}…{% endnumbers %}``: see ``numbers``."""

    def __init__(self, nodelist: template.NodeList) -> None:
        self.nodelist = nodelist

    def render(self, context: Context) -> SafeString:
        html = self.nodelist.render(context)
        reading, frame = context.get("reading"), context.get("frame")
        language = getattr(reading or frame, "language", None)
        if language is None or language.direction == "ltr":
            return html
        isolated = _TEXT.sub(lambda text: _GROUPS.sub(r'<bdi dir="ltr">\g<0></bdi>', text[0]), html)
        return mark_safe(isolated)  # the nodes have escaped their values; nothing but tags is added


@register.tag
def numbers(parser: Parser, _token: Token) -> NumbersNode:
    """Keep numbers of several groups in order in text that runs from right to left.

    Without it the bidirectional algorithm shows the telephone number 114 14 as 14 114.
    """
    nodelist = parser.parse(("endnumbers",))
    parser.delete_first_token()
    return NumbersNode(nodelist)


@register.filter
def address_in(page: Any, language: Language) -> str:
    """The page's address in ``language``, whether or not it exists in it."""
    return address(page.reading_path, language.code)


@register.filter
def day(value: datetime.date | None) -> SafeString:
    """A date as ``<time>``, long and in the reader's language; nothing for None."""
    if value is None:
        return SafeString("")
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), format_date(value, get_language() or SOURCE))


@register.filter
def item(mapping: dict[Any, Any] | None, key: Any) -> Any:
    """``mapping[key]``, or None."""
    return (mapping or {}).get(key)


@register.filter
def tel(number: str) -> str:
    """A telephone number as the address of a link: digits and a leading plus."""
    return _NOT_IN_TEL.sub("", number)


@register.filter
def host(url: str) -> str:
    """The site that an address leads to: ``skatteverket.se`` of ``https://www.skatteverket.se/a``."""
    return (urlsplit(url).hostname or url).removeprefix("www.")
