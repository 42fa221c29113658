"""The matrix's content of the translators' side: orders, texts, comments, jobs, files, terms, the memory."""

from __future__ import annotations

import datetime
import uuid
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from wagtail.models import Page
from wagtail_localize.models import StringTranslation  # noqa: TID251  (what was written is looked at)

from cms.languages.registry import SOURCE
from cms.translation.exchange.models import ImportBatch, ImportPart
from cms.translation.exchange.rows import Compared, Outcome
from cms.translation.glossary import editing
from cms.translation.glossary.entries import Entry, Terms, write
from cms.translation.glossary.importing import compare
from cms.translation.glossary.models import PendingImport, Status
from cms.translation.holds import hold
from cms.translation.localize import Unit, addresses_of, units_of
from cms.translation.machine.models import JobStatus, MachineJob
from cms.translation.memory.models import NATIONAL, MemoryEntry, MemoryOrigin, MemorySource
from cms.translation.models import ItemStatus, Order, OrderItem, Origin, TextVersion, TranslationRecord
from cms.translation.moderation import send_for_review
from cms.translation.room.models import Dismissal, SegmentComment
from cms.translation.work import NewText, save_texts
from tests.factories import page_at

if TYPE_CHECKING:
    from tests.access.matrix.site import Content

CONCEPT = Entry(
    "matrisen", "Vad matrisen är.", "Skatteverket", "https://www.skatteverket.se/", Status.APPROVED,
    {"sv": Terms(("matris",)), "ar": Terms(("مصفوفة",)), "so": Terms(("shaxda",))},
)  # fmt: skip


def keys_of(top: Page) -> list[uuid.UUID]:
    """The translation keys of the page and all below it."""
    found = Page.objects.filter(path__startswith=top.path)
    return list(found.values_list("translation_key", flat=True))


def texts_state() -> set[tuple[Any, ...]]:
    """Every working text, with the source and language that it is of."""
    columns = ("context__object_id", "locale__language_code", "pk", "data", "translation_type")
    return set(StringTranslation.objects.values_list(*columns))


def record_at(path: str, language: str) -> TranslationRecord:
    """The translation of the Swedish page at ``path``."""
    key = page_at(path).translation_key
    return TranslationRecord.objects.select_related("source__page", "page").get(source_id=key, language=language)


def whole_site(root: Any) -> dict[str, Any]:
    """A concept, and a file of another's that is to change it."""
    write(CONCEPT, None, None)
    return {
        "concept": CONCEPT.key,
        "concept_shown": editing.part(CONCEPT, SOURCE),
        # Each person has her own, see ``belongings``.
        "own_batch": 0,
        "own_pending": 0,
        "own_digest": "",
        "another_batch": ImportBatch.objects.create(user=root, name="x.po", format="po").pk,
        "another_pending": _pending(root, "ar").pk,
    }


def _pending(user: Any, language: str) -> PendingImport:
    content = f"concept,{language}\n{CONCEPT.key},{'nyord' if language == SOURCE else 'كلمة'}\n".encode()
    return PendingImport.objects.create(user=user, name="x.csv", content=content)


def belongings(user: Any, language: str, content: Content) -> dict[str, Any]:
    """Files that ``user`` has sent in: one for every page whatever her role, one for the terms of ``language``."""
    batch = ImportBatch.objects.create(user=user, name="x.po", format="po")
    for cell, values in content.values.items():
        if "record" in values:
            said = f"HEMLIGT {cell.place} {cell.language} fil"
            row = Compared(1, "x", Outcome.CHANGED, values["unit"], source="x", old=said, new="Nytt")
            row.before, row.written = values["expected"], "Nytt"
            ImportPart.objects.create(batch=batch, record_id=values["record"], rows=[row.as_json()])
    pending = _pending(user, language)
    digest = compare(pending.name, bytes(pending.content)).digest
    return {"own_batch": batch.pk, "own_pending": pending.pk, "own_digest": digest}


def order_and_hold(path: str, languages: tuple[str, ...], root: Any) -> dict[str, Any]:
    """An order of a page, and another page's draft that waits for a language."""
    order = Order.objects.create(token=f"order of {path}", created_by=root)
    items = []
    for language in languages:
        record = record_at(f"{path}joined/", language)
        item = OrderItem.objects.create(order=order, record=record, status=ItemStatus.OPEN, opened_at=timezone.now())
        TranslationRecord.objects.filter(pk=record.pk).update(item=item)
        items.append(item.pk)
    page = page_at(f"{path}held/")
    page.search_description = "Kommer snart."
    page.save_revision()
    hold(page_at(f"{path}held/"), ["so"], timezone.localdate() + datetime.timedelta(days=9), root)
    return {"order": order.pk, "item": items[0]}


def work(path: str, language: str, secret: str, root: Any) -> dict[str, Any]:
    """What there is of a translation: its texts, what was said of them, a machine's job; and one in review."""
    record = record_at(f"{path}joined/", language)
    unit = _unit(record)
    save_texts(record, [NewText(unit.id, f"{language} {secret}")], root)
    unit = _unit(record)
    version = TextVersion.objects.create(
        record=record,
        path=unit.path,
        source_text=unit.source,
        text=f"{secret} tidigare",
        origin=Origin.TYPED,
        user=root,
    )
    comment = SegmentComment.objects.create(
        record=record, path=unit.path, source_hash=unit.hash, text=f"{secret} anmärkning", user=root
    )
    dismissal = Dismissal.objects.create(record=record, path=unit.path, check_key="x", reason=secret, user=root)
    address = next(one for one in addresses_of(record.source_id, language) if isinstance(one.value, str))
    job = MachineJob.objects.create(record=record, provider="pseudo", requested_by=root, status=JobStatus.DONE)
    TranslationRecord.objects.filter(pk=record.pk).update(returned=True)
    context, _dash, string = unit.id.partition("-")
    send_for_review(page_at(f"{path}sent/", language), root)
    sent = record_at(f"{path}sent/", language)
    sent_unit = _unit(sent)
    return {
        "record": record.pk,
        "unit": unit.id,
        "context": context,
        "string": string,
        "expected": unit.text or "",
        "version": version.pk,
        "comment": comment.pk,
        "dismissal": dismissal.pk,
        "address": address.id,
        "job": job.pk,
        "order": record.item.order_id if record.item else 0,
        "entry": _memory(record, language, root),
        "terms_shown": editing.part(CONCEPT, language),
        "sent_record": sent.pk,
        "sent_unit": sent_unit.id,
        "sent_text": sent_unit.text or "",
    }


def _unit(record: TranslationRecord) -> Unit:
    units = units_of(record.source_id, record.language, earlier=False)
    return next(unit for unit in units if unit.source == "Svenska.")


def _memory(record: TranslationRecord, language: str, root: Any) -> int:
    source = MemorySource.of(f"Svenska i {record.source.county_slug} på {language}.")
    source.save()
    return MemoryEntry.objects.create(
        source=source,
        language=language,
        text="Godkänt",
        place=uuid.uuid4().hex,
        domain=record.source.county_slug or NATIONAL,
        origin=MemoryOrigin.PAGE,
        reviewer=root,
        approved_at=timezone.now(),
    ).pk
