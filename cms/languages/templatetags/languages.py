"""Dates, numbers and ``lang``/``dir`` for templates.

A filter without a language takes the one that is active, the reader's. Where a passage is in
another language than the page (a fallback), give its code: ``{{ day|longdate:"ar" }}``.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from cms.languages import cldr, formats
from cms.languages.registry import SOURCE, Language, get

register = template.Library()


def _active() -> str:
    return get_language() or SOURCE


def _day(value: date) -> date:
    if not isinstance(value, datetime):
        return value
    return (timezone.localtime(value) if timezone.is_aware(value) else value).date()


@register.filter
def longdate(value: date | None, code: str = "") -> str:
    """A date in its long form. A moment is first taken to the site's time zone; None is empty."""
    return "" if value is None else formats.format_date(_day(value), code or _active())


@register.filter
def month(value: date | None, code: str = "") -> str:
    """A month and its year; None is empty."""
    return "" if value is None else formats.format_month(_day(value), code or _active())


@register.filter
def number(value: float | Decimal | None, code: str = "") -> str:
    """A number with the language's separators and digits; None is empty."""
    return "" if value is None else formats.format_number(value, code or _active())


@register.filter
def language_name(code: str, reader: str = "") -> str:
    """The name of the language ``code`` in the reader's language."""
    return cldr.language_name(code, reader or _active())


@register.simple_tag
def language_of(code: str) -> Language:
    """The registry's entry: ``{% language_of page.locale.language_code as language %}``."""
    return get(code)


@register.simple_tag
def lang_attrs(code: str) -> SafeString:
    """``lang="fa-AF" dir="rtl"`` for an element whose text is in the language ``code``."""
    language = get(code)
    return format_html('lang="{}" dir="{}"', language.tag, language.direction)


@register.filter
def isolate(value: object) -> SafeString:
    """The text in ``<bdi>``, so that a name of the other direction does not reorder what is around it."""
    return format_html("<bdi>{}</bdi>", value)
