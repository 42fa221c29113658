"""Documents and pages: a page's fields as a document, and a document's put into a page."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from dataclasses import replace

from django.utils import timezone

from cms.languages.registry import SOURCE
from cms.translation.states import TranslationState
from pages.content.document import Block, Document
from pages.content.richtext import plain
from pages.content.values import Names, answering_blocks, blocks_of, raw_blocks
from pages.models import BasePage, CountyPage, LocalPage
from pages.sources import parse_sources

#: The front matter's name of a page's field, where it is another.
KEY_OF_FIELD = {"search_description": "summary"}
#: The hour that a date of the front matter stands for: the same date in every nearby time zone.
_NOON = datetime.time(12)


def day_of(moment: datetime.datetime | None) -> datetime.date | None:
    """The date in Sweden."""
    return timezone.localtime(moment).date() if moment else None


def moment_of(day: datetime.date) -> datetime.datetime:
    """Noon of the day in Sweden."""
    return timezone.make_aware(datetime.datetime.combine(day, _NOON))


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line for line in map(plain, text.split("\n")) if line)


def document_of(page: BasePage, language: str, path: str, names: Names, order: int | None = None) -> Document:
    """The published page as a document. Raises ``ValidationError`` where its sources can't be read."""
    is_source = language == SOURCE
    return Document(
        language=language,
        path=path,
        title=plain(page.title),
        type=page.content_type_name if is_source else "",
        order=order,
        summary=plain(page.search_description),
        alternative_titles=_lines(page.alternative_titles),
        search_words=_lines(page.search_words),
        sources=tuple(parse_sources(page.sources)) if is_source else (),
        owner=plain(page.responsible) if is_source else "",
        review_by=page.review_by if is_source else None,
        first_published=day_of(page.first_published_at),
        updated=day_of(page.last_published_at),
        state="" if is_source else page.translation_state or str(TranslationState.MACHINE),
        blocks=blocks_of(page.body.raw_data, names),
    )


def with_pictures(document: Document, rename: Callable[[str], str]) -> Document:
    """The document with its pictures named in another way."""

    def renamed(blocks: Iterable[Block]) -> Iterable[Block]:
        for block in blocks:
            if block.kind == "picture":
                yield Block(block.kind, block.value | {"image": rename(block.value["image"])})
            else:
                yield block

    return replace(document, blocks=tuple(renamed(document.blocks)))


def says_the_same(wanted: Document, page: Document) -> bool:
    """Whether the page is what the document wants; dates and a place that it leaves out may be any.

    The types are held to be the same: a page's type does not change.
    """
    return wanted == replace(
        page,
        type=wanted.type,
        order=wanted.order,
        first_published=page.first_published if wanted.first_published else None,
        updated=page.updated if wanted.updated else None,
    )


def fill(page: BasePage, document: Document, names: Names, source: BasePage | None = None) -> None:
    """Put the document into the page, which is not saved. ``source`` is the Swedish page of a translation."""
    page.title = document.title
    page.search_description = document.summary
    page.alternative_titles = "\n".join(document.alternative_titles)
    page.search_words = "\n".join(document.search_words)
    page.translation_state = document.state
    if source is None:
        page.sources = "\n".join(map(str, document.sources))
        page.responsible = document.owner
        page.review_by = document.review_by
        body = raw_blocks(document.blocks, page.body.raw_data, names)
    else:
        page.sources, page.responsible, page.review_by = source.sources, source.responsible, source.review_by
        if isinstance(page, CountyPage) and isinstance(source, CountyPage):
            page.county_id = source.county_id
        if isinstance(page, LocalPage) and isinstance(source, LocalPage):
            page.municipality_id = source.municipality_id
        # The same address is the same page, even where somebody made the two apart.
        page.translation_key = source.translation_key
        body = answering_blocks(document.blocks, source.body.raw_data, names)
    page.body = page._meta.get_field("body").stream_block.to_python(body)
    if document.first_published:
        page.first_published_at = _moment(page.first_published_at, document.first_published)
    # A file that does not say when it was updated is updated by being imported.
    page.last_published_at = _moment(page.last_published_at, document.updated) if document.updated else None


def _moment(now: datetime.datetime | None, day: datetime.date) -> datetime.datetime:
    """The moment that the page has, if it is of that day."""
    return now if now and day_of(now) == day else moment_of(day)
