"""wagtail-localize's rows, written in bulk; each is as its own ``from_value`` makes it."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from wagtail.models import Page
from wagtail_localize.models import (
    String,
    Template,
    TranslatableObject,
    TranslationContext,
    TranslationSource,
    get_schema_version,
)
from wagtail_localize.segments import StringSegmentValue, TemplateSegmentValue

from cms.translation.alignment import field_path


def store_source(page: Page) -> TranslationSource:
    """The page as a source, made or brought up to date; its segments are not."""
    known, _made = TranslatableObject.objects.get_or_create_from_instance(page)
    content = page.to_json()
    source = TranslationSource.objects.filter(object=known, locale_id=page.locale_id).first()
    if source is None:
        source = TranslationSource(
            object=known,
            locale_id=page.locale_id,
            specific_content_type=ContentType.objects.get_for_model(type(page)),
        )
    elif json.loads(source.content_json) == json.loads(content):
        return source
    source.object_repr = str(page)[:200]
    source.content_json = content
    source.schema_version = get_schema_version(page._meta.app_label)
    source.last_updated_at = timezone.now()
    source.save()
    return source


def store_contexts(page: Page, segments: Iterable[Any]) -> dict[str, int]:
    """The id of the context of each path."""
    paths = {TranslationContext._get_path_id(segment.path): segment.path for segment in segments}
    contexts = TranslationContext.objects.filter(object_id=page.translation_key)
    have = dict(contexts.filter(path_id__in=paths).values_list("path_id", "pk"))
    if len(have) < len(paths):
        TranslationContext.objects.bulk_create(
            [
                TranslationContext(
                    object_id=page.translation_key, path_id=path_id, path=path, field_path=field_path(page, path)
                )
                for path_id, path in paths.items()
                if path_id not in have
            ],
            ignore_conflicts=True,
        )
        have = dict(contexts.filter(path_id__in=paths).values_list("path_id", "pk"))
    return {paths[path_id]: pk for path_id, pk in have.items()}


def store_strings(locale_id: int, segments: Iterable[Any]) -> dict[str, int]:
    """The id of the string of each text."""
    texts = {segment.string.data for segment in segments if isinstance(segment, StringSegmentValue)}
    hashes = {String._get_data_hash(text): text for text in texts}
    strings = String.objects.filter(locale_id=locale_id, data_hash__in=hashes)
    have = dict(strings.values_list("data_hash", "pk"))
    if len(have) < len(hashes):
        String.objects.bulk_create(
            [
                String(locale_id=locale_id, data_hash=data_hash, data=text)
                for data_hash, text in hashes.items()
                if data_hash not in have
            ],
            ignore_conflicts=True,
        )
        have = dict(strings.values_list("data_hash", "pk"))
    return {hashes[data_hash]: pk for data_hash, pk in have.items()}


def store_templates(segments: Iterable[Any]) -> dict[str, int]:
    """The id of the template of each set of tags."""
    values = {segment.template: segment for segment in segments if isinstance(segment, TemplateSegmentValue)}
    ids = {
        uuid.uuid5(uuid.uuid5(Template.BASE_UUID_NAMESPACE, value.format), template): template
        for template, value in values.items()
    }
    templates = Template.objects.filter(uuid__in=ids)
    have = set(templates.values_list("uuid", flat=True))
    Template.objects.bulk_create(
        (
            Template(
                uuid=key,
                template=template,
                template_format=values[template].format,
                string_count=values[template].string_count,
            )
            for key, template in ids.items()
            if key not in have
        ),
        ignore_conflicts=True,
    )
    return {ids[key]: pk for key, pk in templates.values_list("uuid", "pk")}


def replace_rows(model: Any, source: TranslationSource, fields: tuple[str, ...], wanted: list[tuple[Any, ...]]) -> None:
    """Make the source's rows of this model these."""
    rows = list(model.objects.filter(source=source).values_list("pk", *fields))
    have = {row[1:]: row[0] for row in rows}
    keep = {have[row] for row in wanted if row in have}
    surplus = [row[0] for row in rows if row[0] not in keep]
    if surplus:
        model.objects.filter(pk__in=surplus).delete()
    model.objects.bulk_create(
        [model(source=source, **dict(zip(fields, row, strict=True))) for row in wanted if row not in have]
    )
