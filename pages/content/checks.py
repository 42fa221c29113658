"""Whether a tree fits the site: parents, sources, types, places, links."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from cms.access.scopes import LOCAL_SEGMENT
from cms.geography.models import County, Municipality
from cms.languages.registry import SOURCE
from pages.addresses import address, parent_path
from pages.content.problems import Problem
from pages.content.site import TYPES, Site, SitePage
from pages.content.tree import File, Tree


class Checker:
    """Holds a tree against the site that it is to be imported into."""

    def __init__(self, tree: Tree, site: Site) -> None:
        self.tree = tree
        self.site = site
        self.counties = set(County.objects.values_list("slug", flat=True))
        self.county_of: dict[str, dict[str, str]] = {}
        for slug, county, name in Municipality.objects.values_list("slug", "county__slug", "county__name"):
            self.county_of.setdefault(slug, {})[county] = name

    def problems(self) -> Iterator[Problem]:
        """Everything that does not fit."""
        for file in self.tree.files.values():
            yield from self._place(file)
            yield from self._type(file)
            yield from self._links(file)

    def type_of(self, path: str) -> str | None:
        """The type that the page at ``path`` has or will have; the Swedish page says it."""
        file = self.tree.files.get((SOURCE, path))
        if file:
            return file.document.type
        page = self.site.pages.get((SOURCE, path))
        return page.type if page else None

    def _exists(self, language: str, path: str) -> bool:
        # The root of a language's local pages is made where it is missing.
        return (language, path) in self.tree.files or (language, path) in self.site.pages or path == f"{LOCAL_SEGMENT}/"

    def _place(self, file: File) -> Iterator[Problem]:
        document = file.document
        segments = document.path.split("/")
        if segments[0] == LOCAL_SEGMENT:
            if segments[1] not in self.counties:
                yield file.problem(_("No county has the address “%(slug)s”.") % {"slug": segments[1]})
                return
            homes = self.county_of.get(segments[2], {}) if len(segments) > 3 else {}
            if homes and segments[1] not in homes:
                what = _("The municipality “%(slug)s” is not in this county but in %(county)s.")
                yield file.problem(what % {"slug": segments[2], "county": ", ".join(sorted(homes.values()))})
        if document.language != SOURCE and not self._exists(SOURCE, document.path):
            what = _("There is no Swedish page %(address)s that this could translate.")
            yield file.problem(what % {"address": address(document.path, SOURCE)})
        parent = parent_path(document.path)
        if document.path and not self._exists(document.language, parent):
            what = _("There is no page %(address)s for this page to lie below.")
            yield file.problem(what % {"address": address(parent, document.language)})

    def _type(self, file: File) -> Iterator[Problem]:
        document = file.document
        wanted = self.type_of(document.path)
        if document.language == SOURCE and not document.type:
            # Its front matter can't be read, which is noted.
            return
        if document.language == SOURCE:
            existing = self.site.pages.get(document.where)
            if existing and existing.type != document.type:
                what = _("The page on the site has the type “%(type)s”; a page's type does not change.")
                yield file.problem(what % {"type": existing.type}, "type")
            else:
                yield from self._below_parent(file, document.type)
        elif document.type and wanted and document.type != wanted:
            what = _("The Swedish page has the type “%(type)s”; a translation has its source's.")
            yield file.problem(what % {"type": wanted}, "type")

    def _below_parent(self, file: File, kind: str) -> Iterator[Problem]:
        path = file.document.path
        if (kind == "home") != (not path):
            what = _("The home page has the type “home”, and no other page has.")
            yield file.problem(what, "type")
            return
        parent = self.type_of(parent_path(path)) if path else None
        if parent and TYPES[kind] not in TYPES[parent].allowed_subpage_models():
            what = _("A page of the type “%(type)s” can't lie below one of the type “%(parent)s”.")
            yield file.problem(what % {"type": kind, "parent": parent}, "type")

    def _links(self, file: File) -> Iterator[Problem]:
        for reference in file.pages:
            if not self._exists(SOURCE, reference.name):
                what = _("There is no page /%(path)s to link to.") % {"path": reference.name}
                yield Problem(file.name, reference.line, what)


def complaint_about_draft(page: SitePage, *, overwrite: bool) -> str:
    """Why a page that an editor is at work on may not be written over; nothing where it may."""
    if page.locked:
        return _("The page is locked by an editor.")
    if page.has_draft and not overwrite:
        return _("The page has unpublished changes. Publish or discard them, or import with --overwrite-drafts.")
    return ""
