"""The body of a page: every block that an editor can choose."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from pages.blocks.boxes import CalloutBlock, ExerciseBlock, FactBlock, ReflectionBlock
from pages.blocks.contact import ContactBlock
from pages.blocks.lists import LinksBlock, QuestionsBlock, RelatedBlock, StepsBlock
from pages.blocks.media import FilmBlock, PictureBlock
from pages.blocks.table import TableBlock
from pages.blocks.text import HeadingBlock, QuoteBlock, TextBlock


class BodyBlock(blocks.StreamBlock):
    """What a page says, block by block. The names are those of docs/content-format.md."""

    text = TextBlock(group=_("Text"))
    heading = HeadingBlock(group=_("Text"))
    quote = QuoteBlock(group=_("Text"))
    fact = FactBlock(group=_("Boxes"))
    callout = CalloutBlock(group=_("Boxes"))
    contact = ContactBlock(group=_("Boxes"))
    steps = StepsBlock(group=_("Lists"))
    questions = QuestionsBlock(group=_("Lists"))
    table = TableBlock(group=_("Lists"))
    links = LinksBlock(group=_("Lists"))
    related = RelatedBlock(group=_("Lists"))
    reflection = ReflectionBlock(group=_("Learning"))
    exercise = ExerciseBlock(group=_("Learning"))
    picture = PictureBlock(group=_("Pictures and films"))
    film = FilmBlock(group=_("Pictures and films"))
