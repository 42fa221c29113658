"""Keeps the records of sources and translations true: what is outdated, and how the work stands.

Called by the signals of publishing, moving, deleting and moderation (``cms.translation.signals``),
and by what writes texts. ``recompute`` says from content alone what the records must hold.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone
from wagtail.models import Page, Revision, WorkflowState

from cms.access.scopes import scope_of
from cms.languages.registry import CODES, SOURCE
from cms.translation.approval import approved
from cms.translation.frozen import freeze, held_draft
from cms.translation.localize import Place, Source, is_joined, mark_read, places_of, progress_of
from cms.translation.localize.segments import arrangement_of
from cms.translation.markup import words
from cms.translation.models import Basis, ItemStatus, SourceRecord, TranslationRecord
from cms.translation.states import State, TranslationState, state_of

#: The meaning of a text that a minor edit added: no translation lacks it.
_NOTHING = ""

#: Columns, by the names of their attributes.
_KEPT = (
    "page_id",
    "state",
    "live",
    "machine",
    "made_from",
    "arrangement",
    "in_review",
    "returned",
    "outdated",
    "untranslated",
    "words_left",
    "machine_texts",
    "started",
    "state_since",
    "item_id",
    "withdrawn_id",
)


def is_translatable(page: Page) -> bool:
    """Whether the page is one that is translated: of a type of ours, in one of the trees."""
    return hasattr(page, "translation_state") and scope_of(page) is not None


# --- sources --------------------------------------------------------------------------------------


@transaction.atomic
def source_published(page: Page) -> SourceRecord:
    """Note what the source says now; its translations are outdated by exactly what changed.

    An edit that ``page.minor_edit`` calls minor outdates nothing: its texts mean what they meant.
    """
    record, _made = SourceRecord.objects.select_for_update().get_or_create(translation_key=page.translation_key)
    minor = bool(getattr(page, "minor_edit", False)) and record.live
    before, now, pairs, arrangement = freeze(page, minor=minor)
    if minor:
        _note_minor(record, before, now, pairs, arrangement)
        # It was said of this publication only: the next may come from where nobody is asked.
        page.minor_edit = False
        type(page)._default_manager.filter(pk=page.pk).update(minor_edit=False)
    said = (record.meanings.keys(), record.arrangement)
    scope = scope_of(page)
    record.page_id, record.live = page.pk, True
    record.county_slug = (scope.county_slug or "") if scope else ""
    record.segments = [[place.hash, record.meaning_of(place.hash), words(place.text)] for place in now]
    record.arrangement = record.meaning_of(arrangement)
    record.words = sum(count for _hash, _meaning, count in record.segments)
    if (record.meanings.keys(), record.arrangement) != said:
        record.changed_at = page.last_published_at or timezone.now()
    record.save()
    refresh(record)
    return record


def _note_minor(
    record: SourceRecord, before: list[Place], now: list[Place], pairs: list[tuple[Place, Place]], arrangement: str
) -> None:
    """Give each new text the meaning of the one that it took the place of."""
    said = {place.hash for place in before}
    olds = {new.unit: old.hash for old, new in pairs} | {place.unit: place.hash for place in before}
    for place in now:
        if place.hash not in said and place.hash not in record.minor:
            old = olds.get(place.unit)
            record.minor[place.hash] = record.meaning_of(old) if old else _NOTHING
    if record.arrangement != record.meaning_of(arrangement):
        record.minor[arrangement] = record.arrangement


def rebuild() -> int:
    """Make the records of published sources that have none, from content; returns how many.

    For a site that was filled before there were records, and for content that was written past the signals.
    """
    known = SourceRecord.objects.filter(live=True).values("page_id")
    pages = Page.objects.filter(live=True, locale__language_code=SOURCE, depth__gt=1).exclude(pk__in=known)
    count = 0
    for page in pages.order_by("path").specific():
        if not is_translatable(page):
            continue
        source_published(page)
        for target in Page.objects.filter(translation_key=page.translation_key, live=True).exclude(pk=page.pk):
            joined(target)
        count += 1
    return count


# --- translations ---------------------------------------------------------------------------------


def record_of(page: Page) -> TranslationRecord | None:
    """The record of a translation; ``None`` for a source, and for what has no source that was published."""
    language = _language(page)
    if language in (None, SOURCE):
        return None
    return (
        TranslationRecord.objects.select_related("source")
        .filter(source_id=page.translation_key, language=language)
        .first()
    )


def _locked(page: Page) -> TranslationRecord | None:
    """As :func:`record_of`, held until the transaction ends: all its columns are written."""
    record = record_of(page)
    return TranslationRecord.objects.select_for_update().get(pk=record.pk) if record is not None else None


def _language(page: Page) -> str | None:
    scope = scope_of(page)
    return scope.language if scope else None


@transaction.atomic
def translation_published(page: Page, revision: Revision | None) -> None:
    """Note what the published text was made from: what its revision says, else the source as it is now."""
    record = _locked(page)
    if record is None:
        return
    basis = Basis.objects.filter(revision=revision).first() if revision is not None else None
    if basis is not None:
        record.made_from, record.arrangement = basis.made_from, basis.arrangement
    else:
        record.made_from, record.arrangement = sorted(record.source.meanings), record.source.arrangement
    record.live, record.page_id = True, page.pk
    record.machine = getattr(page, "translation_state", "") == TranslationState.MACHINE
    record.withdrawn = None
    if basis is not None and revision is not None and not record.machine:
        mark_read(record.source_id, record.language, revision.created_at)
    refresh(record.source, [record])
    user = basis.reviewed_by if basis is not None else revision.user if revision is not None else None
    approved.send(TranslationRecord, record=record, revision=revision, user=user, reviewed=not record.machine)


@transaction.atomic
def joined(page: Page) -> None:
    """Note what a page that was translated elsewhere is the translation of; see ``localize.join``."""
    record = _locked(page)
    if record is None or not is_joined(page):
        return
    record.made_from, record.arrangement = sorted(made_from(record)), record.source.arrangement
    refresh(record.source, [record])


def made_from(record: TranslationRecord) -> set[str]:
    """The meanings of the source's texts that have a working translation."""
    done = progress_of(record.source_id).done.get(record.language, set())
    return {record.source.meaning_of(place.hash) for place in places_of(record.source_id) if place.unit in done}


def note_basis(page: Page, revision: Revision) -> None:
    """Remember what a revision of the translation was made from: the texts of now."""
    record = record_of(page)
    if record is not None:
        draft = held_draft(record.source_id)
        arrangement = record.source.arrangement
        if draft is not None:
            arrangement = record.source.meaning_of(arrangement_of(Source(draft).pieces))
        Basis.objects.update_or_create(
            revision=revision, defaults={"made_from": sorted(made_from(record)), "arrangement": arrangement}
        )


@transaction.atomic
def went_offline(page: Page) -> None:
    """A source or a translation was unpublished or deleted."""
    SourceRecord.objects.filter(page_id=page.pk).update(live=False)
    record = TranslationRecord.objects.select_for_update().filter(page_id=page.pk).first()
    if record is not None:
        record.live, record.made_from, record.arrangement = False, [], ""
        refresh(record.source, [record])


def refresh_key(translation_key: Any) -> None:
    """As :func:`refresh`, of all languages of a source, if there is a record of it."""
    source = SourceRecord.objects.filter(pk=translation_key).select_related("page").first()
    if source is None:
        return
    if source.live and source.page is not None:
        # With the last of its translations wagtail-localize throws the source's texts away.
        Source(held_draft(source.pk) or source.page.specific).freeze()
    refresh(source)


@transaction.atomic
def refresh_page(page: Page) -> None:
    """As :func:`refresh`, of the translation that this page is; nothing where it is none."""
    record = _locked(page)
    if record is not None:
        refresh(record.source, [record])


# --- the state that follows -----------------------------------------------------------------------


def refresh(source: SourceRecord, records: Iterable[TranslationRecord] | None = None) -> None:
    """Write the counts and states that follow; all languages where no records are given. Six queries at most.

    Of records that are given every column is written, of the others what changed.
    """
    known, new = (list(records), []) if records is not None else _all(source)
    for record in known:
        # Of a source that was changed in memory, and not read again.
        record.source = source
    before = [_kept(record) for record in known]
    recompute(source, [*known, *new])
    TranslationRecord.objects.bulk_create(new)
    if records is not None:
        _write(known, _KEPT)
        return
    changed = [(record, old, _kept(record)) for record, old in zip(known, before, strict=True)]
    names = [name for place, name in enumerate(_KEPT) if any(old[place] != now[place] for _record, old, now in changed)]
    _write([record for record, old, now in changed if old != now], names)


def _kept(record: TranslationRecord) -> tuple[Any, ...]:
    return tuple(getattr(record, name) for name in _KEPT)


def _write(records: list[TranslationRecord], names: Sequence[str]) -> None:
    """Write these columns. Most often all languages change alike, and a value a row costs many times as much."""
    if not records:
        return
    values = {name: getattr(records[0], name) for name in names}
    if all(getattr(record, name) == value for record in records for name, value in values.items()):
        TranslationRecord.objects.filter(pk__in=[record.pk for record in records]).update(**values)
    else:
        TranslationRecord.objects.bulk_update(records, names)


def _all(source: SourceRecord) -> tuple[list[TranslationRecord], list[TranslationRecord]]:
    """The source's records, and those that it lacks, unsaved."""
    have = {record.language: record for record in source.translations.select_for_update().order_by("pk")}
    new = [TranslationRecord(source=source, language=code) for code in CODES if code != SOURCE and code not in have]
    if new:
        pages = {
            page.locale.language_code: page
            for page in Page.objects.filter(translation_key=source.translation_key).select_related("locale")
        }
        for record in new:
            page = pages.get(record.language)
            record.page = page
            if page is not None and page.live:
                # Published before there was a record: what it was made from is not known, so the present.
                record.live, record.made_from, record.arrangement = True, sorted(source.meanings), source.arrangement
                record.machine = page.specific.translation_state == TranslationState.MACHINE
    return list(have.values()), new


def recompute(source: SourceRecord, records: list[TranslationRecord]) -> None:
    """Set, unsaved, what follows for the records from the source, the texts and moderation; four queries."""
    progress = progress_of(source.translation_key)
    places = places_of(source.translation_key)
    count = {place.unit: words(place.text) for place in places}
    # Of a source that waits for its translations, what is worked on is not what is published.
    is_held = {place.hash for place in places} != {hash_ for hash_, _meaning, _words in source.segments}
    workflows = dict(
        WorkflowState.objects.filter(
            object_id__in=[str(record.page_id) for record in records if record.page_id],
            status__in=(WorkflowState.STATUS_IN_PROGRESS, WorkflowState.STATUS_NEEDS_CHANGES),
        ).values_list("object_id", "status")
    )
    now = timezone.now()
    for record in records:
        done = progress.done.get(record.language, set())
        left = [unit for unit in count if unit not in done]
        status = workflows.get(str(record.page_id))
        record.in_review = status == WorkflowState.STATUS_IN_PROGRESS
        record.returned = status == WorkflowState.STATUS_NEEDS_CHANGES
        record.untranslated, record.words_left = len(left), sum(count[unit] for unit in left)
        record.machine_texts = len(progress.machine.get(record.language, set()) & count.keys())
        made = set(record.made_from)
        record.outdated = (
            sum(bool(meaning) and meaning not in made for _hash, meaning, _words in source.segments)
            if record.live
            else 0
        )
        record.started = bool(done & count.keys() or record.item_id)
        state = state_of(
            live=record.live,
            outdated=bool(record.outdated) or record.arrangement != source.arrangement,
            machine=record.machine,
            in_review=record.in_review,
            started=record.started,
        )
        if state == State.CURRENT and record.item is not None and not is_held:
            record.item.status, record.item.done_at = ItemStatus.DONE, now
            record.item.save(update_fields=["status", "done_at"])
            record.item = None
        if state != record.state:
            record.state, record.state_since = state, now
