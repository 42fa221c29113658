"""Rich text for the reader: links in her language, other sites' links marked."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Any

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext
from wagtail.rich_text.rewriters import extract_attrs

FEATURES = ["bold", "italic", "ol", "ul", "link"]

_LINK = re.compile(r"<a\b([^>]*)>(.*?)</a>", re.DOTALL)
_PAGE_LINK = re.compile(r"<a\b[^>]*\blinktype=\"page\"[^>]*>")


def page_ids(html: str) -> set[int]:
    """The ids of the pages that the text links to."""
    found = (extract_attrs(tag).get("id", "") for tag in _PAGE_LINK.findall(html))
    return {int(value) for value in found if value.isdigit()}


def unlink(html: str, ids: Collection[int]) -> str:
    """The text with the links to these pages taken away, and their words left."""

    def rewrite(match: re.Match[str]) -> str:
        return match[2] if page_ids(match[0]) & set(ids) else match[0]

    return _LINK.sub(rewrite, html)


def interface_language(context: Mapping[str, Any]) -> SafeString:
    """``lang`` and ``dir`` for words of the interface inside a text in another language, else nothing."""
    reading, frame = context.get("reading"), context.get("frame")
    if frame is None or not getattr(reading, "is_fallback", False):
        return SafeString("")
    return format_html('lang="{}" dir="{}"', frame.language.tag, frame.language.direction)


def render_richtext(html: str, context: dict[str, Any] | None = None) -> SafeString:
    """The text as HTML for the reader.

    ``context["links"]`` maps page ids to ``PageRef``; a link to a page that is not there (because it
    is not published) becomes plain text.
    """
    links = (context or {}).get("links") or {}

    def rewrite(match: re.Match[str]) -> str:
        attrs, text = extract_attrs(match[1]), match[2]
        if attrs.get("linktype") == "page":
            ref = links.get(int(attrs["id"])) if attrs.get("id", "").isdigit() else None
            return f'<a href="{escape(ref.url)}">{text}</a>' if ref else text
        href = attrs.get("href", "")
        if href.startswith(("mailto:", "tel:")):
            return f'<a href="{escape(href)}"><bdi dir="ltr">{text}</bdi></a>'
        if href.startswith(("https://", "http://")):
            sign = escape(gettext("external link"))
            own = interface_language(context or {})
            return (
                f'<a href="{escape(href)}" class="external" rel="noopener">{text}'
                f'<span class="visually-hidden"{" " if own else ""}{own}> ({sign})</span></a>'
            )
        return text

    # The text comes from Wagtail's editor or from the importer; both allow FEATURES alone.
    return mark_safe(_LINK.sub(rewrite, html))
