"""What the editor's templates ask about access."""

from __future__ import annotations

from typing import Any

from django import template
from wagtail.models import Page

from cms.access.explain import page_explanation

register = template.Library()


@register.inclusion_tag("access/explanation.html", takes_context=True)
def access_explanation(context: dict[str, Any], page: Page) -> dict[str, Any]:
    """What the signed-in person may do with ``page`` and why not, and who may."""
    return page_explanation(context["request"].user, page)
