"""What files hold, apart from their format: :class:`Part` and :class:`Text` going out, :class:`Row` coming in."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from cms.languages.registry import LANGUAGES
from cms.translation.exchange.formats import TextState

_TAGS = {language.tag.lower(): language.code for language in LANGUAGES} | {
    language.code: language.code for language in LANGUAGES
}
#: What XML 1.0 has no character for.
_NO_CHARACTER = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def clean(text: str) -> str:
    """The text without the characters that no file can hold, its lines ended in one way."""
    return _NO_CHARACTER.sub("", text).replace("\r\n", "\n").replace("\r", "\n")


def mark_of(coded: str) -> str:
    """What tells whether a text is still the one that was sent out; 16 hexadecimal digits, ``""`` for no text."""
    return hashlib.sha256(coded.encode()).hexdigest()[:16] if coded else ""


def code_of(tag: str) -> str:
    """The language that a file calls ``tag`` (a BCP 47 tag or our code); ``""`` where we have none of that name."""
    return _TAGS.get(tag.strip().lower().replace("_", "-"), "")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A translation of something like the source, from the memory: coded texts, likeness in percent."""

    source: str
    text: str
    likeness: int
    origin: str


@dataclass(frozen=True, slots=True)
class Term:
    """A concept of the glossary in the source: its approved terms, those to avoid, what it means."""

    source: str
    approved: tuple[str, ...]
    forbidden: tuple[str, ...] = ()
    definition: str = ""


@dataclass(frozen=True, slots=True)
class Text:
    """A text going out. ``source`` and ``text`` are coded (:mod:`cms.translation.markup`); ``kinds`` names the
    formatting of each tag number: ``b``, ``i``, ``a``, ``br``."""

    key: str
    unit: str
    place: str
    source: str
    text: str
    hash: str
    state: TextState
    kinds: Mapping[int, str] = field(default_factory=dict)
    suggestions: tuple[Suggestion, ...] = ()
    terms: tuple[Term, ...] = ()

    @property
    def id(self) -> str:
        return f"{self.key}#{self.unit}"


@dataclass(frozen=True, slots=True)
class Part:
    """A page's texts going out into ``language``; ``preview`` is the room's address, ``comment`` the order's."""

    key: str
    language: str
    title: str
    preview: str
    comment: str
    texts: tuple[Text, ...]


@dataclass(slots=True)
class Row:
    """A text that came in. ``line``: where in the file it stands. ``source`` is ``None`` where the file has none.

    ``was``: the mark of the text that was sent out, ``None`` where the file doesn't say. ``problem``: why the row
    can't be read, for people.
    """

    line: int
    id: str
    language: str
    text: str = ""
    source: str | None = None
    hash: str = ""
    was: str | None = None
    state: str = ""
    fuzzy: bool = False
    problem: str = ""

    @property
    def key(self) -> str:
        return self.id.partition("#")[0]

    @property
    def unit(self) -> str:
        return self.id.partition("#")[2]


def kinds_of(tags: Any) -> dict[int, str]:
    """The formatting of each of the source's tags by its number."""
    return {tag.number: tag.name for tag in tags}
