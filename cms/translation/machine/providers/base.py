"""What a provider of machine translation is, and how it fails."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from django.utils.functional import Promise

#: A term of the source language and its approved translation.
Terms = list[tuple[str, str]]


class ProviderError(Exception):
    """The provider can't be used now; the text is for people, and holds no secret."""


class BadAnswerError(ProviderError):
    """The provider answered, but not what its API promises."""


def nothing() -> None:
    """What is called before each request where nobody counts."""


@dataclass(frozen=True, slots=True)
class Setup:
    """One provider as the settings have it (``cms.settings.machine``)."""

    kind: str
    name: str
    address: str = ""
    secret: str = field(default="", repr=False)
    model: str = ""
    codes: dict[str, str] = field(default_factory=dict)
    #: Characters a month and language.
    budget: int = 0
    #: Requests a minute; 0 is no limit.
    rate: int = 0


class Provider(Protocol):
    """A machine that translates.

    Languages are the site's codes. Texts are in the protected form of
    :mod:`cms.translation.machine.protect`, and come back so.
    """

    #: What it is called in the settings, in records of texts and of use.
    key: str
    #: What it is called for people.
    name: str
    #: The longest text, and all the texts of one call together, in characters.
    max_characters: int
    #: The texts of one call.
    max_texts: int

    def languages(self) -> set[tuple[str, str]]:
        """The pairs (source, target) that it can do. May ask the server; raises ``ProviderError``."""

    def note(self, target: str) -> str | Promise:
        """What people must know of its texts in this language, once :meth:`languages` was asked; or nothing."""

    def translate(self, texts: list[str], source: str, target: str, glossary: Terms) -> list[str]:
        """The texts' translations in their order. Raises ``ProviderError``."""


#: Makes a provider; ``before`` is called before each request, to wait for its turn.
Maker = Callable[[Setup, Callable[[], None]], Provider]
