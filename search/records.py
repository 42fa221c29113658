"""From a page to what an engine is told of it; the same for every engine."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import unescape
from typing import Any, NamedTuple

from wagtail import blocks
from wagtail.contrib.table_block.blocks import TableBlock

from cms.access.scopes import LOCAL_SEGMENT
from cms.geography.models import County, Municipality
from cms.translation.states import TranslationState
from pages.blocks.text import HeadingBlock
from pages.models.base import BasePage
from search.contracts import Record

_TAG = re.compile(r"<[^>]*>")
_END = re.compile(r"</(?:p|li|h[1-6])>|<br\s*/?>", re.IGNORECASE)
_SPACE = re.compile(r"[^\S\n]+")
#: Children of a block that are headings wherever they stand, and such as say nothing of the page's
#: subject: what a picture shows (a school's clock on a page about something else), and who drew it.
_HEADINGS = {"title", "question"}
_PASSED_OVER = {"alt", "credit"}


def text_of_html(html: str) -> str:
    """Rich text as plain text, a line a paragraph or list item."""
    lines = unescape(_TAG.sub("", _END.sub("\n", html))).split("\n")
    return "\n".join(line for raw in lines if (line := _SPACE.sub(" ", raw).strip()))


def _of_table(value: dict[str, Any]) -> Iterator[str]:
    yield value.get("table_caption") or ""
    for row in value.get("data") or []:
        yield " ".join(str(cell) for cell in row if cell)


def _children(block: blocks.Block, value: Any, name: str) -> Iterator[tuple[blocks.Block, Any, str]]:
    """The blocks within a block, with their stored values and names; none in one that holds a single value."""
    if isinstance(block, blocks.BaseStreamBlock):
        for item in value:
            if item["type"] in block.child_blocks:
                yield block.child_blocks[item["type"]], item["value"], item["type"]
    elif isinstance(block, blocks.BaseStructBlock):
        for child_name, child in block.child_blocks.items():
            yield child, value.get(child_name), child_name
    elif isinstance(block, blocks.ListBlock):
        for item in value:
            wrapped = isinstance(item, dict) and item.get("type") == "item"
            yield block.child_block, item["value"] if wrapped else item, name


def _texts(block: blocks.Block, value: Any, name: str) -> Iterator[tuple[bool, str]]:
    """Each text of a block's stored value, and whether it is a heading. What is no text gives none.

    By the kind of block, so that a new block needs nothing here; from the stored value, so that no
    picture or page is fetched to be passed over.
    """
    if not value or name in _PASSED_OVER:
        return
    if isinstance(block, blocks.RichTextBlock):
        yield False, text_of_html(str(value))
    elif isinstance(block, blocks.CharBlock | blocks.TextBlock):
        yield name in _HEADINGS, str(value).strip()
    elif isinstance(block, TableBlock):
        yield from ((False, text) for text in _of_table(value))
    elif isinstance(block, HeadingBlock):
        yield True, value.get("text") or ""
    else:
        for child, child_value, child_name in _children(block, value, name):
            yield from _texts(child, child_value, child_name)


def _body(page: BasePage) -> tuple[tuple[str, ...], str]:
    """The headings and the rest of what the page says."""
    headings: list[str] = []
    rest: list[str] = []
    for is_heading, text in _texts(page.body.stream_block, page.body.raw_data, ""):
        if text:
            (headings if is_heading else rest).append(text)
    return tuple(headings), "\n".join(rest)


def _lines(value: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in value.splitlines() if line.strip())


class _Place(NamedTuple):
    """What a page in a local tree is about; empty where it is about no municipality, or no county."""

    county: County | None = None
    municipality: Municipality | None = None

    def names(self, language: str) -> tuple[str, ...]:
        """The names that a reader of ``language`` meets: in her language, and on signs and letters."""
        places = [place for place in (self.county, self.municipality) if place]
        return tuple(dict.fromkeys(name for place in places for name in (place.name_in(language), place.name)))


def _places(paths: Iterable[str]) -> dict[str, _Place]:
    """The place of each of the paths in a local tree; at most one query.

    From the address, which says what is true also of pages whose parent was moved.
    """
    segments = {path: path.split("/")[1:3] for path in paths if path.startswith(f"{LOCAL_SEGMENT}/")}
    counties: dict[str, County] = {}
    municipalities: dict[tuple[str, str], Municipality] = {}
    if segments:
        rows = Municipality.objects.filter(county__slug__in={part[0] for part in segments.values()})
        for row in rows.select_related("county"):
            counties[row.county.slug] = row.county
            municipalities[row.county.slug, row.slug] = row
    return {
        path: _Place(counties.get(county), municipalities.get((county, slug)))
        for path, (county, slug) in segments.items()
    }


def _theme(path: str) -> str:
    """The slug of what the page is below in the national tree; a theme's own for the theme."""
    first = path.partition("/")[0]
    return "" if first == LOCAL_SEGMENT else first


def build(pages: Iterable[BasePage]) -> list[Record]:
    """The records of these pages (specific ones); at most one query."""
    chosen = list(pages)
    places = _places(page.reading_path for page in chosen)
    records = []
    for page in chosen:
        headings, body = _body(page)
        place = places.get(page.reading_path, _Place())
        records.append(
            Record(
                page_id=page.pk,
                language=page.language.code,
                type=page.content_type_name,
                title=page.title,
                alternative=_lines(page.alternative_titles) + _lines(page.search_words),
                summary=page.summary,
                headings=headings,
                places=place.names(page.language.code),
                body=body,
                theme=_theme(page.reading_path),
                county=place.county.code if place.county else "",
                municipality=place.municipality.code if place.municipality else "",
                machine_translated=page.translation_state == TranslationState.MACHINE,
                updated=page.last_published_at,
            )
        )
    return records
