"""A page as the content format knows it: plain values, the same from a file and from the site."""

from __future__ import annotations

import datetime
import json
from dataclasses import dataclass
from typing import Any

from pages.sources import Source


@dataclass(frozen=True, slots=True)
class Block:
    """One block of the body: its kind, as in ``BodyBlock``, and its value.

    The value holds text, lists and dictionaries alone. Rich text is canonical HTML
    (``pages.content.richtext``) with links to pages as paths (``href="/att-bo/"``); a picture is its
    file (``pictures/door.svg``); a page is its path (``att-bo/``).
    """

    kind: str
    value: dict[str, Any]

    @property
    def key(self) -> str:
        """Equal for equal blocks; for finding what changed."""
        return f"{self.kind} {json.dumps(self.value, sort_keys=True)}"


@dataclass(frozen=True, slots=True)
class Document:
    """A page in one language.

    ``path`` is its address without the language: ``""`` for home, ``att-bo/hyra-bostad/``. ``type``
    is empty in a translation, whose type is the source's; ``state`` is empty in Swedish. A date or
    an ``order`` that is ``None`` says nothing about what the site has.
    """

    language: str
    path: str
    title: str
    type: str = ""
    order: int | None = None
    summary: str = ""
    alternative_titles: tuple[str, ...] = ()
    search_words: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()
    owner: str = ""
    review_by: datetime.date | None = None
    first_published: datetime.date | None = None
    updated: datetime.date | None = None
    state: str = ""
    blocks: tuple[Block, ...] = ()

    @property
    def where(self) -> tuple[str, str]:
        """Language and path: which page this is."""
        return self.language, self.path
