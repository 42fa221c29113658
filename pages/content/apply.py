"""Carries out a plan. The caller holds the transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.models import Page
from wagtail.signal_handlers import disable_reference_index_auto_update

from cms.access.scopes import HOME_ROOT, LOCAL_SEGMENT
from cms.geography.models import County
from cms.languages.registry import SOURCE
from cms.translation.localize import Source
from cms.translation.records import joined
from pages.addresses import parent_path
from pages.content.library import Library
from pages.content.pages import KEY_OF_FIELD, fill
from pages.content.plan import Entry, Move, Plan
from pages.content.problems import ContentError
from pages.content.publish import publish
from pages.content.report import Action, PageReport, Report
from pages.content.site import TYPES, Site, SitePage, specific_pages
from pages.content.tree import Tree
from pages.content.values import Names
from pages.models import BasePage, CountyPage
from pages.tree import ensure_local_root, locales


class Apply:
    """One import's writing."""

    def __init__(self, tree: Tree, site: Site, names: Names, library: Library, user: Any) -> None:
        self.tree = tree
        self.site = site
        self.names = names
        self.library = library
        self.user = user
        self.locales = locales()
        self.pictures = {picture.digest: picture for picture in tree.pictures.values()}

    def run(self, plan: Plan, report: Report, progress: Callable[[str], None] | None) -> None:
        """Make the pages, then their text: a text may lead to a page that comes after it."""
        with disable_reference_index_auto_update():
            for entry in plan.entries:
                if entry.action is Action.CREATED:
                    self._create(entry)
        self._read_again(plan)
        by_path: dict[str, list[Entry]] = {}
        for entry in plan.entries:
            by_path.setdefault(entry.document.path, []).append(entry)
        reports = {page.name: page for page in report.pages}
        done, total = 0, sum(entry.action is not Action.UNCHANGED for entry in plan.entries)
        for entry in plan.entries:
            if entry.document.language == SOURCE and entry.action is not Action.UNCHANGED:
                self._publish(entry, None)
                done += 1
                _say(progress, done, total, entry)
        for path, entries in by_path.items():
            for entry in self._translate(path, entries, reports):
                done += 1
                _say(progress, done, total, entry)
        # Last: a move changes the rows of pages that are held here.
        for move in plan.moves:
            self._move(move)
        report.moved = len(plan.moves)
        report.pictures = self.library.made

    # --- pages ---------------------------------------------------------------------------------------

    def _create(self, entry: Entry) -> None:
        document = entry.document
        language, path = document.where
        source = self.site.pages.get((SOURCE, path))
        kind = source.type if source else document.type
        slug = path.rstrip("/").rpartition("/")[2] or f"{HOME_ROOT}{language}"
        page = TYPES[kind](title=document.title, slug=slug, locale=self.locales[language], live=False)
        versions = self.site.versions(path)
        if versions:
            page.translation_key = versions[0].translation_key
        if isinstance(page, CountyPage):
            page.county = County.objects.get(slug=slug)
        try:
            self._parent(language, path).add_child(instance=page)
        except ValidationError as error:
            raise ContentError([entry.file.problem(" ".join(error.messages))]) from error
        self.site.add(SitePage(page.pk, language, path, kind, False, False, False, page.translation_key, page.path))
        entry.page = page

    @staticmethod
    def _read_again(plan: Plan) -> None:
        """The pages as they are now: treebeard counts children on the row, and a page that is saved says its count."""
        entries = {
            entry.page.pk: entry for entry in plan.entries if entry.page and entry.action is not Action.UNCHANGED
        }
        for page in specific_pages(entries):
            entries[page.pk].page = page

    def _parent(self, language: str, path: str) -> Page:
        if not path:
            return Page.get_first_root_node()
        parent = parent_path(path)
        if parent == f"{LOCAL_SEGMENT}/" and (language, parent) not in self.site.pages:
            root = ensure_local_root(language)
            self.site.add(
                SitePage(root.pk, language, parent, "local_root", False, False, False, root.translation_key, root.path)
            )
        # Read again: treebeard counts children on the row.
        return Page.objects.get(pk=self.site.pages[language, parent].id)

    def _move(self, move: Move) -> None:
        page = Page.objects.get(pk=self.site.pages[move.language, move.path].id)
        if move.behind is None:
            page.move(page.get_parent(), pos="first-child", user=self.user)
        else:
            page.move(Page.objects.get(pk=self.site.pages[move.language, move.behind].id), pos="right", user=self.user)

    def _publish(self, entry: Entry, source: BasePage | None) -> None:
        page, document = entry.page, entry.document
        if page is None:
            raise ValueError(f"{entry.file.name} was not made")
        names = replace(self.names, picture_id=lambda digest: self.library.ensure(self.pictures[digest], document.path))
        fill(page, document, names, source)
        try:
            publish(page, self.user)
        except ValidationError as error:
            raise ContentError([entry.file.problem(" ".join(error.messages))]) from error

    # --- translations --------------------------------------------------------------------------------

    def _translate(self, path: str, entries: list[Entry], reports: dict[str, PageReport]) -> Iterator[Entry]:
        """Publish the translations of the page at ``path`` and join them to it; gives each that was written."""
        swedish = next((entry for entry in entries if entry.document.language == SOURCE), None)
        source_changed = swedish is not None and swedish.action is not Action.UNCHANGED
        translations = [entry for entry in entries if entry is not swedish]
        written = [entry for entry in translations if entry.action is not Action.UNCHANGED]
        if not written and not source_changed:
            return
        page = Page.objects.get(pk=self.site.pages[SOURCE, path].id).specific
        source = Source(page)
        for entry in translations:
            if entry in written:
                self._publish(entry, page)
                yield entry
            elif not source_changed or source.is_joined(self.locales[entry.document.language].pk):
                continue
            join = source.join(entry.page, self.user)
            joined(entry.page)
            report = reports[entry.file.name]
            report.joined, report.why = join.segments, join.reason
            report.missing = tuple(KEY_OF_FIELD.get(name, name) for name in join.missing)


def _say(progress: Callable[[str], None] | None, done: int, total: int, entry: Entry) -> None:
    if progress:
        progress(_("%(done)d of %(total)d: %(file)s") % {"done": done, "total": total, "file": entry.file.name})
