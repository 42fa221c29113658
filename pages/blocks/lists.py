"""Blocks that are lists: steps, questions and answers, links, related pages."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from pages.blocks.text import TextBlock


class StepBlock(blocks.StructBlock):
    """One step. Value: ``{title, text}``."""

    title = blocks.CharBlock(label=_("What to do"), max_length=200)
    text = TextBlock(label=_("How"), required=False)

    class Meta:
        icon = "arrow-right"
        label = _("Step")


class StepsBlock(blocks.StructBlock):
    """Steps in order. Value: ``{title, steps: [{title, text}]}``."""

    title = blocks.CharBlock(label=_("Title"), required=False, max_length=200)
    steps = blocks.ListBlock(StepBlock(), label=_("Steps"))

    class Meta:
        icon = "list-ol"
        label = _("Steps")
        description = _("What to do, in order")
        template = "pages/blocks/steps.html"
        preview_value = {
            "title": "How to register",
            "steps": [
                {"title": "Book a visit", "text": "<p>At a service centre.</p>"},
                {"title": "Bring your passport", "text": ""},
            ],
        }


class QuestionBlock(blocks.StructBlock):
    """A question with its answer. Value: ``{question, answer}``."""

    question = blocks.CharBlock(label=_("Question"), max_length=255)
    answer = TextBlock(label=_("Answer"))

    class Meta:
        icon = "help"
        label = _("Question and answer")


class QuestionsBlock(blocks.StructBlock):
    """Questions with answers that open. Value: ``{title, questions: [{question, answer}]}``."""

    title = blocks.CharBlock(label=_("Title"), required=False, max_length=200)
    questions = blocks.ListBlock(QuestionBlock(), label=_("Questions"))

    class Meta:
        icon = "help"
        label = _("Questions and answers")
        description = _("Questions whose answers open when pressed")
        template = "pages/blocks/questions.html"
        preview_value = {"title": "", "questions": [{"question": "Does it cost anything?", "answer": "<p>No.</p>"}]}


class LinkBlock(blocks.StructBlock):
    """A link to another site. Value: ``{text, url, description}``."""

    text = blocks.CharBlock(label=_("Link text"), max_length=200)
    url = blocks.URLBlock(label=_("Address"))
    description = blocks.CharBlock(label=_("What the reader finds there"), required=False, max_length=300)

    class Meta:
        icon = "link-external"
        label = _("Link")


class LinksBlock(blocks.StructBlock):
    """Links to other sites. Value: ``{title, links: [{text, url, description}]}``."""

    title = blocks.CharBlock(label=_("Title"), required=False, max_length=200)
    links = blocks.ListBlock(LinkBlock(), label=_("Links"))

    class Meta:
        icon = "link-external"
        label = _("Link list")
        description = _("Links to other sites, marked as such")
        template = "pages/blocks/links.html"
        preview_value = {
            "title": "Read more",
            "links": [{"text": "Skatteverket", "url": "https://www.skatteverket.se/", "description": "Registration"}],
        }


class RelatedBlock(blocks.StructBlock):
    """Pages of this site. Value: ``{title, pages: [Page]}``; shown in the reader's language."""

    title = blocks.CharBlock(label=_("Title"), required=False, max_length=200)
    pages = blocks.ListBlock(blocks.PageChooserBlock(), label=_("Pages"))

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        links = (parent_context or {}).get("links") or {}
        context["related"] = [links[page.pk] for page in value["pages"] if page and page.pk in links]
        return context

    class Meta:
        icon = "doc-full-inverse"
        label = _("Related pages")
        description = _("Other pages of this site, in the reader's language")
        template = "pages/blocks/related.html"
