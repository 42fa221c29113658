"""A page as its reader sees it: the best version, its surroundings, and the response."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.core.paginator import Page as ListPage
from django.core.paginator import Paginator
from django.db.models import OuterRef, Q, Subquery, prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.timezone import localtime, now
from wagtail.images import get_image_model

from cms.languages.registry import SOURCE, Language, get
from cms.translation.outdated import outdated_since
from cms.translation.states import TranslationState
from pages.addresses import address, parent_path
from pages.cache.tags import children_tag, depends, image_tag, page_tag
from pages.frame import build_frame
from pages.models.base import BasePage
from pages.reading import STEP, PageRef, Version, below, best, choose, in_chain, linked, resolve, versions
from pages.sources import Source, parse_sources

NEWS_PER_PAGE = 20
NEWS_ON_HOME = 3
#: Types whose page lists the pages below it.
_LISTS_CHILDREN = {"entrance", "theme", "article", "standard", "professional", "local"}
#: The name under which ``page_of`` notes when the source of an outdated translation changed.
_SOURCE_CHANGED = "source_changed_at"
#: Types whose siblings are its chapters: previous, next, progress.
_PARENTS_OF_CHAPTERS = {"theme"}


@dataclass(slots=True)
class Reading:
    """What ``page`` is to this reader; see docs/design.md."""

    language: Language
    is_fallback: bool
    original_url: str
    ancestors: list[PageRef] = field(default_factory=list)
    children: list[PageRef] = field(default_factory=list)
    siblings: list[PageRef] = field(default_factory=list)
    position: int | None = None
    previous: PageRef | None = None
    next: PageRef | None = None
    contents: list[tuple[str, str]] = field(default_factory=list)
    first_published: datetime.date | None = None
    updated: datetime.date | None = None
    machine_translated: bool = False
    #: When the source was changed after this translation of it was made; none of what is up to date.
    source_updated: datetime.date | None = None
    source_language: Language = field(default_factory=lambda: get(SOURCE))
    sources: list[Source] = field(default_factory=list)
    preview: bool = False
    news: ListPage[Any] | None = None
    pictures: dict[int, Any] = field(default_factory=dict)


def contents_of(page: BasePage) -> list[tuple[str, str]]:
    """Anchor and text of each heading of level 2."""
    return [
        (f"s-{number}", block["value"]["text"])
        for number, block in enumerate(page.body.raw_data, start=1)
        if block["type"] == "heading" and str(block["value"].get("level", "2")) == "2"
    ]


_PAGE_ID = re.compile(r'linktype=\\?"page\\?"[^>]*?\bid=\\?"(\d+)|\bid=\\?"(\d+)\\?"[^>]*?linktype=\\?"page')


def _texts(value: Any) -> str:
    """All text in a block's raw value, one after the other."""
    if isinstance(value, str):
        return value
    if isinstance(value, dict):
        return "\n".join(_texts(item) for item in value.values())
    if isinstance(value, list | tuple):
        return "\n".join(_texts(item) for item in value)
    return ""


def linked_ids(page: BasePage) -> set[int]:
    """The ids of the pages that the body links to, in text or as related pages."""
    ids: set[int] = set()
    for block in page.body.raw_data:
        ids.update(int(first or second) for first, second in _PAGE_ID.findall(_texts(block["value"])))
        if block["type"] == "related":
            chosen = block["value"].get("pages") or []
            ids.update(pk for item in chosen if (pk := item["value"] if isinstance(item, dict) else item))
    return ids


def _load_pictures(request: HttpRequest, page: BasePage) -> None:
    """Fetch what the body's pictures need at once, not picture by picture."""
    images = [block.value["image"] for block in page.body if block.block_type == "picture" and block.value["image"]]
    depends(request, *(image_tag(image.pk) for image in images))
    scaled = [image for image in images if not image.is_svg()]
    if scaled:
        prefetch_related_objects(scaled, "renditions")


def lead_pictures(request: HttpRequest, refs: list[PageRef], model: type[BasePage]) -> dict[int, Any]:
    """The first picture of each of these pages, by page id; two queries, and one for renditions."""
    first: dict[int, int] = {}
    for page in model.objects.filter(pk__in=[ref.id for ref in refs]).only("pk", "body"):
        pictures = (block["value"].get("image") for block in page.body.raw_data if block["type"] == "picture")
        image_id = next((pk for pk in pictures if pk), None)
        if image_id:
            first[page.pk] = image_id
    images = get_image_model().objects.prefetch_related("renditions").in_bulk(set(first.values()))
    depends(request, *(image_tag(pk) for pk in images))
    return {page_id: images[image_id] for page_id, image_id in first.items() if image_id in images}


def _surroundings(by_code: dict[str, Version], page: BasePage, language: Language, kind: str) -> Q:
    """The ancestors, chapters and children of the page, in the reader's chain."""
    chain = [by_code[code] for code in language.chain if code in by_code]
    ancestor_paths = {v.tree_path[:end] for v in chain for end in range(2 * STEP, len(v.tree_path), STEP)}
    condition = Q(path__in=ancestor_paths)
    if kind in _LISTS_CHILDREN:
        condition |= below(chain)
    if kind == "article":
        for version in chain:
            condition |= Q(path__startswith=version.tree_path[:-STEP], depth=len(version.tree_path) // STEP)
    return condition & in_chain(language)


def _latest_news(request: HttpRequest, index_path: str, language: Language, number: int, size: int) -> ListPage[Any]:
    """A page of the news below ``index_path``, latest first, in the reader's language or its fallback."""
    source = resolve(index_path)
    depends(request, page_tag(index_path), children_tag(index_path))
    parents = [version for code in language.chain if (version := source.get(code))]
    rows = choose(versions(below(parents) & in_chain(language)), language) if parents else []
    rows.sort(key=lambda ref: (ref.published or datetime.date.min, ref.id), reverse=True)
    return Paginator(rows, size).get_page(number)


def build_reading(request: HttpRequest, page: BasePage, language: Language) -> Reading:
    """What the page itself says to a reader of ``language``; its place in the tree comes later."""
    own = page.language
    _load_pictures(request, page)
    source_changed: datetime.datetime | None = getattr(page, _SOURCE_CHANGED, None)
    return Reading(
        language=own,
        is_fallback=own.code != language.code,
        original_url=address(page.reading_path, own.code),
        contents=contents_of(page),
        first_published=localtime(page.first_published_at).date() if page.first_published_at else None,
        updated=localtime(page.last_published_at).date() if page.last_published_at else None,
        machine_translated=page.translation_state == TranslationState.MACHINE,
        source_updated=localtime(source_changed).date() if source_changed else None,
        sources=parse_sources(page.sources),
        preview=bool(getattr(request, "is_preview", False)),
    )


def links_of(request: HttpRequest, page: BasePage, language: Language) -> dict[int, PageRef]:
    """The pages that the body links to, by the id in the body, as the reader is to be led there."""
    links = linked(linked_ids(page), language)
    depends(request, *(page_tag(ref.path) for ref in links.values()))
    return links


def page_of(version: Version) -> BasePage:
    """The page itself, and of a translation whose source has changed since, when it did; one query."""
    model: type[BasePage] = apps.get_model("pages", f"{version.type}page")
    pages = model.objects.all()
    if version.code != SOURCE:
        pages = pages.annotate(**{_SOURCE_CHANGED: Subquery(outdated_since(OuterRef("pk")))})
    return pages.get(pk=version.id)


def _place_in_tree(reading: Reading, rows: list[Version], path: str, kind: str, language: Language) -> None:
    refs = choose(rows, language)
    by_path = {ref.path: ref for ref in refs}
    up = parent_path(path)
    ancestors = []
    step = up
    while step:
        if step in by_path:
            ancestors.append(by_path[step])
        step = parent_path(step)
    reading.ancestors = ancestors[::-1]
    if kind in _LISTS_CHILDREN:
        reading.children = [ref for ref in refs if parent_path(ref.path) == path and ref.path != path]
    if kind == "article" and up in by_path and by_path[up].type in _PARENTS_OF_CHAPTERS:
        reading.siblings = [ref for ref in refs if parent_path(ref.path) == up]
        paths = [ref.path for ref in reading.siblings]
        if path in paths:
            index = paths.index(path)
            reading.position = index + 1
            reading.previous = reading.siblings[index - 1] if index else None
            reading.next = reading.siblings[index + 1] if index + 1 < len(paths) else None


def render_page(
    request: HttpRequest, page: BasePage, code: str, by_code: dict[str, Version] | None = None
) -> HttpResponse:
    """``page`` for a reader of ``code``; without ``by_code`` (a preview) the versions are looked up."""
    language = get(code)
    path, kind = page.reading_path, page.content_type_name
    by_code = resolve(path) if by_code is None else by_code
    version = by_code.get(page.language.code)
    reading = build_reading(request, page, language)
    frame, rows = build_frame(
        request,
        language,
        path,
        exists=set(by_code),
        version=version,
        title=page.title,
        description=page.summary,
        more=_surroundings(by_code, page, language, kind),
    )
    _place_in_tree(reading, rows, path, kind, language)
    depends(request, page_tag(path), children_tag(path))
    depends(request, *(page_tag(ref.path) for ref in reading.ancestors))
    if reading.siblings:
        depends(request, children_tag(parent_path(path)))
    links = links_of(request, page, language)
    if kind == "home":
        from pages.models import EntrancePage

        if frame.news:
            reading.news = _latest_news(request, frame.news.path, language, 1, NEWS_ON_HOME)
        reading.pictures = lead_pictures(request, frame.entrances, EntrancePage)
    elif kind == "news_index":
        number = request.GET.get("page", "1")
        reading.news = _latest_news(request, path, language, int(number) if number.isdecimal() else 1, NEWS_PER_PAGE)
    if page.expire_at:
        request.cache_seconds = int((page.expire_at - now()).total_seconds())  # type: ignore[attr-defined]
    context = {"frame": frame, "reading": reading, "page": page, "links": links}
    response = TemplateResponse(request, page.get_template(request), context)
    response.headers["Content-Language"] = reading.language.tag
    response.render()
    return response


def best_page(path: str, code: str) -> tuple[BasePage, dict[str, Version]] | None:
    """The version of ``path`` for a reader of ``code``, and all its versions; two queries."""
    by_code = resolve(path)
    version = best(get(code), by_code)
    return (page_of(version), by_code) if version is not None else None
