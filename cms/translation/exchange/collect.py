"""What goes out: a record's texts with their places, states, matches from the memory, and terms."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from difflib import SequenceMatcher
from typing import Any

from django.conf import settings
from django.urls import reverse

from cms.translation.alignment import place
from cms.translation.exchange.formats import TextState
from cms.translation.exchange.texts import Part, Suggestion, Term, Text, clean, kinds_of
from cms.translation.localize import Unit, units_of
from cms.translation.markup import plain, tags_of, to_coded
from cms.translation.models import TranslationRecord
from cms.translation.states import State

#: How many matches of the memory a text takes along.
_SUGGESTIONS = 3


def room_path(record: TranslationRecord) -> str:
    """The path of the room in which the record is translated."""
    return reverse("translation_room", args=[record.pk])


def parts_of(
    records: Iterable[TranslationRecord], path: Callable[[TranslationRecord], str] = room_path
) -> Iterator[Part]:
    """The texts of each record in turn. ``path`` gives the address, on this site, at which it is translated.

    A record whose source has gone has none, and is left out.
    """
    for record in records:
        units = units_of(record.source_id, record.language)
        if units and record.source.page is not None:
            yield _part(record, units, path)


def _part(record: TranslationRecord, units: list[Unit], path: Callable[[TranslationRecord], str]) -> Part:
    # One query for the page's own fields, which name the places.
    page = record.source.page.specific if record.source.page is not None else None
    # Imported where it is used: the memory's search is heavy.
    from cms.translation.memory.service import suggest_many

    suggested = suggest_many(record.language, units, record.source_id)
    item = record.item
    return Part(
        key=str(record.source_id),
        language=record.language,
        title=str(page),
        preview=settings.WAGTAILADMIN_BASE_URL + path(record),
        comment=clean(item.order.comment) if item is not None else "",
        texts=tuple(_text(record, page, unit, suggested.get(unit.id, ())) for unit in units),
    )


def _text(record: TranslationRecord, page: Any, unit: Unit, matches: Iterable[Any]) -> Text:
    tags = tags_of(unit.source)
    return Text(
        key=str(record.source_id),
        unit=unit.id,
        place=place(page, unit.path),
        source=clean(to_coded(unit.source, tags)),
        text=coded_text(unit),
        hash=unit.hash,
        state=_state(record, unit),
        kinds=kinds_of(tags),
        suggestions=(*_earlier(unit), *_suggestions(matches))[:_SUGGESTIONS],
        terms=_terms(record.language, unit),
    )


def _suggestions(matches: Iterable[Any]) -> Iterator[Suggestion]:
    for match in matches:
        # The memory's 101 is the same text in the same place; files know no more than 100.
        yield Suggestion(clean(match.source), clean(match.text), min(match.likeness, 100), f"memory: {match.origin}")


def _earlier(unit: Unit) -> Iterator[Suggestion]:
    """How the text was translated that stood there before the original changed, where nobody has begun anew."""
    if unit.text or not unit.earlier:
        return
    before = unit.earlier[0]
    tags = tags_of(before.source)
    like = SequenceMatcher(None, plain(before.source), plain(unit.source), autojunk=False).ratio()
    # What is the same was carried over: this is another text, however like.
    yield Suggestion(
        clean(to_coded(before.source, tags)), clean(to_coded(before.text, tags)), min(int(like * 100), 99), "earlier"
    )


def coded_text(unit: Unit) -> str:
    """A unit's translation as files have it; ``""`` where there is none."""
    return clean(to_coded(unit.text, tags_of(unit.source))) if unit.text else ""


def _terms(language: str, unit: Unit) -> tuple[Term, ...]:
    # Imported where it is used, as the memory is.
    from cms.translation.glossary.service import terms_in

    found = {
        term.term: Term(clean(term.term), term.approved, term.forbidden, clean(term.definition))
        for term in terms_in(language, plain(unit.source))
    }
    return tuple(found.values())


def _state(record: TranslationRecord, unit: Unit) -> TextState:
    if not unit.text:
        return TextState.NEEDS if unit.earlier else TextState.NEW
    if unit.is_machine:
        return TextState.MACHINE
    return TextState.FINAL if record.state == State.CURRENT else TextState.TRANSLATED
