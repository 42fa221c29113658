"""A translation's texts put together as a page, without writing the page that the public reads.

Wagtail-localize's own ``save_target`` writes the live row, also when it is asked for a draft.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from wagtail.models import Page, Revision
from wagtail_localize.fields import SynchronizedField
from wagtail_localize.models import (
    SegmentOverride,
    StringTranslation,
    Translation,
    TranslationLog,
    cleanup_translation_on_delete,
)
from wagtail_localize.segments import StringSegmentValue

from cms.translation.localize.extraction import segments_of


@dataclass(frozen=True, slots=True)
class Draft:
    """The page with the translation's texts of now, unsaved; ``missing`` of them are still the source's."""

    page: Page
    missing: int


def to_translation(page: Page) -> Translation | None:
    """The translation that writes to this page; ``None`` where it is written by hand, or is a source."""
    return Translation.objects.filter(
        source__object_id=page.translation_key, target_locale_id=page.locale_id, enabled=True
    ).first()


def is_translation(page: Page) -> bool:
    """Whether wagtail-localize's editor writes this page."""
    return to_translation(page) is not None


def draft_of(translation: Translation) -> Draft:
    """The page as it would be with the texts of now; where one is missing the source's stands."""
    locale = translation.target_locale
    page = translation.source.get_ephemeral_translated_instance(locale, fallback=True)
    # The slug is the source's now; the page's address is not the translation's to change.
    page.slug = Page.objects.values_list("slug", flat=True).get(pk=page.pk)
    texts = translation.source.stringsegment_set.annotate_translation(locale)
    return Draft(page, texts.filter(translation__isnull=True).count())


def note_saved(translation: Translation, revision: Revision) -> None:
    """Remember which revision the texts went into."""
    TranslationLog.objects.create(source=translation.source, locale=translation.target_locale, revision=revision)


def note_errors(translation: Translation, error: ValidationError) -> None:
    """Show what is wrong beside the texts that it is wrong in."""
    fields = error.error_dict if hasattr(error, "error_dict") else {}
    for name, errors in fields.items():
        here = {"context__object_id": translation.source.object_id, "context__path": name}
        for text in StringTranslation.objects.filter(
            locale=translation.target_locale,
            translation_of_id__in=translation.source.stringsegment_set.values("string_id"),
            **here,
        ):
            text.set_field_error(errors)
        for value in SegmentOverride.objects.filter(locale=translation.target_locale, **here):
            value.set_field_error(errors)


def synchronised_fields(model: type[Page]) -> list[str]:
    """The fields that every translation has from its source."""
    return [
        field.field_name for field in getattr(model, "translatable_fields", []) if isinstance(field, SynchronizedField)
    ]


def forget(page: Page) -> None:
    """Take away the working texts of a page that is deleted; with the last translation the source's too."""
    cleanup_translation_on_delete(page)


def published_texts(page: Page) -> dict[str, list[str]]:
    """The texts of the published page, as inline HTML, by their place and in their order."""
    texts: dict[str, list[str]] = {}
    for segment in segments_of(page.specific):
        if isinstance(segment, StringSegmentValue):
            texts.setdefault(segment.path, []).append(segment.string.data)
    return texts
