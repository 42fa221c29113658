"""Exports the published pages as a content tree (docs/content-format.md)."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from pathlib import Path, PurePosixPath

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.images import get_image_model

from cms.access.audit.events import Event
from cms.access.audit.log import record
from cms.languages.registry import CODES, SOURCE
from pages.addresses import parent_path
from pages.content.fences import PICTURE_FOLDER
from pages.content.library import Library, file_of
from pages.content.pages import document_of
from pages.content.pictures import complaint_about
from pages.content.problems import ContentError, Problem
from pages.content.report import Action, PageReport, Report
from pages.content.site import TYPES, Site, SitePage, specific_pages
from pages.content.tree import INDEX, SUFFIX, is_slug, parse_page
from pages.content.values import Names
from pages.content.write import write_page


def export_tree(root: Path, *, languages: Iterable[str] | None = None) -> Report:
    """Write the published pages, in ``languages`` or in all, to the empty or new folder ``root``.

    Raises ``ContentError`` where the folder is not empty or a page can't be said in the format;
    nothing is written then. Pages that an empty site could not take (their parent or their Swedish
    page is not published) are left out, and the report says so.
    """
    root = Path(root)
    if root.exists() and (not root.is_dir() or any(root.iterdir())):
        raise ContentError([Problem(str(root), 1, _("This is not an empty folder."))])
    unknown = sorted(set(languages or ()) - set(CODES))
    if unknown:
        what = _("No language has the code “%(code)s”; there are %(codes)s.")
        raise ContentError([Problem(code, 1, what % {"code": code, "codes": ", ".join(CODES)}) for code in unknown])
    return _Export(root, languages).run()


class _Export:
    def __init__(self, root: Path, languages: Iterable[str] | None) -> None:
        self.root = root
        self.languages = set(languages or CODES)
        self.site = Site()
        self.report = Report()
        self.library = Library()
        self.pictures: dict[str, bytes] = {}
        self.refused: set[int] = set()
        self.names = Names(self.site, self._picture, _no_id, published_only=True)

    def run(self) -> Report:
        chosen = self._choose()
        parents = {parent_path(page.path) for page in chosen if page.path}
        orders = self._orders(chosen)
        files: dict[str, bytes] = {}
        problems: list[Problem] = []
        wanted = [page for page in chosen if page.language in self.languages]
        pages = specific_pages(page.id for page in wanted)
        by_id = {page.id: page for page in wanted}
        for page in pages:
            entry = by_id[page.pk]
            name = _file_name(entry, parents)
            order = orders.get(entry.path) if entry.language == SOURCE else None
            try:
                document = document_of(page, entry.language, entry.path, self.names, order)
            except ValidationError as error:
                problems.append(Problem(name, 1, " ".join(error.messages)))
                continue
            files[name] = write_page(document)
            # What can't be read again must not be written.
            parse_page(files[name].decode("utf-8"), name, entry.language, entry.path, problems)
            self.report.pages.append(PageReport(name, entry.language, entry.path, Action.WRITTEN))
        if problems:
            raise ContentError(problems)
        self._write(files)
        languages = ",".join(sorted(self.languages))
        record(Event.EXPORTED, about="content", pages=len(files), languages=languages)
        return self.report

    def _write(self, files: dict[str, bytes]) -> None:
        self.root.mkdir(parents=True, exist_ok=True)
        for name, data in {**files, **self.pictures}.items():
            path = self.root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        self.report.pictures = len(self.pictures)

    # --- which pages -----------------------------------------------------------------------------------

    def _choose(self) -> list[SitePage]:
        """The pages that an empty site can take, parents first; the others are left out, with the reason."""
        chosen: dict[tuple[str, str], SitePage] = {}
        pages = sorted(self.site.pages.values(), key=lambda page: (CODES.index(page.language), page.tree_path))
        for page in pages:
            if page.id not in self.site.public_ids or page.type == "local_root":
                continue
            why = self._why_not(page, chosen)
            if not why:
                chosen[page.language, page.path] = page
            elif page.language in self.languages:
                name = f"{page.language}/{page.path}"
                self.report.pages.append(PageReport(name, page.language, page.path, Action.LEFT_OUT, why=why))
        self.site.hidden = {
            page.path
            for page in pages
            if page.language == SOURCE and (SOURCE, page.path) not in chosen and not _is_everywhere(page)
        }
        return list(chosen.values())

    def _why_not(self, page: SitePage, chosen: dict[tuple[str, str], SitePage]) -> str:
        slug = page.path.rstrip("/").rpartition("/")[2]
        if slug and not is_slug(slug):
            return _("the address has other signs than a–z, 0–9 and hyphens")
        parent = (page.language, parent_path(page.path))
        if page.path and parent not in chosen and not _is_everywhere(self.site.pages[parent]):
            return _("the page above it is not published")
        if (SOURCE, page.path) not in chosen:
            source = self.site.pages.get((SOURCE, page.path))
            if page.language != SOURCE and (source is None or not _is_everywhere(source)):
                return _("there is no published Swedish page that it translates")
        return ""

    @staticmethod
    def _orders(chosen: Iterable[SitePage]) -> dict[str, int]:
        """The place of each Swedish page among its siblings."""
        counts: dict[str, int] = {}
        orders = {}
        for page in chosen:
            if page.language == SOURCE and page.path:
                parent = parent_path(page.path)
                counts[parent] = counts.get(parent, 0) + 1
                orders[page.path] = counts[parent]
        return orders

    # --- pictures --------------------------------------------------------------------------------------

    def _picture(self, pk: int) -> str | None:
        name = self._picture_names.get(self.library.digests.get(pk, ""))
        if name is None or pk in self.refused:
            return None
        if name not in self.pictures:
            image = get_image_model().objects.get(pk=pk)
            data = file_of(image)
            complaint = complaint_about(data, image.file.name) if data is not None else _("The file is gone.")
            if data is None or complaint:
                self.refused.add(pk)
                self.report.notes.append(f"{image.file.name}: {complaint}")
                return None
            self.pictures[name] = data
        return name

    @cached_property
    def _picture_names(self) -> dict[str, str]:
        """A name for each content: the shortest of its files', which no other content has."""
        named = sorted(
            (len(PurePosixPath(file).name), PurePosixPath(file).name, pk)
            for pk, file in get_image_model().objects.values_list("pk", "file")
        )
        names: dict[str, str] = {}
        taken: set[str] = set()
        for _length, name, pk in named:
            digest = self.library.digests.get(pk)
            if digest and digest not in names:
                path = PurePosixPath(name)
                free = name if name not in taken else f"{path.stem}-{digest[:8]}{path.suffix}"
                names[digest] = f"{PICTURE_FOLDER}/{free}"
                taken.add(free)
        return names


def _is_everywhere(page: SitePage) -> bool:
    """Whether every site has the page: the roots of the local trees, the Swedish home and county pages."""
    return page.type == "local_root" or (page.language == SOURCE and TYPES[page.type].is_structural)


def _file_name(page: SitePage, parents: set[str]) -> str:
    path = page.path.rstrip("/")
    if page.path in parents or not path or path.rpartition("/")[2] == INDEX:
        return f"{page.language}/{path}/{INDEX}{SUFFIX}" if path else f"{page.language}/{INDEX}{SUFFIX}"
    return f"{page.language}/{path}{SUFFIX}"


def _no_id(digest: str) -> int:
    raise LookupError(digest)
