"""What views, the API and the engines of search agree on."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from django.utils.safestring import SafeString

from cms.languages.registry import Language

#: Hits on a page of results, and in a group of another language.
PAGE_SIZE = 10
GROUP_SIZE = 5
#: As many of an engine's hits are looked at, best first: of the reader's language, and of each
#: fallback. What comes after is neither shown nor counted.
WINDOW = 200
FALLBACK_WINDOW = 50


class EngineError(Exception):
    """An engine could not answer or could not write; the message says why."""


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """What a reader asks.

    ``text`` as she typed it; ``language`` a code of the registry; ``county`` and ``municipality``
    codes of SCB; ``type`` a name of the content format (``article``, ``news`` …); empty is any.
    """

    text: str
    language: str
    county: str = ""
    municipality: str = ""
    type: str = ""
    page: int = 1


@dataclass(frozen=True, slots=True)
class Record:
    """What an engine is told of a page, the same for every engine; plain text throughout.

    ``alternative`` are other titles and search words; ``headings`` those of the body and of its
    boxes; ``body`` all the rest, a line a paragraph.
    """

    page_id: int
    language: str
    type: str
    title: str
    alternative: tuple[str, ...] = ()
    summary: str = ""
    headings: tuple[str, ...] = ()
    body: str = ""
    county: str = ""
    municipality: str = ""
    machine_translated: bool = False
    first_published: datetime.datetime | None = None
    updated: datetime.datetime | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """A page that was found, as it is shown: in the best language that it has for the reader.

    ``url`` lies in the reader's language. ``passage`` is HTML: escaped text with ``<mark>``.
    ``found_in`` is the language whose version has the words, often ``language`` itself.
    """

    page_id: int
    path: str
    url: str
    title: str
    summary: str
    language: Language
    is_fallback: bool
    found_in: Language
    type: str
    type_label: str
    passage: SafeString
    breadcrumb: list[str]
    updated: datetime.date | None
    machine_translated: bool


@dataclass(frozen=True, slots=True)
class LanguageGroup:
    """Hits on pages that the reader's language lacks, in one of its fallbacks."""

    language: Language
    hits: list[Hit]


@dataclass(frozen=True, slots=True)
class ResultPage:
    """A page of results.

    ``query`` is the text as it was understood; ``total`` the public pages found in ``language``;
    ``also`` the groups of its fallbacks, on the first page only; ``degraded`` whether the database
    answered in place of an engine that could not.
    """

    query: str
    language: Language
    total: int = 0
    page: int = 1
    pages: int = 0
    hits: list[Hit] = field(default_factory=list)
    also: list[LanguageGroup] = field(default_factory=list)
    suggestions: list[str] = field(default_factory=list)
    degraded: bool = False


@dataclass(frozen=True, slots=True)
class BackendResult:
    """What an engine found in one language: ids of pages, best first; not yet checked by anyone."""

    page_ids: tuple[int, ...]


class SearchBackend(Protocol):
    """An engine. Every method may raise ``EngineError``.

    An engine ranks; it does not decide what may be shown, and its counts are shown to nobody:
    ``search.service`` checks every hit against the database and counts what remains.
    """

    name: str

    def index(self, records: Sequence[Record]) -> None:
        """Add these records, or put them in the place of what the engine had of the same pages."""

    def remove(self, page_ids: Iterable[int]) -> None:
        """Forget these pages; what the engine does not have is passed over."""

    def replace(self, language: str, records: Iterable[Record]) -> int:
        """Make these the only records of ``language``, and return their number.

        A search meanwhile sees the old records or the new ones, never a part of them.
        """

    def search(self, query: SearchQuery, limits: dict[str, int]) -> dict[str, BackendResult]:
        """The pages that answer ``query`` in each language of ``limits``, that many at most.

        Pages with all of the words come before pages with most of them.
        """

    def count(self, language: str) -> int:
        """How many records the engine has of ``language``."""

    def healthy(self) -> bool:
        """Whether the engine answers. Does not raise."""
