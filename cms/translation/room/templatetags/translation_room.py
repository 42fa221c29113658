"""Texts of the room as HTML: tags as signs that can't be typed over, changed words marked."""

from __future__ import annotations

import re
from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from cms.translation.markup import Tag, tags_of, to_coded
from cms.translation.room.differences import Change
from cms.translation.room.page import Row

register = template.Library()

_TAG = re.compile(r"⟦(/?)(\d+)(/?)⟧")
_SIGNS = {"b": "B", "strong": "B", "i": "I", "em": "I", "a": "↗", "br": "↵", "sup": "x²", "sub": "x₂"}


@register.simple_tag
def coded_text(coded: str, tags: tuple[Tag, ...]) -> SafeString:
    """A text in the numbered form with its tags as signs."""
    by_number = {tag.number: tag for tag in tags}
    parts: list[Any] = []
    end = 0
    for match in _TAG.finditer(coded):
        parts.append(format_html("{}", coded[end : match.start()]))
        end = match.end()
        tag = by_number.get(int(match[2]))
        if tag is not None:
            parts.append(_sign(tag, match[0], closes=bool(match[1])))
    parts.append(format_html("{}", coded[end:]))
    return format_html_join("", "{}", ((part,) for part in parts))


def _sign(tag: Tag, coded: str, *, closes: bool) -> SafeString:
    kind = "void" if tag.is_void else "end" if closes else "start"
    return format_html(
        '<span class="room-tag room-tag--{}" data-tag="{}">{}<span class="room-tag-number">{}</span></span>',
        kind,
        coded,
        _SIGNS.get(tag.name, tag.name),
        tag.number,
    )


@register.simple_tag
def inline_text(html: str) -> SafeString:
    """Inline HTML with its tags as signs."""
    tags = tags_of(html)
    return coded_text(to_coded(html, tags), tags)


@register.simple_tag
def source_text(row: Row) -> SafeString:
    """The source, with the words that are new in it and those that are gone from it where it has changed."""
    shapes = {Change.KEPT: "{}", Change.ADDED: "<ins>{}</ins>", Change.REMOVED: "<del>{}</del>"}
    if not row.changes:
        return coded_text(row.coded_source, row.tags)
    runs = ((format_html(shapes[run.change], coded_text(run.coded, row.tags)),) for run in row.changes)
    return format_html_join("", "{}", runs)


@register.simple_tag
def field_label(number: int) -> str:
    """What the field of a text is called."""
    return _("Translation of text %(number)d") % {"number": number}
