"""What views, the API and the engines of search agree on."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from django.utils.safestring import SafeString

from cms.languages.registry import Language
from search.analysis import Asked

#: Hits on a page of results, and in a group of another language.
PAGE_SIZE = 10
GROUP_SIZE = 5
#: As many of an engine's hits are looked at, best first: of the reader's language, and of each
#: fallback. What comes after is neither shown nor counted.
WINDOW = 200
FALLBACK_WINDOW = 50


#: What a search can be narrowed by, as ``SearchQuery``, ``Record`` and every engine call it.
FILTERS = ("type", "theme", "county", "municipality")
#: Titles that are suggested while somebody types.
SUGGESTIONS = 8


class EngineError(Exception):
    """An engine could not answer or could not write; the message says why."""


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """What a reader asks.

    ``text`` as she typed it; ``language`` a code of the registry; ``county`` and ``municipality``
    codes of SCB; ``type`` a name of the content format (``article``, ``news`` …); ``theme`` the slug
    of a theme; empty is any. ``near`` is the county that she lives in: its pages come a little sooner.
    """

    text: str
    language: str
    county: str = ""
    municipality: str = ""
    type: str = ""
    theme: str = ""
    page: int = 1
    near: str = ""

    @property
    def filters(self) -> dict[str, str]:
        """What narrows the search, by the name of the filter."""
        return {name: value for name in FILTERS if (value := getattr(self, name))}


@dataclass(frozen=True, slots=True)
class Record:
    """What search knows of a page; plain text throughout.

    ``alternative`` are other titles and search words; ``headings`` those of the body and of its
    boxes; ``places`` the names of the county and municipality that it is about; ``body`` all the
    rest, a line a paragraph; ``theme`` the slug of the theme that it is below.
    """

    page_id: int
    language: str
    type: str
    title: str
    alternative: tuple[str, ...] = ()
    summary: str = ""
    headings: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    body: str = ""
    theme: str = ""
    county: str = ""
    municipality: str = ""
    machine_translated: bool = False
    updated: datetime.datetime | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A record as every engine keeps it: analysed, with what it is filtered and ranked by.

    ``fields`` has for each of ``search.documents.FIELDS`` the words and their marked forms, each
    separated by spaces. ``stamp`` changes when anything of it does.
    """

    page_id: int
    language: str
    type: str
    theme: str
    county: str
    municipality: str
    updated: datetime.datetime | None
    fields: tuple[tuple[str, str], ...]
    stamp: str


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
    recommended: bool = False


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A page whose title, or other title, begins as somebody types; ``language`` is the title's."""

    title: str
    url: str
    language: Language


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
    answered in place of an engine that could not; ``more`` whether there are pages that were not
    looked at, so that ``total`` and the numbers of ``facets`` are the least that there are. ``facets``
    has for each filter the pages by its values: those that would be found if it were that value.
    ``suggestions`` are other spellings that find something. ``expires`` is when a page that was counted
    or named stops being public by itself.
    """

    query: str
    language: Language
    total: int = 0
    page: int = 1
    pages: int = 0
    hits: list[Hit] = field(default_factory=list)
    also: list[LanguageGroup] = field(default_factory=list)
    facets: dict[str, dict[str, int]] = field(default_factory=dict)
    suggestions: list[str] = field(default_factory=list)
    degraded: bool = False
    more: bool = False
    expires: datetime.datetime | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """A search of one language: the ``words`` in it, what narrows it, and how many pages are wanted.

    Pages with all of the words come before pages with most of them.
    """

    language: str
    words: tuple[Asked, ...]
    limit: int
    filters: dict[str, str] = field(default_factory=dict)
    near: str = ""


@dataclass(frozen=True, slots=True)
class BackendResult:
    """What an engine found in one language: ids of pages, best first; not yet checked by anyone."""

    page_ids: tuple[int, ...]


def nothing() -> None:
    """What is done while an engine is waited for, if there is nothing else."""


class SearchBackend(Protocol):
    """An engine. Every method may raise ``EngineError``.

    An engine ranks; it does not decide what may be shown, and its counts are shown to nobody:
    ``search.service`` checks every hit against the database and counts what remains.
    """

    name: str

    def index(self, documents: Sequence[Document]) -> None:
        """Add these documents, or put them in the place of what the engine had of the same pages."""

    def remove(self, page_ids: Iterable[int]) -> None:
        """Forget these pages; what the engine does not have is passed over."""

    def search(self, asked: Sequence[Question], meanwhile: Callable[[], None] = nothing) -> list[BackendResult]:
        """The pages that answer each question, in the order of the questions.

        ``meanwhile`` is called at most once, by an engine that is waited for; what it raises is passed over.
        """

    def suggest(self, text: str, limits: dict[str, int]) -> dict[str, BackendResult]:
        """The pages of each language one of whose titles has the words of ``text``, the last as a beginning."""

    def count(self, language: str) -> int:
        """How many documents the engine has of ``language``."""

    def stamps(self, language: str) -> dict[int, str]:
        """The stamp of every document of ``language``, by page."""

    def healthy(self) -> bool:
        """Whether the engine answers. Does not raise."""
