"""Ordering: the price first, one order however often it is sent, nothing published, nothing of others."""

from __future__ import annotations

import datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Page

from cms.access.audit.events import Event
from cms.access.models import AuditEntry
from cms.languages.registry import CODES, SOURCE
from cms.translation.models import ItemStatus, Order, OrderItem, SourceRecord
from cms.translation.ordering.orders import Wanted, cancel, carry_out, orderable, place_order
from cms.translation.ordering.price import prices
from cms.translation.queue import Why, task_of, to_translate
from cms.translation.states import State
from pages.models import BasePage
from tests.access.test_sync import person
from tests.factories import make_page, paragraphs, publish
from tests.translation.test_records import record, translate, with_text
from tests.translation.test_review import client_of

pytestmark = pytest.mark.django_db
TARGETS = [code for code in CODES if code != SOURCE]


def wanted(*pages: BasePage, languages: list[str] | None = None, token: str = "t", **fields: object) -> Wanted:  # noqa: S107  (no secret)
    sources = list(SourceRecord.objects.filter(page__in=pages).select_related("page"))
    return Wanted(sources, languages or ["ar"], token, **fields)  # type: ignore[arg-type]


def order(wish: Wanted, user: object) -> Order:
    with TestCase.captureOnCommitCallbacks(execute=True):
        return place_order(wish, user)


def test_the_price_tells_new_from_changed(source: BasePage) -> None:
    translate(source)
    publish(source, body=with_text(source, 1, "Två och en halv."))
    found = prices(wanted(source).sources, ["ar", "ti"])
    changed, new = found[source.translation_key, "ar"], found[source.translation_key, "ti"]
    assert (changed.new, changed.changed, changed.words) == (0, 4, 4)
    assert (new.new, new.changed, new.pages) == (8, 0, 1)


def test_an_order_comes_into_the_queue_and_publishes_nothing(source: BasePage) -> None:
    editor, translator = person("national-editor"), person("translator", language="ti")
    before = set(Page.objects.values_list("pk", "live", "latest_revision_id"))
    placed = order(wanted(source, languages=["ti"], deadline=timezone.localdate() + datetime.timedelta(days=2)), editor)
    assert set(Page.objects.values_list("pk", "live", "latest_revision_id")) == before
    (one,) = to_translate(translator)
    assert (one.state, task_of(one).why, one.item and one.item.order) == (State.IN_PROGRESS, Why.DUE, placed)
    assert list(to_translate(person("translator", language="ar"))) == []
    assert list(to_translate(person("translator", "12", "ti"))) == []
    assert AuditEntry.objects.filter(event=Event.TRANSLATION_ORDERED).count() == 1


def test_sent_twice_it_is_one_order(source: BasePage) -> None:
    editor = person("national-editor")
    assert order(wanted(source), editor) == order(wanted(source), editor)
    assert OrderItem.objects.count() == 1
    with pytest.raises(PermissionDenied):
        order(wanted(source), person("national-publisher"))


def test_a_newer_order_takes_the_older_one_s_place(source: BasePage) -> None:
    editor = person("national-editor")
    order(wanted(source, token="a"), editor)
    newer = order(wanted(source, token="b"), editor)
    assert sorted(OrderItem.objects.values_list("status", flat=True)) == [ItemStatus.CANCELLED, ItemStatus.OPEN]
    assert record(source).item is not None
    assert record(source).item.order == newer  # type: ignore[union-attr]


def test_what_is_current_is_not_ordered(source: BasePage) -> None:
    translate(source)
    with pytest.raises(ValidationError):
        order(wanted(source), person("national-editor"))
    assert not Order.objects.exists()


@pytest.mark.parametrize(("role", "county"), [("county-publisher", "12"), ("analyst", None), ("translator", None)])
def test_others_may_not_order(source: BasePage, role: str, county: str | None) -> None:
    user = person(role, county, "ar" if role == "translator" else "")
    assert orderable([source], user) == []
    with pytest.raises(PermissionDenied):
        order(wanted(source), user)
    assert client_of(user).get(f"/admin/translation/order/?page={source.pk}").status_code in (302, 403)


def test_the_translator_must_be_one(source: BasePage) -> None:
    with pytest.raises(ValidationError):
        order(wanted(source, translators={"ar": person("translator", language="ti")}), person("national-editor"))
    assert not Order.objects.exists()


def test_killed_in_the_middle_it_goes_on(source: BasePage, monkeypatch: pytest.MonkeyPatch) -> None:
    others = [make_page(f"s{n}/", title=f"S{n}") for n in range(5)]
    with TestCase.captureOnCommitCallbacks():
        placed = place_order(wanted(source, *others, languages=TARGETS), person("national-editor"))
    assert set(placed.items.values_list("status", flat=True)) == {ItemStatus.WAITING}
    some = placed.items.order_by("pk").first()
    assert some is not None
    OrderItem.objects.filter(pk=some.pk).update(status=ItemStatus.OPEN)
    carry_out(placed)
    carry_out(placed)
    assert set(placed.items.values_list("status", flat=True)) == {ItemStatus.OPEN}
    assert placed.items.count() == 60


def test_taken_back_it_is_asked_no_longer(source: BasePage) -> None:
    editor = person("national-editor")
    placed = order(wanted(source), editor)
    item = placed.items.get()
    with pytest.raises(PermissionDenied):
        cancel(item, person("county-publisher", "12"))
    cancel(item, editor)
    assert record(source).state == State.MISSING
    assert list(to_translate(person("translator", language="ar"))) == []


def test_the_order_is_done_when_the_page_is_current(source: BasePage) -> None:
    placed = order(wanted(source), person("national-editor"))
    translate(source)
    assert placed.items.get().status == ItemStatus.DONE
    assert record(source).item is None


def test_ordering_a_subtree_asks_little(source: BasePage) -> None:
    """A tenth of what wagtail-localize asks for 16 pages would be 393 queries a language."""
    for n in range(15):
        make_page(f"om/s{n}/", title=f"S{n}", body=paragraphs("Ett.", "Två."))
    editor = person("national-editor")
    pages = list(Page.objects.filter(path__startswith=Page.objects.get(pk=source.pk).path))
    with CaptureQueriesContext(connection) as queries:
        sources = orderable(pages, editor)
        order(Wanted(sources, TARGETS, "t"), editor)
    assert len(sources) == 16
    assert OrderItem.objects.filter(status=ItemStatus.OPEN).count() == 160
    assert len(queries) < 393


def test_the_form_shows_the_price_and_then_orders(source: BasePage) -> None:
    client = client_of(person("national-editor"))
    address = f"/admin/translation/order/?page={source.pk}"
    form = client.get(address).context["form"]
    data = {"languages": ["ar", "uk"], "priority": "2", "token": form.initial["token"], "comment": "Bråttom."}
    response = client.post(address, data | {"price": "1"})
    assert not Order.objects.exists()
    assert response.context["total"].words == 10
    with TestCase.captureOnCommitCallbacks(execute=True):
        response = client.post(address, data)
    placed = Order.objects.get()
    assert response.headers["Location"].endswith(f"/translation/orders/{placed.pk}/")
    assert "Om" in client.get(response.headers["Location"]).content.decode()
    queue = client_of(person("translator", language="ar")).get("/admin/translation/").content.decode()
    assert "Bråttom." in queue


def test_the_queue_asks_as_much_for_much_as_for_little(source: BasePage) -> None:
    counts = []
    for number in (1, 12):
        pages = [make_page(f"q{number}-{n}/", title=f"Q{n}") for n in range(number)]
        order(wanted(*pages, token=str(number)), person("national-editor"))
        client = client_of(person("translator", language="ar"))
        client.get("/admin/translation/")
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/admin/translation/").status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert counts[0] <= 30
