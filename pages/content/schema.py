"""What each kind of block holds, taken from the blocks themselves (``pages.blocks``).

The format's keys are the blocks' names, so that a new field of a block is in the format at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock

from pages.blocks.body import BodyBlock

#: Kinds that Markdown has a sign of its own for; the others are fences.
PLAIN_KINDS = frozenset({"text", "heading", "quote", "table"})
#: The format's name of a block's field, where it is another.
_KEYS = {"image": "file"}
#: What must be said even if it is empty: that a picture only decorates is a choice, not an omission.
_SAID = frozenset({"alt"})


@dataclass(frozen=True, slots=True)
class Plain:
    """One line of text, or several where ``lines``; ``block`` is asked whether the text is right."""

    block: Any
    lines: bool = False
    address: bool = False

    def complaint(self, text: str) -> str:
        """What is wrong with ``text``, or nothing."""
        if not text:
            return ""
        try:
            self.block.field.clean(text)
        except ValidationError as error:
            return " ".join(error.messages)
        if self.address and not text.startswith(("https://", "http://")):
            return _("A web address begins with https://.")
        return ""


@dataclass(frozen=True, slots=True)
class Choice:
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rich:
    """Paragraphs and lists."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A file among the tree's pictures."""


@dataclass(frozen=True, slots=True)
class PagePath:
    """A page of the site."""


@dataclass(frozen=True, slots=True)
class Listing:
    item: Shape


@dataclass(frozen=True, slots=True)
class Field:
    """``key`` is the format's name, ``name`` the block's. What is ``said`` must be there, if only as empty."""

    key: str
    name: str
    shape: Shape
    required: bool
    said: bool


@dataclass(frozen=True, slots=True)
class Group:
    fields: tuple[Field, ...]

    @property
    def by_key(self) -> dict[str, Field]:
        return {field.key: field for field in self.fields}


Shape = Plain | Choice | Rich | Picture | PagePath | Listing | Group


def _shape(block: Any) -> Shape:
    if isinstance(block, blocks.RichTextBlock):
        return Rich()
    if isinstance(block, ImageChooserBlock):
        return Picture()
    if isinstance(block, blocks.PageChooserBlock):
        return PagePath()
    if isinstance(block, blocks.ChoiceBlock):
        return Choice(tuple(str(value) for value, _label in block.field.choices if value))
    if isinstance(block, blocks.ListBlock):
        return Listing(_shape(block.child_block))
    if isinstance(block, blocks.StructBlock):
        return _group(block)
    if isinstance(block, blocks.FieldBlock):
        return Plain(block, lines=isinstance(block, blocks.TextBlock), address=isinstance(block, blocks.URLBlock))
    raise TypeError(f"The content format has no way to say a {type(block).__name__}.")


def _group(block: Any) -> Group:
    fields = []
    for name, child in block.child_blocks.items():
        shape = _shape(child)
        # The editor lets a list and a rich text be empty where they are required.
        said = name in _SAID or isinstance(shape, Listing) or (isinstance(shape, Rich) and child.required)
        fields.append(Field(_KEYS.get(name, name), name, shape, child.required and not said, said))
    return Group(tuple(fields))


@cache
def body_block() -> BodyBlock:
    """The block that the pages' bodies are made of."""
    return BodyBlock()


@cache
def groups() -> dict[str, Group]:
    """The shape of each kind of block that has keys."""
    children = body_block().child_blocks.items()
    return {kind: _group(block) for kind, block in children if isinstance(block, blocks.StructBlock)}


def fences() -> dict[str, Group]:
    """The kinds that are written as fences."""
    return {kind: group for kind, group in groups().items() if kind not in PLAIN_KINDS}
