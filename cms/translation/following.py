"""What becomes of the translations when their source is moved, renamed, unpublished, deleted or published again."""

from __future__ import annotations

from typing import Any

from django.db import models
from wagtail.models import Locale, Page
from wagtail.signals import page_slug_changed

from cms.access.scopes import scope_of
from cms.languages.registry import SOURCE
from cms.translation.localize import synchronised_fields
from cms.translation.models import Basis, HeldTranslation, SourceRecord, TranslationRecord


def translations_of(source: Page) -> list[Page]:
    """The source's pages in the other languages, published or not."""
    return list(
        Page.objects.filter(translation_key=source.translation_key)
        .exclude(pk=source.pk)
        .select_related("locale", "content_type")
    )


def ensure_target(record: TranslationRecord) -> Page:
    """The page that the translation is to be, made as a draft where there is none yet, below its parents.

    A parent that is not translated is made too, unpublished: its address is free for its own translation.
    """
    if record.page is not None:
        return record.page
    source = record.source.page
    if source is None:
        raise Page.DoesNotExist
    target = _ensure(source, Locale.objects.get(language_code=record.language))
    # What stands above it was made too, and is of their records.
    for page in [target, *target.get_ancestors().filter(depth__gt=1)]:
        TranslationRecord.objects.filter(
            source_id=page.translation_key, language=record.language, page__isnull=True
        ).update(page=page)
    record.page = target
    return target


def _ensure(source: Page, locale: Locale) -> Page:
    found = Page.objects.filter(translation_key=source.translation_key, locale=locale).first()
    if found is not None:
        return found
    if source.depth > 2:
        _ensure(source.get_parent(), locale)
    page = source.specific.copy_for_translation(locale)
    if source.depth == 2:
        # The trees' roots are named by their language.
        page.slug = source.slug.removesuffix(SOURCE) + locale.language_code
        page.save(clean=False)
    made: Page = Page.objects.get(pk=page.pk)
    return made


def source_published(source: Page) -> None:
    """Fields that are the source's in every language follow at once; what went with the source comes back."""
    source_renamed(source)
    _copy_fields(source)
    gone = TranslationRecord.objects.filter(source_id=source.translation_key, withdrawn__isnull=False)
    for record in gone.select_related("withdrawn"):
        if record.withdrawn is not None:
            record.withdrawn.publish()


def _copy_fields(source: Page) -> None:
    """The fields that a translation has from its source and says nothing in: who answers for it, its sources."""
    model = type(source)
    values = {name: getattr(source, name) for name in synchronised_fields(model) if name != "slug"}
    if not values:
        return
    others = model._default_manager.filter(translation_key=source.translation_key).exclude(pk=source.pk)
    differs = models.Q()
    for name, value in values.items():
        differs |= ~models.Q(**{name: value}) if value is not None else models.Q(**{f"{name}__isnull": False})
    for page in others.filter(differs):
        model._default_manager.filter(pk=page.pk).update(**values)
        _patch_draft(page, {name: source.serializable_data()[name] for name in values})


def _patch_draft(page: Page, values: dict[str, Any]) -> None:
    """Write the values into the page's drafts, and what waits to be published: an older one would bring back
    what was."""
    waiting = HeldTranslation.objects.filter(record__page_id=page.pk, hold__ended_at=None).values("revision_id")
    withdrawn = TranslationRecord.objects.filter(page_id=page.pk, withdrawn__isnull=False).values("withdrawn_id")
    named = {page.latest_revision_id, page.live_revision_id} - {None}
    for revision in page.revisions.filter(
        models.Q(pk__in=named) | models.Q(pk__in=waiting) | models.Q(pk__in=withdrawn)
    ):
        revision.content.update(values)
        revision.save(update_fields=["content"])


def source_unpublished(source: Page) -> None:
    """The translations go with their source: what is taken back is taken back in all languages."""
    if source.depth <= 2:
        return
    for page in translations_of(source):
        if page.live:
            _withdraw(page)
            page.specific.unpublish()


def _withdraw(page: Page) -> None:
    """Remember what is published, and what it was made from: it comes back with its source."""
    TranslationRecord.objects.filter(page_id=page.pk).update(withdrawn=page.live_revision_id)
    record = TranslationRecord.objects.filter(page_id=page.pk).first()
    if record is not None and record.withdrawn_id is not None:
        # Of a page that was brought from elsewhere no basis was noted when it was saved.
        Basis.objects.get_or_create(
            revision_id=record.withdrawn_id,
            defaults={"made_from": record.made_from, "arrangement": record.arrangement},
        )


def source_renamed(source: Page) -> None:
    """The address is the same in every language."""
    for translation in translations_of(source):
        page = translation.specific
        if page.slug == source.slug or page.depth <= 2:
            continue
        before = translation.specific_class._default_manager.get(pk=page.pk)
        page.slug = source.slug
        page.save(clean=False)
        _patch_draft(page, {"slug": page.slug, "url_path": page.url_path})
        page_slug_changed.send(sender=page.specific_class, instance=page, instance_before=before)


def source_moved(source: Page) -> None:
    """The translations move to where their source went, below the same page in their language."""
    scope = scope_of(source)
    keys = source.get_descendants(inclusive=True).values("translation_key")
    SourceRecord.objects.filter(translation_key__in=keys).update(county_slug=(scope and scope.county_slug) or "")
    parent = source.get_parent()
    for page in translations_of(source):
        now = page.get_parent()
        if now.translation_key == parent.translation_key:
            continue
        there = _ensure(parent, page.locale)
        page.move(there, pos="last-child")


def source_deleted(source: Page) -> None:
    """The translations are taken off the site and kept as drafts: what was approved is not lost."""
    source_unpublished(source)
    TranslationRecord.objects.filter(source_id=source.translation_key).update(withdrawn=None)
    SourceRecord.objects.filter(pk=source.translation_key).update(live=False)


def is_source(page: Page) -> bool:
    scope = scope_of(page)
    return scope is not None and scope.language == SOURCE
