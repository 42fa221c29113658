"""Joining: what was translated elsewhere becomes wagtail-localize's.

A translation that was made elsewhere (a file, a translator's desk) is *joined* to its source: each
of its texts becomes wagtail-localize's translation of the source's text in the same place. When the
source changes later, just what changed lacks its translation.

Done in bulk: wagtail-localize itself asks the database several times for each of a page's segments.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.utils import timezone
from wagtail.models import Page
from wagtail_localize.models import (
    OverridableSegment,
    RelatedObjectSegment,
    SegmentOverride,
    StringSegment,
    StringTranslation,
    TemplateSegment,
    TranslatableObject,
    Translation,
    TranslationLog,
    TranslationSource,
)
from wagtail_localize.segments import (
    OverridableSegmentValue,
    RelatedObjectSegmentValue,
    StringSegmentValue,
    TemplateSegmentValue,
)

from cms.translation.alignment import Kind, Mismatch, Pairs, Piece, check_build, pair
from cms.translation.localize.extraction import segments_of
from cms.translation.localize.rows import (
    replace_rows,
    store_contexts,
    store_source,
    store_strings,
    store_templates,
)
from cms.translation.states import TranslationState


@dataclass(frozen=True, slots=True)
class Join:
    """What came of joining: the number of texts that were joined, or why none were.

    ``missing`` are the names of fields that the translation leaves empty and the source does not.
    """

    aligned: bool
    segments: int
    reason: str
    missing: tuple[str, ...] = ()


def join(source_page: Page, target_page: Page, user: Any = None) -> Join:
    """Make ``target_page``'s texts the translations of ``source_page``'s, where the two are built alike.

    Both are the specific, published pages as they are in the database; the blocks and list items of
    the target have the ids of the source's. Where the two are not built alike nothing is joined, a
    join that there was is off, and the reason says where they differ. A text that stays as it was
    while its source's text changed stays outdated.
    """
    return Source(source_page).join(target_page, user)


def is_joined(target: Page) -> bool:
    """Whether the page's texts are the translations of its source's."""
    return Translation.objects.filter(
        source__object_id=target.translation_key, target_locale_id=target.locale_id, enabled=True
    ).exists()


class Source:
    """A source that translations are joined to, read once for all of them."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.segments = segments_of(page)
        self.pieces = [_piece(segment) for segment in self.segments]
        self._frozen: TranslationSource | None = None
        self._contexts: dict[str, int] = {}
        self._strings: dict[str, int] = {}

    def is_joined(self, locale_id: int) -> bool:
        """Whether the translation into this locale is joined."""
        return Translation.objects.filter(
            source__object_id=self.page.translation_key,
            source__locale_id=self.page.locale_id,
            target_locale_id=locale_id,
            enabled=True,
        ).exists()

    @transaction.atomic
    def freeze(self) -> TranslationSource:
        """The source as wagtail-localize keeps it, made or brought up to date."""
        if self._frozen is None:
            self._frozen = store_source(self.page)
            self._contexts = store_contexts(self.page, self.segments)
            self._strings = store_strings(self.page.locale_id, self.segments)
            self._store_segments(self._frozen)
        return self._frozen

    @transaction.atomic
    def join(self, target: Page, user: Any = None) -> Join:
        """Join ``target``; see ``join`` above."""
        try:
            check_build(self.page, target)
            pairs = pair(self.page, self.pieces, [_piece(segment) for segment in segments_of(target)])
        except Mismatch as difference:
            Translation.objects.filter(
                source__object_id=self.page.translation_key,
                source__locale_id=self.page.locale_id,
                target_locale_id=target.locale_id,
                enabled=True,
            ).update(enabled=False)
            return Join(False, 0, str(difference))
        source = self.freeze()
        Translation.objects.update_or_create(
            source=source, target_locale_id=target.locale_id, defaults={"enabled": True}
        )
        self._store_translations(pairs, target, user)
        self._store_overrides(pairs, target, user)
        TranslationLog.objects.create(source=source, locale_id=target.locale_id, revision_id=target.latest_revision_id)
        return Join(True, len(pairs.texts), "", tuple(pairs.missing))

    def _store_segments(self, source: TranslationSource) -> None:
        templates = store_templates(self.segments)
        rows: dict[Any, list[tuple[Any, ...]]] = {
            StringSegment: [],
            TemplateSegment: [],
            OverridableSegment: [],
            RelatedObjectSegment: [],
        }
        for segment in self.segments:
            place = (self._contexts[segment.path], segment.order)
            if isinstance(segment, StringSegmentValue):
                attrs = json.dumps(segment.attrs, cls=DjangoJSONEncoder)
                rows[StringSegment].append((*place, self._strings[segment.string.data], attrs))
            elif isinstance(segment, TemplateSegmentValue):
                rows[TemplateSegment].append((*place, templates[segment.template]))
            elif isinstance(segment, OverridableSegmentValue):
                rows[OverridableSegment].append((*place, json.dumps(segment.data, cls=DjangoJSONEncoder)))
            else:
                related, _made = TranslatableObject.objects.get_or_create(
                    content_type=segment.content_type, translation_key=segment.translation_key
                )
                rows[RelatedObjectSegment].append((*place, related.pk))
        fields = {
            StringSegment: ("context_id", "order", "string_id", "attrs"),
            TemplateSegment: ("context_id", "order", "template_id"),
            OverridableSegment: ("context_id", "order", "data_json"),
            RelatedObjectSegment: ("context_id", "order", "object_id"),
        }
        for model, wanted in rows.items():
            replace_rows(model, source, fields[model], wanted)

    def _store_translations(self, pairs: Pairs, target: Page, user: Any) -> None:
        made_by = (
            StringTranslation.TRANSLATION_TYPE_MANUAL
            if target.translation_state == TranslationState.REVIEWED
            else StringTranslation.TRANSLATION_TYPE_MACHINE
        )
        existing = StringTranslation.objects.filter(locale_id=target.locale_id, context_id__in=self._contexts.values())
        current = {(self._contexts[piece.path], self._strings[piece.data]) for piece, _text in pairs.texts}
        by_place = {(row.context_id, row.translation_of_id): row for row in existing}
        left_over = {
            (row.context_id, row.data, row.translation_type) for place, row in by_place.items() if place not in current
        }
        new, changed = {}, []
        for piece, text in pairs.texts:
            context, string = self._contexts[piece.path], self._strings[piece.data]
            row = by_place.get((context, string))
            if row is None and (context, text, made_by) not in left_over:
                new[context, string] = StringTranslation(
                    translation_of_id=string,
                    context_id=context,
                    locale_id=target.locale_id,
                    data=text,
                    translation_type=made_by,
                    last_translated_by=user,
                )
            elif row is not None and (row.data, row.translation_type, row.has_error) != (text, made_by, False):
                row.data, row.translation_type, row.has_error, row.field_error = text, made_by, False, ""
                row.tool_name, row.last_translated_by, row.updated_at = "", user, timezone.now()
                changed.append(row)
        StringTranslation.objects.bulk_create(new.values())
        StringTranslation.objects.bulk_update(
            changed,
            ["data", "translation_type", "has_error", "field_error", "tool_name", "last_translated_by", "updated_at"],
        )

    def _store_overrides(self, pairs: Pairs, target: Page, user: Any) -> None:
        wanted = {
            self._contexts[path]: json.dumps(value, cls=DjangoJSONEncoder) for path, value in pairs.values.items()
        }
        existing = SegmentOverride.objects.filter(locale_id=target.locale_id, context_id__in=self._contexts.values())
        keep = {row.context_id for row in existing if wanted.get(row.context_id) == row.data_json and not row.has_error}
        existing.exclude(context_id__in=keep).delete()
        SegmentOverride.objects.bulk_create(
            SegmentOverride(locale_id=target.locale_id, context_id=context, data_json=data, last_translated_by=user)
            for context, data in wanted.items()
            if context not in keep
        )


def _piece(segment: Any) -> Piece:
    if isinstance(segment, StringSegmentValue):
        return Piece(Kind.TEXT, segment.path, segment.string.data, segment.order, segment.attrs or {})
    if isinstance(segment, TemplateSegmentValue):
        return Piece(Kind.TEMPLATE, segment.path, segment.template, segment.order)
    if isinstance(segment, RelatedObjectSegmentValue):
        return Piece(Kind.OBJECT, segment.path, segment.translation_key, segment.order)
    return Piece(Kind.VALUE, segment.path, segment.data, segment.order)
