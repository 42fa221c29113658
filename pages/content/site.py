"""What the site has: its pages by language and path, and what text refers to."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Q
from wagtail.models import Page

from cms.access.scopes import HOME_ROOT, LOCAL_ROOT, split_url_path
from cms.languages.registry import BY_CODE, CODES, SOURCE
from pages import models
from pages.visibility import public

#: Page types by their name in the format, and the root of the local tree, which is no page of a file.
TYPES: dict[str, type[models.BasePage]] = {
    model.content_type_name: model
    for model in (
        models.HomePage,
        models.EntrancePage,
        models.ThemePage,
        models.ArticlePage,
        models.NewsIndexPage,
        models.NewsPage,
        models.StandardPage,
        models.ProfessionalPage,
        models.LocalRootPage,
        models.CountyPage,
        models.LocalPage,
    )
}
_TYPE_OF_MODEL = {model._meta.model_name: name for name, model in TYPES.items()}
_STORED_LINK = re.compile(r'<a href="(/[^"]*)">')


@dataclass(frozen=True, slots=True)
class SitePage:
    """A page as the tree knows it. ``type`` is the format's name; ``has_draft``: changed and not published."""

    id: int
    language: str
    path: str
    type: str
    live: bool
    has_draft: bool
    locked: bool
    translation_key: uuid.UUID
    tree_path: str


class Site:
    """Every page of the site, by language and path; one query."""

    def __init__(self) -> None:
        self.pages: dict[tuple[str, str], SitePage] = {}
        #: Swedish pages that links shall not lead to, published or not.
        self.hidden: set[str] = set()
        self._paths: dict[int, str] = {}
        for page in _load():
            self.add(page)

    def add(self, page: SitePage) -> None:
        """Know a page that was made."""
        self.pages[page.language, page.path] = page
        self._paths[page.id] = page.path

    def path_of(self, pk: int) -> str | None:
        """The path of the page with this id; ``None`` where there is none."""
        return self._paths.get(pk)

    def id_of(self, path: str) -> int:
        """The id that a link to ``path`` has: the Swedish page's; each reader is led to her own version."""
        return self.pages[SOURCE, path].id

    def stored(self, html: str) -> str:
        """Canonical HTML as the database keeps it: links to pages by id."""

        def replace(match: re.Match[str]) -> str:
            return f'<a id="{self.id_of(match[1][1:])}" linktype="page">'

        return _STORED_LINK.sub(replace, html)

    def versions(self, path: str) -> list[SitePage]:
        """The page at ``path`` in every language that has it, Swedish first."""
        return [self.pages[code, path] for code in CODES if (code, path) in self.pages]

    def is_public(self, path: str) -> bool:
        """Whether a link to ``path`` leads anywhere on every site: the trees' roots are on every one."""
        page = self.pages.get((SOURCE, path))
        if page is None or path in self.hidden:
            return False
        return page.id in self.public_ids or TYPES[page.type].is_structural

    @cached_property
    def public_ids(self) -> set[int]:
        """The ids of the pages that the public sees."""
        return set(public(Page.objects.all()).values_list("pk", flat=True))

    def children(self, language: str, path: str) -> Iterator[SitePage]:
        """The pages right below, in the tree's order."""
        tree_path = self.pages[language, path].tree_path
        below = (page for page in self.pages.values() if page.tree_path[:-4] == tree_path and page.path != path)
        return iter(sorted(below, key=lambda page: page.tree_path))


def _load() -> Iterator[SitePage]:
    condition = Q(url_path__startswith=f"/{HOME_ROOT}") | Q(url_path__startswith=f"/{LOCAL_ROOT}")
    rows = Page.objects.filter(condition).values_list(
        "pk",
        "url_path",
        "content_type__model",
        "live",
        "has_unpublished_changes",
        "latest_revision_id",
        "locked",
        "translation_key",
        "path",
    )
    for pk, url_path, model, live, changed, revision, locked, key, tree_path in rows:
        parts = split_url_path(url_path)
        if parts and parts[0] in BY_CODE and model in _TYPE_OF_MODEL:
            # An unpublished page that somebody has saved is a draft; those of ``ensure_trees`` nobody has.
            draft = changed or (not live and revision is not None)
            yield SitePage(pk, parts[0], parts[1], _TYPE_OF_MODEL[model], live, draft, locked, key, tree_path)


_CHUNK = 200


def specific_pages(ids: Iterable[int]) -> Iterator[models.BasePage]:
    """The pages with these ids, in their own types; a few queries for each 200 of them."""
    wanted = list(ids)
    for start in range(0, len(wanted), _CHUNK):
        yield from Page.objects.filter(pk__in=wanted[start : start + _CHUNK]).specific()
