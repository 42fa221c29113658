"""What a check is, what it is given, and what it finds."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar, TypeVar

from cms.languages.registry import BY_CODE, SOURCE, Language
from cms.translation.checks.reading import plain_text, tags_in

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


class Severity(StrEnum):
    """An error stops approval; a warning may be dismissed with a reason."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True)
class Subject:
    """A text and its translation, both inline HTML as :mod:`cms.translation.markup` has it.

    ``links``: the addresses of the source's links by their names (``a1``); ``overrides``: those that
    the translation leads to instead. ``path``: where in the page it stands. ``max_length``: how many
    characters fit there, if that is limited. An empty ``text`` is one that is not translated yet.
    """

    language: str
    source: str
    text: str
    links: Mapping[str, str] = field(default_factory=dict)
    path: str = ""
    max_length: int | None = None
    overrides: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def plain_source(self) -> str:
        """The source without its tags; a line break is one."""
        return plain_text(self.source)

    @cached_property
    def plain(self) -> str:
        """The translation without its tags; what a finding's place counts in."""
        return plain_text(self.text)

    @cached_property
    def source_tags(self) -> tuple[tuple[str, str], ...]:
        """The names and ids of the source's tags."""
        return tags_in(self.source)

    @cached_property
    def tags(self) -> tuple[tuple[str, str], ...]:
        """The names and ids of the translation's tags."""
        return tags_in(self.text)

    @property
    def speech(self) -> Language:
        """The language's entry in the registry."""
        return BY_CODE[self.language]

    @property
    def is_list(self) -> bool:
        """Whether it is a field of words, one a line, of which another language may have more or fewer.

        A page's own fields are plain text, so that a line break in one begins another item; texts in
        blocks have a path of more than one name.
        """
        return "." not in self.path and ("<br" in self.source or "<br" in self.text)


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check found: ``message`` says what and where; ``start`` and ``end`` count in the plain translation."""

    check: str
    severity: Severity
    message: str
    start: int | None = None
    end: int | None = None


class Check(ABC):
    """One thing that may be wrong. The docstring says why it matters; ``severity`` is the gravest it gives."""

    code: ClassVar[str]
    label: ClassVar[_StrPromise]
    severity: ClassVar[Severity]
    #: The languages that it holds for; ``None``: all.
    languages: ClassVar[frozenset[str] | None] = None
    #: Whether it looks at a text that is not there.
    of_empty: ClassVar[bool] = False

    @abstractmethod
    def find(self, subject: Subject) -> Iterator[Finding]:
        """What is wrong with the text."""

    def holds_for(self, language: str) -> bool:
        return self.languages is None or language in self.languages

    def finding(
        self, message: str, span: tuple[int, int] | None = None, *, severity: Severity | None = None
    ) -> Finding:
        """A finding of this check, of its severity unless a milder one is given."""
        start, end = span or (None, None)
        return Finding(self.code, severity or self.severity, message, start, end)


CHECKS: dict[str, Check] = {}

_Kind = TypeVar("_Kind", bound=type[Check])


def register(kind: _Kind) -> _Kind:
    """Class decorator: makes the check one of those that run. Raises ``ValueError`` for a code that is taken."""
    if kind.code in CHECKS:
        raise ValueError(f"there is a check {kind.code} already")
    CHECKS[kind.code] = kind()
    return kind


def targets() -> tuple[str, ...]:
    """The languages that are translated into."""
    return tuple(code for code in BY_CODE if code != SOURCE)
