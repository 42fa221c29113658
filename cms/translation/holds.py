"""Publishing a source and its translations together: it waits until they are ready, or for a day.

While a source is held, translators see its new text; what readers see, and what the records call
current, stays with the published one. Approved translations wait beside it. Publishing them is one
transaction: either all are public, or none is.
"""

from __future__ import annotations

import datetime
import logging
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page, Revision

from cms.access.actions import Action
from cms.access.policy import decide
from cms.translation.frozen import freeze
from cms.translation.models import HeldTranslation, Hold, SourceRecord, TranslationRecord
from cms.translation.records import record_of, refresh

logger = logging.getLogger(__name__)


def open_hold(translation_key: Any) -> Hold | None:
    """The open hold of a source, if there is one."""
    return Hold.objects.filter(source_id=translation_key, ended_at=None).select_related("source", "revision").first()


@transaction.atomic
def hold(page: Page, languages: list[str], until: datetime.date | None, user: Any) -> Hold:
    """Hold the page's latest draft until these languages are ready, or until the day, and let it be translated.

    Raises ``PermissionDenied``; ``ValidationError`` where the page is not published, has no draft or one with
    a day of its own, is in moderation, or is held already.
    """
    if not decide(user, Action.PUBLISH, page):
        raise PermissionDenied
    sources = SourceRecord.objects.select_for_update().filter(pk=page.translation_key, page_id=page.pk, live=True)
    source = sources.first()
    if source is None:
        raise ValidationError(_("A page that is not published has no translations to wait for."))
    if open_hold(source.pk) is not None:
        raise ValidationError(_("This page waits for its translations already."))
    if not page.has_unpublished_changes or page.latest_revision_id in (None, page.live_revision_id):
        raise ValidationError(_("This page has no changes that could wait."))
    if page.workflow_in_progress:
        raise ValidationError(_("This page is in moderation. It must be decided first."))
    if not languages and until is None:
        raise ValidationError(_("Choose a language or a day to wait for."))
    revision = Revision.objects.get(pk=page.latest_revision_id)
    draft = revision.as_object()
    if draft.go_live_at is not None and draft.go_live_at > timezone.now():
        # Its translations would be published before it.
        raise ValidationError(_("This draft is to be published on a day of its own. Take that away first."))
    held = Hold.objects.create(
        source=source, revision=revision, languages=sorted(languages), until=until, created_by=user
    )
    freeze(draft)
    refresh(source)
    return held


@transaction.atomic
def hold_back(page: Page, revision: Revision) -> bool:
    """Keep an approved revision of a translation whose source is held; returns whether it is."""
    record = record_of(page)
    if record is None:
        return False
    # Held until this is decided: of two who approve the last languages at once, the second sees the first's.
    held = Hold.objects.select_for_update().filter(source_id=record.source_id, ended_at=None).first()
    # What was sent before the source was held is a translation of the published text.
    if held is None or revision.created_at < held.created_at:
        return False
    HeldTranslation.objects.update_or_create(hold=held, record=record, defaults={"revision": revision})
    if is_ready(held):
        # Once what was approved is in the database: a failure here must not take it back.
        transaction.on_commit(lambda: release(held), robust=True)
    return True


def is_ready(held: Hold) -> bool:
    """Whether all languages that are waited for have an approved translation."""
    return bool(held.languages) and not missing(held)


def missing(held: Hold) -> list[str]:
    """The languages that are waited for."""
    have = set(held.translations.values_list("record__language", flat=True))
    return [language for language in held.languages if language not in have]


@transaction.atomic
def release(held: Hold, user: Any = None) -> bool:
    """Publish the source and the translations that wait with it; returns whether it was still open."""
    found = Hold.objects.select_for_update().filter(pk=held.pk, ended_at=None).select_related("revision").first()
    if found is None:
        return False
    # Ended first: what publishing calls must not hold anything back any more.
    found.ended_at = timezone.now()
    found.save(update_fields=["ended_at"])
    found.revision.publish(user=user, skip_permission_checks=True)
    for translation in found.translations.select_related("revision"):
        translation.revision.publish(user=user, skip_permission_checks=True)
    return True


def release_due(today: datetime.date | None = None) -> int:
    """Publish what is ready or has waited until its day; returns how many.

    One that can't be published is logged, and keeps none of the others waiting.
    """
    today = today or timezone.localdate()
    count = 0
    for held in Hold.objects.filter(ended_at=None).order_by("pk"):
        if is_ready(held) or (held.until is not None and held.until <= today):
            try:
                count += release(held)
            except Exception:
                logger.exception("Hold %s of source %s can't be published", held.pk, held.source_id)
    return count


@transaction.atomic
def give_up(held: Hold, user: Any) -> None:
    """Wait no longer and publish nothing; translators see the published text again. Raises ``PermissionDenied``."""
    page = held.source.page
    if page is None or not decide(user, Action.PUBLISH, page):
        raise PermissionDenied
    source = SourceRecord.objects.select_for_update().get(pk=held.source_id)
    if Hold.objects.filter(pk=held.pk, ended_at=None).update(ended_at=timezone.now()):
        freeze(Page.objects.get(pk=page.pk).specific)
        refresh(source)


def ended_by(page: Page) -> None:
    """A source was published past its hold: there is nothing to wait for."""
    Hold.objects.filter(source_id=page.translation_key, ended_at=None).update(ended_at=timezone.now())


def waiting(record: TranslationRecord) -> bool:
    """Whether this translation is approved and waits for its source."""
    return HeldTranslation.objects.filter(record=record, hold__ended_at=None).exists()
