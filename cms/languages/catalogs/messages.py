"""What a message is, wherever it comes from."""

from __future__ import annotations

import json
from dataclasses import dataclass

CONTEXT_MARK = "\x04"


@dataclass(frozen=True, slots=True)
class Found:
    """One use of a message in a source file."""

    line: int
    singular: str
    plural: str | None = None
    context: str | None = None
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Message:
    """A message with every file that uses it.

    ``translation`` holds the texts where they are made and not translated: the names of months in
    the languages that Django lacks.
    """

    singular: str
    plural: str | None = None
    context: str | None = None
    files: tuple[str, ...] = ()
    comments: tuple[str, ...] = ()
    translation: str | None = None

    @property
    def key(self) -> str:
        """Gettext's own key: the context, U+0004 and the text; the text alone without a context."""
        return key_of(self.singular, self.context)

    @property
    def label(self) -> str:
        """The message as a report names it, in quotes and on one line."""
        return label_of(self.singular, self.context)


def key_of(singular: str, context: str | None) -> str:
    """Gettext's key of a message."""
    return singular if context is None else f"{context}{CONTEXT_MARK}{singular}"


def label_of(singular: str, context: str | None = None) -> str:
    """A message in quotes and on one line, its context in brackets after it."""
    label = json.dumps(singular, ensure_ascii=False)
    return label if context is None else f"{label} ({context})"
