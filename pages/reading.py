"""What a reader is shown of the tree, in her language or the best that there is.

The fallback rule lives in ``resolve`` and ``load_refs``: of all versions of a page, the one whose
language comes first in the reader's chain (``cms.languages.registry``). Everything that lists or
shows pages asks these two.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from django.db.models import Q
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from wagtail.models import Page

from cms.access.scopes import split_url_path
from cms.languages.registry import BY_CODE, CODES, SOURCE, Language
from pages.addresses import address, url_paths
from pages.visibility import public

#: Types in the menus, by model name: the pages just below home that every page links to.
MENU_TYPES = {"entrancepage", "themepage", "newsindexpage", "standardpage"}
V = TypeVar("V")
STEP = 4  # characters a level in treebeard's path


@dataclass(frozen=True, slots=True)
class Version:
    """One language's version of a page: what the tree says of it."""

    id: int
    code: str
    path: str
    tree_path: str
    title: str
    summary: str
    type: str
    first_published_at: datetime.datetime | None
    last_published_at: datetime.datetime | None


@dataclass(frozen=True, slots=True)
class PageRef:
    """A page as something to link to, for a reader of one language."""

    id: int
    path: str
    url: str
    title: str
    summary: str
    language: Language
    is_fallback: bool
    type: str
    published: datetime.date | None
    updated: datetime.date | None
    tree_path: str

    @property
    def lang_attrs(self) -> SafeString:
        """``lang`` and ``dir`` where the text is not in the reader's language, else nothing."""
        if not self.is_fallback:
            return SafeString("")
        return format_html('lang="{}" dir="{}"', self.language.tag, self.language.direction)


_FIELDS = (
    "id",
    "url_path",
    "path",
    "title",
    "search_description",
    "content_type__model",
    "first_published_at",
    "last_published_at",
)


def versions(condition: Q) -> list[Version]:
    """The public pages that ``condition`` finds, as versions; one query."""
    found = []
    for pk, url_path, tree_path, title, summary, model, first, last in public(
        Page.objects.filter(condition)
    ).values_list(*_FIELDS):
        parts = split_url_path(url_path)
        if parts and parts[0] in BY_CODE:
            kind = model.removesuffix("page")
            found.append(Version(pk, *parts, tree_path, title, summary or "", kind, first, last))
    return found


def resolve(path: str) -> dict[str, Version]:
    """Every public version of the page at ``path``, by language; one query."""
    candidates = url_paths(path, CODES)
    # The slug has an index, the url_path has none.
    slugs = {candidate.rstrip("/").rpartition("/")[2] for candidate in candidates}
    return {version.code: version for version in versions(Q(slug__in=slugs, url_path__in=candidates))}


def best(language: Language, by_code: Mapping[str, V]) -> V | None:
    """The version for a reader of ``language``."""
    return next((by_code[code] for code in language.chain if code in by_code), None)


def local_date(moment: datetime.datetime | None) -> datetime.date | None:
    """The day of a moment on the site's clock."""
    return localtime(moment).date() if moment else None


def ref_of(version: Version, language: Language) -> PageRef:
    """The version as a link for a reader of ``language``."""
    return PageRef(
        id=version.id,
        path=version.path,
        url=address(version.path, language.code),
        title=version.title,
        summary=version.summary,
        language=BY_CODE[version.code],
        is_fallback=version.code != language.code,
        type=version.type,
        published=local_date(version.first_published_at),
        updated=local_date(version.last_published_at),
        tree_path=version.tree_path,
    )


def choose(found: Iterable[Version], language: Language) -> list[PageRef]:
    """Of each page's versions the best for the reader, in the order of the Swedish tree."""
    by_path: dict[str, dict[str, Version]] = {}
    for version in found:
        by_path.setdefault(version.path, {})[version.code] = version
    chosen = []
    for by_code in by_path.values():
        shown = best(language, by_code)
        if shown:
            order = by_code.get(SOURCE, shown).tree_path
            chosen.append((order, ref_of(shown, language)))
    return [ref for _order, ref in sorted(chosen, key=lambda item: item[0])]


def in_chain(language: Language) -> Q:
    """Pages in a language that this reader may be shown."""
    return Q(locale__language_code__in=language.chain)


def load_refs(condition: Q, language: Language) -> list[PageRef]:
    """The pages that ``condition`` finds, each once, for a reader of ``language``; one query."""
    return choose(versions(condition & in_chain(language)), language)


def below(parents: Iterable[Version]) -> Q:
    """The children of these versions of one page."""
    condition = Q(pk__in=[])
    for parent in parents:
        condition |= Q(path__startswith=parent.tree_path, depth=len(parent.tree_path) // STEP + 1)
    return condition


def linked(ids: set[int], language: Language) -> dict[int, PageRef]:
    """The pages with these ids as links for the reader: the id stays, the version is hers; one query."""
    if not ids:
        return {}
    keys = Page.objects.filter(pk__in=ids).values("translation_key")
    found = versions(Q(pk__in=ids) | (Q(translation_key__in=keys) & in_chain(language)))
    refs = {ref.path: ref for ref in choose(found, language)}
    return {version.id: refs[version.path] for version in found if version.id in ids and version.path in refs}
