"""The frame around every public page: languages, menus, publisher, what machines are told."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.conf import settings
from django.db.models import Q
from django.http import HttpRequest

from cms.access.scopes import LOCAL_SEGMENT
from cms.languages.registry import LANGUAGES, Language
from pages.addresses import address
from pages.cache.tags import MENU, SITE, depends
from pages.models.publisher import Publisher
from pages.reading import MENU_TYPES, PageRef, Version, choose, in_chain, versions


@dataclass(frozen=True, slots=True)
class LanguageLink:
    """A language in the header. ``exists`` is whether the page has a version in it."""

    language: Language
    url: str
    current: bool
    exists: bool


@dataclass(slots=True)
class Frame:
    """What ``base.html`` shows; see docs/design.md."""

    language: Language
    path: str
    title: str = ""
    description: str = ""
    languages: list[LanguageLink] = field(default_factory=list)
    entrances: list[PageRef] = field(default_factory=list)
    themes: list[PageRef] = field(default_factory=list)
    standard_pages: list[PageRef] = field(default_factory=list)
    news: PageRef | None = None
    publisher: Publisher | None = None
    alternates: list[tuple[str, str]] = field(default_factory=list)
    canonical: str = ""
    noindex: bool = False
    editor: bool = False

    @property
    def home_url(self) -> str:
        return address("", self.language.code)

    @property
    def search_url(self) -> str:
        return address("search/", self.language.code)

    @property
    def places_url(self) -> str:
        return address(f"{LOCAL_SEGMENT}/", self.language.code)


def menu_condition(language: Language) -> Q:
    """The pages in the menus."""
    return Q(depth=3, content_type__model__in=MENU_TYPES) & in_chain(language)


def is_editor(request: HttpRequest) -> bool:
    """Whether the page is for a signed-in editor. Reads no session where the request brings none."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES or not hasattr(request, "user"):
        return False
    return request.user.is_authenticated and request.user.has_perm("wagtailadmin.access_admin")


def _publisher(language: Language) -> Publisher | None:
    by_code = {
        publisher.language: publisher
        for publisher in Publisher.objects.filter(site__is_default_site=True, language__in=language.chain)
    }
    return next((by_code[code] for code in language.chain if code in by_code), None)


def build_frame(
    request: HttpRequest,
    language: Language,
    path: str,
    *,
    exists: set[str],
    version: Version | None = None,
    title: str = "",
    description: str = "",
    more: Q | None = None,
) -> tuple[Frame, list[Version]]:
    """The frame for ``path``, and the versions that ``more`` found; two queries.

    ``exists`` are the languages that have the page; ``version`` the one that is shown.
    """
    condition = menu_condition(language)
    rows = versions(condition | more if more is not None else condition)
    menu: list[Version] = []
    rest: list[Version] = []
    for row in rows:
        in_menu = f"{row.type}page" in MENU_TYPES and row.path.count("/") == 1
        (menu if in_menu else rest).append(row)
    refs = choose(menu, language)
    depends(request, SITE, MENU)
    fallback = version is not None and version.code != language.code
    shown = version.code if version is not None else language.code
    frame = Frame(
        language=language,
        path=path,
        title=title,
        description=description,
        languages=[
            LanguageLink(
                language=other,
                url=f"/language/{other.code}/{path}",
                current=other.code == language.code,
                exists=other.code in exists,
            )
            for other in LANGUAGES
        ],
        entrances=[ref for ref in refs if ref.type == "entrance"],
        themes=[ref for ref in refs if ref.type == "theme"],
        standard_pages=[ref for ref in refs if ref.type == "standard"],
        news=next((ref for ref in refs if ref.type == "newsindex"), None),
        publisher=_publisher(language),
        alternates=alternates(path, exists) if not fallback else [],
        canonical=settings.BASE_URL + address(path, shown),
        noindex=fallback,
        editor=is_editor(request),
    )
    # Ancestors, siblings and children may be menu pages themselves.
    return frame, rest + menu


def alternates(path: str, exists: set[str]) -> list[tuple[str, str]]:
    """``hreflang`` and absolute address of each language that has the page."""
    return [
        (language.tag, settings.BASE_URL + address(path, language.code))
        for language in LANGUAGES
        if language.code in exists
    ]
