"""Running text: headings, paragraphs, quotes."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from pages.richtext import FEATURES, render_richtext


class TextBlock(blocks.RichTextBlock):
    """Paragraphs and lists with bold, emphasis and links. Value: ``RichText``.

    Links to pages lead to the reader's language, which only the page that is being read knows;
    so the text is rendered here and not by Wagtail's filter.
    """

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("features", FEATURES)
        super().__init__(**kwargs)

    def render_basic(self, value: Any, context: dict[str, Any] | None = None) -> str:
        return render_richtext(value.source if value else "", context)

    class Meta:
        icon = "pilcrow"
        label = _("Text")
        description = _("Paragraphs and lists")
        preview_value = "<p>You need a <b>personal identity number</b> for most things.</p>"


class HeadingBlock(blocks.StructBlock):
    """A heading within the text. Value: ``{text, level}``, level ``"2"`` or ``"3"``."""

    text = blocks.CharBlock(label=_("Heading"), max_length=200)
    level = blocks.ChoiceBlock(label=_("Level"), choices=[("2", _("Heading")), ("3", _("Subheading"))], default="2")

    class Meta:
        icon = "title"
        label = _("Heading")
        description = _("Divides the text; level 2 is listed in the contents")
        template = "pages/blocks/heading.html"
        preview_value = {"text": "Before you move", "level": "2"}


class QuoteBlock(blocks.StructBlock):
    """Somebody's words. Value: ``{text, attribution}``."""

    text = TextBlock(label=_("Quote"))
    attribution = blocks.CharBlock(label=_("Who said it (a function, not a person)"), required=False, max_length=200)

    class Meta:
        icon = "openquote"
        label = _("Quote")
        description = _("Somebody's words, with who said them")
        template = "pages/blocks/quote.html"
        preview_value = {"text": "<p>The form was easier than I had thought.</p>", "attribution": "A participant"}
