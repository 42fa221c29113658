"""Taking in what was shown, and taking it back: a page a transaction, resumable, nothing twice.

The policy is asked again before each page; nothing is published. Killed in the middle, the same call
goes on with the pages that are left.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task

from cms.access.actions import Action
from cms.access.audit.events import Event
from cms.access.audit.log import address_of, record
from cms.access.policy import Denied, decide, forget_holdings
from cms.translation.exchange.compare import Preview
from cms.translation.exchange.formats import Format
from cms.translation.exchange.models import BatchStatus, ImportBatch, ImportPart, PartStatus
from cms.translation.exchange.rows import Compared
from cms.translation.models import Origin, TranslationRecord
from cms.translation.work import NewText, Refused, save_texts

TAKEN, UNDONE, KEPT = "taken", "undone", "kept"
#: How long a file waits for its confirmation.
_UNCONFIRMED = datetime.timedelta(days=7)


@transaction.atomic
def store(preview: Preview, user: Any, name: str, kind: Format) -> ImportBatch:
    """Keep what is shown until it is confirmed. What ``user`` left unconfirmed for a week is thrown away."""
    ImportBatch.objects.filter(
        user=user, status=BatchStatus.SHOWN, created_at__lt=timezone.now() - _UNCONFIRMED
    ).delete()
    batch = ImportBatch.objects.create(
        user=user, name=name[:200], format=kind.value, refused=[row.as_json() for row in preview.refused]
    )
    ImportPart.objects.bulk_create(
        ImportPart(batch=batch, record=record, rows=[row.as_json() for row in rows]) for record, rows in preview.parts
    )
    return batch


@transaction.atomic
def confirm(batch: ImportBatch, chosen: Collection[str] = ()) -> None:
    """Take the file's texts in, in the background. ``chosen``: the ids of the texts that were changed here
    meanwhile and are to be taken all the same.

    Of a batch that is under way already: go on where it was. Raises ``ValidationError`` of one that is done.
    """
    batch = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    if batch.status == BatchStatus.SHOWN:
        for part in batch.parts.all():
            rows = [row | {"chosen": row["id"] in chosen} for row in part.rows]
            if rows != part.rows:
                part.rows = rows
                part.save(update_fields=["rows"])
        batch.status = BatchStatus.CONFIRMED
        batch.save(update_fields=["status"])
    elif batch.status != BatchStatus.CONFIRMED:
        raise ValidationError(_("This file has been taken in already."))
    transaction.on_commit(lambda: carry_on.enqueue(batch.pk))


@transaction.atomic
def undo(batch: ImportBatch) -> None:
    """Take the file's texts back, in the background: each becomes what it was, unless it has been changed since.

    Goes on where it was. Raises ``ValidationError`` of a batch that was not taken in.
    """
    batch = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    if batch.status == BatchStatus.DONE:
        batch.status = BatchStatus.UNDOING
        batch.save(update_fields=["status"])
    elif batch.status != BatchStatus.UNDOING:
        raise ValidationError(_("There is nothing to undo."))
    transaction.on_commit(lambda: carry_on.enqueue(batch.pk))


@task()
def carry_on(batch_id: int) -> None:
    """See :func:`carry_out`."""
    carry_out(ImportBatch.objects.get(pk=batch_id))


def carry_out(batch: ImportBatch) -> None:
    """Do what is left of what was asked for: take in, or take back. One transaction a page."""
    if batch.status == BatchStatus.CONFIRMED:
        _each(batch, PartStatus.WAITING, PartStatus.DONE, _take)
        _finish(batch, BatchStatus.CONFIRMED, BatchStatus.DONE)
    elif batch.status == BatchStatus.UNDOING:
        _each(batch, PartStatus.DONE, PartStatus.UNDONE, _take_back)
        # A page that she may not write to any more is left, and can be tried again.
        left = batch.parts.filter(status=PartStatus.DONE).exists()
        _finish(batch, BatchStatus.UNDOING, BatchStatus.DONE if left else BatchStatus.UNDONE)


def _finish(batch: ImportBatch, was: BatchStatus, now: BatchStatus) -> None:
    ImportBatch.objects.filter(pk=batch.pk, status=was).update(status=now)
    batch.status = now


Step = Callable[[ImportBatch, TranslationRecord, list[Compared]], int]


def _each(batch: ImportBatch, left: PartStatus, done: PartStatus, step: Step) -> None:
    for pk in list(batch.parts.filter(status=left).values_list("pk", flat=True)):
        with transaction.atomic():
            # Of two who carry the same page out, this lets one through.
            if ImportPart.objects.filter(pk=pk, status=left).update(status=done):
                _page(batch, ImportPart.objects.select_related("record__source__page").get(pk=pk), left, step)


def _page(batch: ImportBatch, part: ImportPart, left: PartStatus, step: Step) -> None:
    user = batch.user
    # What she may do now, not when this began.
    forget_holdings(user)
    decision = decide(user, Action.IMPORT, part.record)
    if isinstance(decision, Denied):
        part.reason = decision.reason[:300]
        part.status = PartStatus.REFUSED if left == PartStatus.WAITING else PartStatus.DONE
        part.save(update_fields=["status", "reason"])
        return
    rows = [Compared.from_json(row) for row in part.rows]
    count = step(batch, part.record, rows)
    part.rows, part.reason = [row.as_json() for row in rows], ""
    part.save(update_fields=["rows", "reason"])
    if count:
        page = part.record.page or part.record.source.page
        record(
            Event.IMPORTED,
            actor=user,
            about=address_of(page) if page is not None else batch.name,
            scope=part.record.access_scope,
            format=batch.format,
            file=batch.name,
            texts=count,
            undone=left == PartStatus.DONE or "",
        )


def _take(batch: ImportBatch, record: TranslationRecord, rows: list[Compared]) -> int:
    wanted = {row.unit: row for row in rows if row.is_taken}
    texts = [NewText(row.unit, row.new, Origin.IMPORT, expected=row.before) for row in wanted.values()]
    refused = _refusals(save_texts(record, texts, batch.user)) if texts else {}
    for unit, row in wanted.items():
        if unit in refused:
            row.code, row.reason = refused[unit].code, refused[unit].reason
        else:
            row.result = TAKEN
    return len(wanted) - len(refused)


def _take_back(batch: ImportBatch, record: TranslationRecord, rows: list[Compared]) -> int:
    wanted = {row.unit: row for row in rows if row.result == TAKEN}
    texts = [
        NewText(
            row.unit,
            row.old,
            # A machine's text is a machine's again.
            Origin.MACHINE if row.was_machine else Origin.RESTORED,
            expected=row.written,
            tool=row.tool,
        )
        for row in wanted.values()
    ]
    refused = _refusals(save_texts(record, texts, batch.user)) if texts else {}
    for unit, row in wanted.items():
        if unit in refused:
            row.result, row.code, row.reason = KEPT, refused[unit].code, refused[unit].reason
        else:
            row.result = UNDONE
    return len(wanted) - len(refused)


def _refusals(refused: list[Refused]) -> dict[str, Refused]:
    return {one.unit: one for one in refused}
