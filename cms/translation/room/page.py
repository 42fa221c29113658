"""The room as a page: every text of the source with its translation, under the headings of the page."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cms.access.actions import Action
from cms.access.policy import decide
from cms.languages.registry import CODES, SOURCE
from cms.translation.glossary.service import Found, terms_in
from cms.translation.localize import Address, Unit, addresses_of, published_texts, units_of
from cms.translation.markup import Tag, plain, tags_of, to_coded
from cms.translation.memory.service import suggest_many
from cms.translation.models import TranslationRecord
from cms.translation.room.differences import Run, best_earlier, runs
from cms.translation.room.models import SegmentComment
from cms.translation.room.outline import Outline, Spot


class Standing(StrEnum):
    """How far a text has come."""

    UNTRANSLATED = "untranslated"
    OUTDATED = "outdated"
    MACHINE = "machine"
    DONE = "done"

    @property
    def label(self) -> str | Promise:
        return _LABELS[self]


_LABELS: dict[Standing, str | Promise] = {
    Standing.UNTRANSLATED: _("untranslated"),
    Standing.OUTDATED: _("outdated"),
    Standing.MACHINE: _("machine-translated"),
    Standing.DONE: _("done"),
}


@dataclass(slots=True)
class Row:
    """A text of the page. ``changes``: the source against the earlier text that ``earlier`` is the translation of.

    ``other`` is its text in the language that is looked at besides, in inline HTML.
    """

    unit: Unit
    number: int
    spot: Spot
    tags: tuple[Tag, ...]
    coded_source: str
    coded: str
    standing: Standing
    changes: list[Run] = field(default_factory=list)
    earlier: str = ""
    other: str = ""
    in_memory: bool = False
    comments: int = 0
    #: Where the source names a concept: start and end in its text without tags, the concept's key.
    terms: list[tuple[int, int, str]] = field(default_factory=list)

    @property
    def tags_json(self) -> str:
        """The source's tags as the page's script reads them."""
        return json.dumps(
            [
                {"number": tag.number, "name": tag.name, "void": tag.is_void, "href": self.unit.links.get(tag.id, "")}
                for tag in self.tags
            ]
        )

    @property
    def terms_json(self) -> str:
        return json.dumps(self.terms)


@dataclass(slots=True)
class Group:
    """The texts and the addresses that stand together in the page."""

    key: str
    heading: str
    rows: list[Row] = field(default_factory=list)
    addresses: list[Address] = field(default_factory=list)


@dataclass(slots=True)
class Room:
    """All that is in the page, and how many texts have come how far."""

    groups: list[Group]
    counts: Counter[str]
    #: The concepts that the texts name, by their keys.
    terms: dict[str, Found] = field(default_factory=dict)

    @property
    def total(self) -> int:
        return sum(self.counts.values())


def standing_of_text(unit: Unit, *, has_earlier: bool) -> Standing:
    """How far the unit has come; ``has_earlier``: what it said before was translated."""
    if unit.text:
        return Standing.MACHINE if unit.is_machine else Standing.DONE
    return Standing.OUTDATED if has_earlier else Standing.UNTRANSLATED


def build(record: TranslationRecord, *, look: str = "", user: Any = None) -> Room:
    """The room of ``record``; ``look`` is the code of a language whose texts are shown besides.

    The same queries for any number of texts: eight, and four more with ``look``.
    """
    units = units_of(record.source_id, record.language)
    memory = suggest_many(record.language, [unit for unit in units if not unit.text], record.source_id)
    terms: dict[str, Found] = {}
    others = texts_to_look_at(record, look, user) if look else {}
    comments = Counter(SegmentComment.objects.filter(record=record, resolved=False).values_list("path", "source_hash"))
    outline = Outline(record.source.page.specific) if record.source.page is not None else None
    groups: dict[str, Group] = {}
    counts: Counter[str] = Counter({standing.value: 0 for standing in Standing})
    for number, unit in enumerate(units, start=1):
        spot = outline.spot(unit.path) if outline else Spot("", "")
        row = _row(record, unit, number, spot)
        row.comments = comments[unit.path, unit.hash]
        row.in_memory = unit.id in memory
        for found in terms_in(record.language, plain(unit.source)):
            terms[found.concept] = found
            row.terms.append((found.start, found.end, found.concept))
        row.other = others.get(unit.id, "")
        counts[row.standing.value] += 1
        groups.setdefault(spot.key, Group(spot.key, spot.group)).rows.append(row)
    for address in addresses_of(record.source_id, record.language):
        if isinstance(address.value, str) and outline:
            spot = outline.spot(address.path)
            groups.setdefault(spot.key, Group(spot.key, spot.group)).addresses.append(address)
    return Room(list(groups.values()), counts, terms)


def _row(record: TranslationRecord, unit: Unit, number: int, spot: Spot) -> Row:
    tags = tags_of(unit.source)
    # A published text that answers the source as it is needs no look at what it said before.
    is_open = not unit.text or (record.live and record.source.meaning_of(unit.hash) not in record.made_from)
    earlier = best_earlier(unit.source, unit.earlier) if is_open else None
    return Row(
        unit=unit,
        number=number,
        spot=spot,
        tags=tags,
        coded_source=to_coded(unit.source, tags),
        coded=to_coded(unit.text or "", tags),
        standing=standing_of_text(unit, has_earlier=earlier is not None),
        changes=runs(earlier.source, unit.source) if earlier else [],
        earlier=to_coded(earlier.text, tags) if earlier else "",
    )


def languages_to_look_at(record: TranslationRecord) -> list[str]:
    """The codes of the other languages that the source is translated into."""
    return [code for code in CODES if code not in (SOURCE, record.language)]


def texts_to_look_at(record: TranslationRecord, language: str, user: Any) -> dict[str, str]:
    """The texts in another language by unit, in inline HTML; four queries.

    What is published there, and for who may see its drafts the rest too.
    """
    records = TranslationRecord.objects.select_related("source", "page")
    other = records.filter(source=record.source_id, language=language).first()
    if other is None:
        return {}
    drafts = bool(decide(user, Action.SEE, other))
    # By its words: a text that was written anew since is a draft, though its original is the published one's.
    published = published_texts(other.page) if not drafts and other.live and other.page else {}
    return {
        unit.id: unit.text
        for unit in units_of(record.source_id, language, earlier=False)
        if unit.text and (drafts or unit.text in published.get(unit.path, ()))
    }
