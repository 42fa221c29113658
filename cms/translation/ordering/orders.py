"""Placing an order, carrying it out, taking parts of it back."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task
from wagtail.models import Page

from cms.access.actions import Action
from cms.access.audit.events import Event
from cms.access.audit.log import address_of, record
from cms.access.naming import name_of
from cms.access.policy import decide
from cms.access.scopes import scope_of
from cms.translation.following import is_source
from cms.translation.localize import open_translations
from cms.translation.models import ItemStatus, Order, OrderItem, Priority, SourceRecord, TranslationRecord
from cms.translation.ordering.price import Price, prices
from cms.translation.records import refresh

#: How many sources a transaction of the background task takes.
_CHUNK = 20


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for. ``translators``: by language; who is not named leaves it to the language's queue."""

    sources: list[SourceRecord]
    languages: list[str]
    token: str
    deadline: datetime.date | None = None
    priority: int = Priority.NORMAL
    comment: str = ""
    translators: dict[str, Any] = field(default_factory=dict)


def orderable(pages: Iterable[Page], user: Any) -> list[SourceRecord]:
    """The records of those pages that are published sources whose translations ``user`` may order; one query."""
    ids = [page.pk for page in pages if decide(user, Action.ORDER, page) and is_source(page)]
    return list(SourceRecord.objects.filter(page_id__in=ids, live=True).select_related("page").order_by("page__path"))


def _lacks(one: TranslationRecord, price: Price) -> bool:
    return bool(price.words or one.outdated or one.machine or not one.live)


@transaction.atomic
def place_order(wanted: Wanted, user: Any) -> Order:
    """Place the order and start its task; sent twice with one token it is one order.

    Raises ``PermissionDenied`` where ``user`` may not order one of the pages, ``ValidationError``
    where there is nothing to translate, or somebody named may not translate there.
    """
    existing = Order.objects.filter(token=wanted.token).first()
    if existing is not None:
        if existing.created_by_id != user.pk:
            raise PermissionDenied
        return _again(existing)
    for source in wanted.sources:
        if source.page is None or not decide(user, Action.ORDER, source.page):
            raise PermissionDenied
    cost = prices(wanted.sources, wanted.languages)
    records = TranslationRecord.objects.filter(
        source__in=[source.pk for source in wanted.sources], language__in=wanted.languages
    ).select_related("source")
    needed = [one for one in records if _lacks(one, cost[one.source_id, one.language])]
    if not needed:
        raise ValidationError(_("There is nothing to translate: these pages are current in these languages."))
    for one in needed:
        translator = wanted.translators.get(one.language)
        if translator is not None and not decide(translator, Action.EDIT, one):
            raise ValidationError(
                _("%(name)s may not translate this page into this language.") % {"name": name_of(translator)}
            )
    order, is_new = Order.objects.get_or_create(
        token=wanted.token,
        defaults={
            "created_by": user,
            "deadline": wanted.deadline,
            "priority": wanted.priority,
            "comment": wanted.comment,
        },
    )
    if not is_new:
        # The same form, sent twice at the same moment.
        return _again(order)
    OrderItem.objects.bulk_create(
        OrderItem(
            order=order,
            record=one,
            translator=wanted.translators.get(one.language),
            words_new=cost[one.source_id, one.language].new,
            words_changed=cost[one.source_id, one.language].changed,
            words_exact=cost[one.source_id, one.language].exact,
            words_fuzzy=cost[one.source_id, one.language].fuzzy,
        )
        for one in needed
    )
    by_page: dict[Any, list[str]] = {}
    for one in needed:
        by_page.setdefault(one.source_id, []).append(one.language)
    pages = {source.pk: source.page for source in wanted.sources}
    for key, languages in by_page.items():
        page = pages[key]
        if page is not None:
            record(
                Event.TRANSLATION_ORDERED,
                actor=user,
                about=address_of(page),
                scope=scope_of(page),
                languages=" ".join(sorted(languages)),
            )
    transaction.on_commit(lambda: carry_out_order.enqueue(order.pk))
    return order


def _again(order: Order) -> Order:
    """The order goes on, if it was cut off."""
    transaction.on_commit(lambda: carry_out_order.enqueue(order.pk))
    return order


def go_on() -> int:
    """Carry out the orders that were cut off; returns how many."""
    cut_off = list(Order.objects.filter(items__status=ItemStatus.WAITING).distinct().order_by("pk"))
    for order in cut_off:
        carry_out(order)
    return len(cut_off)


@task()
def carry_out_order(order_id: int) -> None:
    """See :func:`carry_out`."""
    carry_out(Order.objects.get(pk=order_id))


def carry_out(order: Order) -> None:
    """Put the order's pages into the queues of their languages, some pages a transaction.

    What was done stays done: run again after it was killed, it goes on. An older order of the same
    page and language ends: the newer says what holds.
    """
    while True:
        with transaction.atomic():
            items = list(
                # Held: of two who carry it out at once, the second finds these open.
                order.items.select_for_update(of=("self",))
                .filter(status=ItemStatus.WAITING)
                .select_related("record__source")
                .order_by("record__source_id", "pk")[: _CHUNK * 10]
            )
            if not items:
                return
            _open(items)


def _open(items: list[OrderItem]) -> None:
    now = timezone.now()
    open_translations({item.record.source_id for item in items}, {item.record.language for item in items})
    by_source: dict[Any, list[OrderItem]] = {}
    for item in items:
        by_source.setdefault(item.record.source_id, []).append(item)
    OrderItem.objects.filter(
        record__in=[item.record_id for item in items], status__in=(ItemStatus.OPEN, ItemStatus.WAITING)
    ).filter(order_id__lt=items[0].order_id).update(status=ItemStatus.CANCELLED)
    for item in items:
        item.status, item.opened_at = ItemStatus.OPEN, now
    OrderItem.objects.bulk_update(items, ["status", "opened_at"])
    # Held, and read again: all their columns are written.
    held = TranslationRecord.objects.select_for_update().order_by("pk").in_bulk([item.record_id for item in items])
    for each in by_source.values():
        records = []
        for item in each:
            held[item.record_id].item = item
            records.append(held[item.record_id])
        refresh(each[0].record.source, records)


@transaction.atomic
def cancel(item: OrderItem, user: Any) -> None:
    """Ask for this translation no longer; its texts stay. Raises ``PermissionDenied``."""
    page = item.record.source.page
    if page is None or not decide(user, Action.ORDER, page):
        raise PermissionDenied
    OrderItem.objects.filter(pk=item.pk, status__in=(ItemStatus.WAITING, ItemStatus.OPEN)).update(
        status=ItemStatus.CANCELLED
    )
    one = TranslationRecord.objects.select_for_update().get(pk=item.record_id)
    if one.item_id == item.pk:
        one.item = None
        refresh(one.source, [one])
