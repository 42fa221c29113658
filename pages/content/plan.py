"""What an import would do: each page created, changed or left, and which siblings move."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.core.exceptions import ValidationError

from cms.languages.registry import CODES, SOURCE
from pages.addresses import parent_path
from pages.content.checks import complaint_about_draft
from pages.content.document import Document
from pages.content.ordering import moves, wanted_order
from pages.content.pages import document_of, says_the_same, with_pictures
from pages.content.problems import Problem
from pages.content.report import Action
from pages.content.site import Site, SitePage, specific_pages
from pages.content.tree import File, Tree
from pages.content.values import Names
from pages.models import BasePage


@dataclass(slots=True)
class Entry:
    """A page of the tree and what happens to it. In ``document`` pictures are named by their SHA-1."""

    file: File
    document: Document
    existing: SitePage | None
    action: Action = Action.CREATED
    page: BasePage | None = None


@dataclass(frozen=True, slots=True)
class Move:
    """A page that goes right behind a sibling (``None``: to the front)."""

    language: str
    path: str
    behind: str | None


@dataclass(slots=True)
class Plan:
    """The entries in the order in which they are made (parents first, Swedish first), and the moves."""

    entries: list[Entry]
    moves: list[Move]
    problems: list[Problem]


def make_plan(tree: Tree, site: Site, names: Names, *, overwrite_drafts: bool) -> Plan:
    """Compare the tree with the site."""
    entries = [_entry(file, tree, site) for file in tree.files.values()]
    orders = {entry.document.path: entry.document.order for entry in entries if entry.document.language == SOURCE}
    entries.sort(key=lambda entry: _rank(entry.document, orders.get(entry.document.path)))
    problems = list(_compare(entries, names, overwrite_drafts=overwrite_drafts))
    return Plan(entries, list(_moves(entries, site)), problems)


def _entry(file: File, tree: Tree, site: Site) -> Entry:
    document = with_pictures(file.document, lambda name: tree.pictures[name].digest)
    return Entry(file, document, site.pages.get(document.where))


def _rank(document: Document, order: int | None) -> tuple[int, int, str, float, str]:
    place = float("inf") if order is None else order
    return CODES.index(document.language), document.path.count("/"), parent_path(document.path), place, document.path


def _compare(entries: Iterable[Entry], names: Names, *, overwrite_drafts: bool) -> Iterator[Problem]:
    existing = {entry.existing.id: entry for entry in entries if entry.existing}
    for page in specific_pages(existing):
        entry = existing[page.pk]
        entry.page = page
        if entry.existing and entry.existing.live and _is_said(entry, names):
            entry.action = Action.UNCHANGED
            continue
        entry.action = Action.CHANGED
        complaint = complaint_about_draft(entry.existing, overwrite=overwrite_drafts) if entry.existing else ""
        if complaint:
            yield entry.file.problem(complaint)


def _is_said(entry: Entry, names: Names) -> bool:
    """Whether the page says what the file says; to the reader, who sees no links to unpublished pages, is enough."""
    if entry.page is None:
        return False
    for view in (names, names.as_published()):
        try:
            found = document_of(entry.page, *entry.document.where, view)
        except ValidationError:
            return False
        if says_the_same(entry.document, found):
            return True
    return False


# --- order -----------------------------------------------------------------------------------------


def _moves(entries: Iterable[Entry], site: Site) -> Iterator[Move]:
    children: dict[tuple[str, str], list[Entry]] = defaultdict(list)
    for entry in entries:
        if entry.document.path:
            children[entry.document.language, parent_path(entry.document.path)].append(entry)
    orders: dict[str, list[str]] = {}
    for (language, parent), given in sorted(children.items(), key=lambda item: CODES.index(item[0][0])):
        current = _siblings(site, language, parent, given)
        if language == SOURCE:
            place = {path: index for index, path in enumerate(current)}
            chosen = sorted(given, key=lambda entry: _wanted_place(entry.document, place))
            orders[parent] = wanted_order(current, [entry.document.path for entry in chosen])
            wanted = orders[parent]
        else:
            swedish = orders.get(parent) or [page.path for page in site.children(SOURCE, parent)]
            wanted = wanted_order(current, [path for path in swedish if path in current])
        for path, behind in moves(current, wanted):
            yield Move(language, path, behind)


def _siblings(site: Site, language: str, parent: str, given: Iterable[Entry]) -> list[str]:
    """The children as they will be when the new ones are made."""
    known = (language, parent) in site.pages
    current = [page.path for page in site.children(language, parent)] if known else []
    return current + [entry.document.path for entry in given if not entry.existing]


def _wanted_place(document: Document, place: dict[str, int]) -> tuple[bool, int]:
    if document.order is not None:
        return False, document.order
    return True, place[document.path]
