"""A source's texts and a translation's, read and written in bulk.

A text's place is a *unit*: the id of its context and of its string (``"12-34"``). It is the same
text in the same place for as long as neither changes.
"""

from __future__ import annotations

import datetime
import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Locale
from wagtail_localize.models import (
    OverridableSegment,
    SegmentOverride,
    StringSegment,
    StringTranslation,
    Translation,
    TranslationSource,
)

from cms.languages.registry import SOURCE
from cms.translation.alignment import Kind, Piece, without_keys
from cms.translation.localize.overrides import is_harmless


@dataclass(frozen=True, slots=True)
class Earlier:
    """A translation of what the source said in this place before."""

    source: str
    text: str


@dataclass(slots=True)
class Unit:
    """A text of a source with its working translation. ``source`` and ``text`` are inline HTML.

    ``links``: the addresses of the source's links by their names (``a1``). ``text`` is ``None``
    where there is none yet. ``earlier``: the translations of what stood there before, newest first.
    """

    id: str
    path: str
    order: int
    source: str
    links: dict[str, str]
    hash: str
    text: str | None = None
    is_machine: bool = False
    tool: str = ""
    user: Any = None
    changed_at: datetime.datetime | None = None
    error: str = ""
    earlier: list[Earlier] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Address:
    """An address or a picture of the source that a translation may replace; ``value`` is the source's."""

    id: int
    path: str
    order: int
    value: Any
    override: Any


def hash_of(text: str, hrefs: Iterable[str]) -> str:
    """What a translation of this text with these links is made from; 16 hexadecimal digits."""
    return hashlib.sha256("\x1f".join([text, *hrefs]).encode()).hexdigest()[:16]


def _hrefs(attrs: dict[str, dict[str, str]] | None) -> dict[str, str]:
    return {name: values["href"] for name, values in (attrs or {}).items() if "href" in values}


def arrangement_of(pieces: Iterable[Piece]) -> str:
    """The hash of all that is not text, and of where the texts stand."""
    shape = [
        (piece.kind.value, piece.path, piece.order, _shape(piece))
        for piece in pieces
        # The addresses of links count with the text that they stand in.
        if not (piece.kind is Kind.VALUE and ".'" in piece.path)
    ]
    return hashlib.sha256(json.dumps(shape, default=str).encode()).hexdigest()[:16]


def _shape(piece: Piece) -> Any:
    if piece.kind is Kind.TEXT:
        return ""
    # The page's editor gives each paragraph a key, which says nothing.
    return without_keys(piece.data) if piece.kind is Kind.TEMPLATE else piece.data


def source_of(translation_key: Any) -> TranslationSource | None:
    """The source's texts as wagtail-localize keeps them."""
    return TranslationSource.objects.filter(object_id=translation_key, locale__language_code=SOURCE).first()


def units_of(translation_key: Any, language: str, *, earlier: bool = True) -> list[Unit]:
    """The source's texts in their order, with the working translation in ``language``; three queries.

    ``earlier=False`` leaves out what stood there before.
    """
    segments = (
        StringSegment.objects.filter(source__object_id=translation_key, source__locale__language_code=SOURCE)
        .select_related("context", "string")
        .order_by("order", "pk")
    )
    units, by_context = {}, defaultdict(list)
    for segment in segments:
        links = _hrefs(json.loads(segment.attrs))
        unit = Unit(
            f"{segment.context_id}-{segment.string_id}",
            segment.context.path,
            segment.order,
            segment.string.data,
            links,
            hash_of(segment.string.data, links.values()),
        )
        if unit.id not in units:
            units[unit.id] = unit
            by_context[segment.context_id].append(unit)
    texts = StringTranslation.objects.filter(
        context_id__in=list(by_context), locale__language_code=language
    ).select_related("translation_of", "last_translated_by")
    for text in texts.order_by("-updated_at"):
        found = units.get(f"{text.context_id}-{text.translation_of_id}")
        if found is not None:
            found.text, found.error = text.data, text.field_error if text.has_error else ""
            found.is_machine = text.translation_type == StringTranslation.TRANSLATION_TYPE_MACHINE
            found.tool, found.user, found.changed_at = text.tool_name, text.last_translated_by, text.updated_at
        elif earlier:
            for unit in by_context[text.context_id]:
                unit.earlier.append(Earlier(text.translation_of.data, text.data))
    return list(units.values())


def addresses_of(translation_key: Any, language: str) -> list[Address]:
    """What of the source a translation may replace that is no text: addresses of links, pictures."""
    segments = OverridableSegment.objects.filter(
        source__object_id=translation_key, source__locale__language_code=SOURCE
    ).select_related("context")
    overrides = {
        row.context_id: row.data
        for row in SegmentOverride.objects.filter(context__object_id=translation_key, locale__language_code=language)
    }
    return [
        Address(row.pk, row.context.path, row.order, row.data, overrides.get(row.context_id))
        for row in segments.order_by("order")
    ]


def write_address(translation_key: Any, language: str, address_id: int, value: str, user: Any) -> None:
    """Put ``value`` in place of an address of the source in ``language``; an empty one takes that back.

    Raises ``ValidationError`` where the source has no such address, where it is a picture or a page,
    and where following ``value`` could run something.
    """
    segment = OverridableSegment.objects.filter(
        pk=address_id, source__object_id=translation_key, source__locale__language_code=SOURCE
    ).first()
    if segment is None or not isinstance(segment.data, str):
        raise ValidationError(_("The original has no such address."))
    locale = Locale.objects.get(language_code=language)
    if value in ("", segment.data):
        SegmentOverride.objects.filter(locale=locale, context_id=segment.context_id).delete()
        return
    if any(letter.isspace() for letter in value) or not is_harmless(value):
        raise ValidationError(_("This is not an address that a link can lead to."))
    SegmentOverride.objects.update_or_create(
        locale=locale,
        context_id=segment.context_id,
        defaults={
            "data_json": json.dumps(value),
            "last_translated_by": user,
            "has_error": False,
            "field_error": "",
        },
    )


@dataclass(frozen=True, slots=True)
class Progress:
    """By language: the units that have a text, of earlier versions of the source too; and those whose text is
    a machine's."""

    done: dict[str, set[str]]
    machine: dict[str, set[str]]


def progress_of(translation_key: Any) -> Progress:
    """How far the working translations have come in every language; one query."""
    done: dict[str, set[str]] = defaultdict(set)
    machine: dict[str, set[str]] = defaultdict(set)
    texts = StringTranslation.objects.filter(context__object_id=translation_key).exclude(data="")
    for language, context, string, kind in texts.values_list(
        "locale__language_code", "context_id", "translation_of_id", "translation_type"
    ):
        unit = f"{context}-{string}"
        done[language].add(unit)
        if kind == StringTranslation.TRANSLATION_TYPE_MACHINE:
            machine[language].add(unit)
    return Progress(done, machine)


@dataclass(frozen=True, slots=True)
class Written:
    """A text to write: inline HTML into a unit. An empty one takes the translation away."""

    unit: str
    text: str
    is_machine: bool = False
    tool: str = ""


def _ids(unit: str) -> tuple[int, int]:
    """The ids of a unit's context and string."""
    context, _dash, string = unit.partition("-")
    return int(context), int(string)


def write(language: str, texts: list[Written], user: Any) -> None:
    """Write the working translations of units; two queries and one for each kind of change.

    The caller has made sure that the units are of the source, and that the texts are inline HTML
    with the source's tags.
    """
    locale = Locale.objects.get(language_code=language)
    wanted = {_ids(text.unit): text for text in texts}
    existing = {
        (row.context_id, row.translation_of_id): row
        for row in StringTranslation.objects.filter(
            locale=locale,
            context_id__in={context for context, _string in wanted},
            translation_of_id__in={string for _context, string in wanted},
        )
    }
    new, changed, gone = [], [], []
    for place, text in wanted.items():
        row = existing.get(place)
        if not text.text:
            if row is not None:
                gone.append(row.pk)
            continue
        fields = {
            "data": text.text,
            "translation_type": StringTranslation.TRANSLATION_TYPE_MACHINE
            if text.is_machine
            else StringTranslation.TRANSLATION_TYPE_MANUAL,
            "tool_name": text.tool,
            "last_translated_by": user,
            "has_error": False,
            "field_error": "",
            "updated_at": timezone.now(),
        }
        if row is None:
            context, string = place
            new.append(StringTranslation(context_id=context, translation_of_id=string, locale=locale, **fields))
            continue
        for name, value in fields.items():
            setattr(row, name, value)
        changed.append(row)
    if gone:
        StringTranslation.objects.filter(pk__in=gone).delete()
    if new:
        StringTranslation.objects.bulk_create(new)
    if changed:
        StringTranslation.objects.bulk_update(changed, [*fields])


def mark_read(translation_key: Any, language: str, until: datetime.datetime) -> None:
    """A person answers for the texts as they were at this moment: none of them is a machine's any more."""
    StringTranslation.objects.filter(
        context__object_id=translation_key,
        locale__language_code=language,
        translation_type=StringTranslation.TRANSLATION_TYPE_MACHINE,
        updated_at__lte=until,
    ).update(translation_type=StringTranslation.TRANSLATION_TYPE_MANUAL)


def carry_over(pairs: list[tuple[str, str]]) -> None:
    """Give each of the units ``new`` the translations that ``old`` has, in every language: ``(old, new)``.

    For what was moved within its page, and for edits that are called minor. A translation that is
    there already stays.
    """
    olds = {_ids(old): _ids(new) for old, new in pairs}
    found = StringTranslation.objects.filter(
        context_id__in={context for context, _string in olds},
        translation_of_id__in={string for _context, string in olds},
    )
    StringTranslation.objects.bulk_create(
        (
            StringTranslation(
                context_id=olds[row.context_id, row.translation_of_id][0],
                translation_of_id=olds[row.context_id, row.translation_of_id][1],
                locale_id=row.locale_id,
                data=row.data,
                translation_type=row.translation_type,
                tool_name=row.tool_name,
                last_translated_by_id=row.last_translated_by_id,
            )
            for row in found
            if (row.context_id, row.translation_of_id) in olds
        ),
        ignore_conflicts=True,
    )


@dataclass(frozen=True, slots=True)
class Place:
    """A text of a source: its unit, where it stands, the text as inline HTML, and its hash."""

    unit: str
    path: str
    text: str
    hash: str


def places_of(translation_key: Any) -> list[Place]:
    """The source's texts in their order, as wagtail-localize keeps them; one query."""
    return [
        Place(f"{context}-{string}", path, text, hash_of(text, _hrefs(json.loads(attrs)).values()))
        for context, string, path, text, attrs in StringSegment.objects.filter(
            source__object_id=translation_key, source__locale__language_code=SOURCE
        )
        .order_by("order", "pk")
        .values_list("context_id", "string_id", "context__path", "string__data", "attrs")
    ]


@dataclass(frozen=True, slots=True)
class Left:
    """A text of a source that a language lacks: inline HTML; whether what stood there before is translated."""

    text: str
    is_changed: bool


def left_of(keys: Iterable[Any], languages: Iterable[str]) -> dict[tuple[Any, str], list[Left]]:
    """The texts that are not translated yet, by source and language; two queries for any number of them."""
    keys, languages = list(keys), list(languages)
    places: dict[Any, dict[tuple[int, int], str]] = defaultdict(dict)
    for key, context, string, text in StringSegment.objects.filter(
        source__object_id__in=keys, source__locale__language_code=SOURCE
    ).values_list("source__object_id", "context_id", "string_id", "string__data"):
        places[key][context, string] = text
    done: dict[str, set[tuple[int, int]]] = defaultdict(set)
    touched: dict[str, set[int]] = defaultdict(set)
    for language, context, string in (
        StringTranslation.objects.filter(context__object_id__in=keys, locale__language_code__in=languages)
        .exclude(data="")
        .values_list("locale__language_code", "context_id", "translation_of_id")
    ):
        done[language].add((context, string))
        touched[language].add(context)
    return {
        (key, language): [
            Left(text, place[0] in touched[language])
            for place, text in places[key].items()
            if place not in done[language]
        ]
        for key in keys
        for language in languages
    }


def ensure_translation(translation_key: Any, language: str) -> Translation | None:
    """The translation's own row of wagtail-localize, made where it lacks; ``None`` without a source."""
    source = source_of(translation_key)
    if source is None:
        return None
    locale = Locale.objects.get(language_code=language)
    translation, _made = Translation.objects.get_or_create(source=source, target_locale=locale)
    if not translation.enabled:
        return None
    return translation


def open_translations(keys: Iterable[Any], languages: Iterable[str]) -> None:
    """As :func:`ensure_translation`, of many at once; three queries."""
    sources = TranslationSource.objects.filter(object_id__in=list(keys), locale__language_code=SOURCE)
    locales = list(Locale.objects.filter(language_code__in=list(languages)))
    Translation.objects.bulk_create(
        (Translation(source=source, target_locale=locale) for source in sources for locale in locales),
        ignore_conflicts=True,
    )
