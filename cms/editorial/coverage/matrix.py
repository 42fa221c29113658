"""The matrix: a row a page, a cell a language."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from wagtail.models import Page

from cms.access.actions import Action
from cms.access.policy import decide
from cms.access.scopes import Scope, scope_of, split_url_path
from cms.access.withdrawal import can_be_withdrawn
from cms.languages.registry import LANGUAGES, SOURCE, Language
from cms.translation.models import TranslationRecord
from cms.translation.states import State
from pages.addresses import address

#: What a source is, beside the states of translations.
PUBLISHED = "published"
DRAFT = "draft"

#: Orders beside the tree's: what they sort by, the most pressing first.
_PRESSING: dict[str, tuple[Q, str, Callable[[Any], Any]]] = {
    "outdated": (Q(outdated__gt=0), "outdated", sum),
    "words": (Q(words_left__gt=0), "words_left", sum),
    "deadline": (Q(item__isnull=False, item__order__deadline__isnull=False), "item__order__deadline", min),
}

#: A row of ``_records``: what a cell says, without the wide columns of a record.
_COLUMNS = (
    "source_id",
    "pk",
    "language",
    "state",
    "live",
    "outdated",
    "words_left",
    "source__live",
    "item__order__deadline",
)


@dataclass(frozen=True, slots=True)
class Cell:
    """One page in one language. ``url`` leads to the room, the site or the order form; empty: nowhere."""

    language: Language
    state: str
    url: str = ""
    outdated: int = 0
    words_left: int = 0
    deadline: datetime.date | None = None


@dataclass(slots=True)
class Row:
    """One page with a cell for each language that is shown; the sums are over these languages."""

    path: str
    title: str
    depth: int
    withdraw_url: str = ""
    cells: list[Cell] = field(default_factory=list)

    @property
    def outdated(self) -> int:
        return sum(cell.outdated for cell in self.cells)

    @property
    def words_left(self) -> int:
        return sum(cell.words_left for cell in self.cells)

    @property
    def deadline(self) -> datetime.date | None:
        return min((cell.deadline for cell in self.cells if cell.deadline), default=None)


def shown_languages(code: str) -> list[Language]:
    """Swedish and the language of the filter, or all."""
    return [language for language in LANGUAGES if not code or language.code in (SOURCE, code)]


@dataclass(frozen=True, slots=True)
class Found:
    """The pages that a filter finds, in the order asked for. The key is the source's record's too."""

    ids: list[int]
    #: Of the published ones.
    live_keys: set[uuid.UUID]


def in_order(pages: QuerySet[Page], sort: str, code: str) -> Found:
    """The pages by the tree, by title, or by what presses most in the language ``code``, else in all.

    One query, and one more for what presses.
    """
    order = ("title", "path") if sort == "title" else ("path",)
    rows = list(pages.order_by(*order).values_list("pk", "translation_key", "live"))
    if sort in _PRESSING:
        values = _pressing(sort, code)
        pressing = [row for row in rows if row[1] in values]
        # Of equals the order of the tree holds, in reverse too.
        pressing.sort(key=lambda row: values[row[1]], reverse=sort != "deadline")
        rows = pressing + [row for row in rows if row[1] not in values]
    return Found([pk for pk, _key, _live in rows], {key for _pk, key, live in rows if live})


def _pressing(sort: str, code: str) -> dict[uuid.UUID, Any]:
    """The sum or date that is sorted by, of the sources that have one."""
    condition, column, aggregate = _PRESSING[sort]
    records = TranslationRecord.objects.filter(condition)
    if code:
        records = records.filter(language=code)
    found: dict[uuid.UUID, list[Any]] = {}
    for key, value in records.values_list("source_id", column):
        found.setdefault(key, []).append(value)
    return {key: aggregate(values) for key, values in found.items()}


def pages_of(ids: list[int]) -> list[Page]:
    """The pages in the order of ``ids``; one query."""
    found = Page.objects.in_bulk(ids)
    return [found[pk] for pk in ids if pk in found]


def rows_of(user: Any, pages: list[Page], languages: list[Language]) -> list[Row]:
    """The rows of the pages; one query."""
    by_key: dict[uuid.UUID, dict[str, Any]] = {}
    codes = [language.code for language in languages]
    records = TranslationRecord.objects.filter(source__in=[page.translation_key for page in pages], language__in=codes)
    for key, *rest in records.values_list(*_COLUMNS):
        by_key.setdefault(key, {})[rest[1]] = rest
    links = _Links(user)
    return [_row(user, page, by_key.get(page.translation_key, {}), languages, links) for page in pages]


def _row(user: Any, page: Page, records: dict[str, Any], languages: list[Language], links: _Links) -> Row:
    parts = split_url_path(page.url_path)
    scope = scope_of(page)
    path = parts[1] if parts else ""
    editable = links.may(Action.EDIT, scope)
    row = Row(
        path,
        page.draft_title if editable else page.title,
        path.count("/"),
        _withdraw_url(user, page),
    )
    for language in languages:
        if language.code == SOURCE:
            url = links.editor(page.pk) if editable else address(path, SOURCE) if page.live else ""
            row.cells.append(Cell(language, PUBLISHED if page.live else DRAFT, url))
        elif language.code in records:
            row.cells.append(_cell(records[language.code], language, scope, path, page.pk, links))
        else:
            row.cells.append(Cell(language, State.MISSING))
    return row


def _cell(record: Any, language: Language, scope: Scope | None, path: str, page_id: int, links: _Links) -> Cell:
    pk, _language, state, live, outdated, words_left, source_live, deadline = record
    county = scope.county_slug if scope else None
    if links.may(Action.EDIT, Scope(language.code, county)):
        url = links.room(pk)
    elif live:
        url = address(path, language.code)
    elif source_live and links.may(Action.ORDER, scope):
        url = links.order(page_id, language.code)
    else:
        url = ""
    return Cell(language, state, url, outdated, words_left, deadline)


def _withdraw_url(user: Any, page: Page) -> str:
    """Where ``user`` withdraws another's page; empty where she may not, or may unpublish it herself."""
    if can_be_withdrawn(page) and decide(user, Action.WITHDRAW, page) and not decide(user, Action.UNPUBLISH, page):
        return reverse("withdraw_page", args=[page.pk])
    return ""


class _Links:
    """Addresses, and what the policy says of a scope: each asked for once, not a cell."""

    def __init__(self, user: Any) -> None:
        self._user = user
        self._decided: dict[tuple[Action, Scope | None], bool] = {}
        self._room = reverse("translation_room", args=[0])
        self._editor = reverse("wagtailadmin_pages:edit", args=[0])
        self._order = reverse("translation_order")

    def may(self, action: Action, scope: Scope | None) -> bool:
        key = (action, scope)
        if key not in self._decided:
            self._decided[key] = bool(decide(self._user, action, scope))
        return self._decided[key]

    def room(self, record_id: int) -> str:
        return self._room.replace("/0/", f"/{record_id}/")

    def editor(self, page_id: int) -> str:
        return self._editor.replace("/0/", f"/{page_id}/")

    def order(self, page_id: int, language: str) -> str:
        return f"{self._order}?page={page_id}&language={language}"
