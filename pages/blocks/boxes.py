"""Boxes that stand out from the text."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from pages.blocks.text import TextBlock


class FactBlock(blocks.StructBlock):
    """A fact box. Value: ``{title, text}``."""

    title = blocks.CharBlock(label=_("Title"), max_length=200)
    text = TextBlock(label=_("Text"))

    class Meta:
        icon = "info-circle"
        label = _("Fact box")
        description = _("What a word or a thing is, apart from the running text")
        template = "pages/blocks/fact.html"
        preview_value = {"title": "What is SFI?", "text": "<p>Swedish for immigrants, free of charge.</p>"}


class CalloutBlock(blocks.StructBlock):
    """Something that the reader must not miss. Value: ``{kind, title, text}``."""

    kind = blocks.ChoiceBlock(
        label=_("Kind"),
        choices=[("info", _("Good to know")), ("important", _("Important")), ("warning", _("Warning"))],
        default="info",
    )
    title = blocks.CharBlock(label=_("Title"), required=False, max_length=200)
    text = TextBlock(label=_("Text"))

    class Meta:
        icon = "warning"
        label = _("Call-out")
        description = _("Something that the reader must not miss")
        template = "pages/blocks/callout.html"
        preview_value = {"kind": "important", "title": "Do not wait", "text": "<p>Apply before it runs out.</p>"}


class ReflectionBlock(blocks.StructBlock):
    """Questions to think or talk about. Value: ``{title, questions: [text]}``."""

    title = blocks.CharBlock(label=_("Title"), required=False, max_length=200)
    questions = blocks.ListBlock(blocks.TextBlock(label=_("Question"), rows=2), label=_("Questions"))

    class Meta:
        icon = "help"
        label = _("Reflection questions")
        description = _("Questions to think or talk about")
        template = "pages/blocks/reflection.html"
        preview_value = {"title": "", "questions": ["How do people find a home where you come from?"]}


class ExerciseBlock(blocks.StructBlock):
    """Something to do. Value: ``{title, text}``."""

    title = blocks.CharBlock(label=_("Title"), max_length=200)
    text = TextBlock(label=_("Text"))

    class Meta:
        icon = "edit"
        label = _("Exercise")
        description = _("Something for the reader or the group to do")
        template = "pages/blocks/exercise.html"
        preview_value = {"title": "Read a contract", "text": "<p>Find the rent and the notice period.</p>"}
