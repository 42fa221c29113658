"""What the coverage's templates need of Python."""

from __future__ import annotations

from typing import Any

from django import template

register = template.Library()


@register.filter
def item(mapping: dict[str, Any], key: str) -> Any:
    """``mapping[key]``."""
    return mapping[key]


@register.filter
def number(value: float) -> str:
    """A number as SVG writes it, whatever the language's decimal sign."""
    return str(value)
