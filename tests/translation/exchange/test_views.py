"""The screens: files out, in, shown, confirmed, undone; each person her own."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client, TestCase
from django.urls import reverse

from cms.access.audit.events import Event
from cms.access.models import AuditEntry
from cms.translation.exchange.formats import Format
from cms.translation.exchange.models import ImportBatch
from cms.translation.models import Order, OrderItem, TranslationRecord
from tests.access.test_sync import person
from tests.translation.exchange.conftest import file_of, unit_of, upload

pytestmark = pytest.mark.django_db


def client_of(user: Any) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(user)
    return client


@pytest.fixture
def translator() -> Client:
    return client_of(person("translator", language="ar"))


def address(name: str, *parts: Any) -> str:
    return reverse(f"translation_exchange_{name}", args=parts)


def read_in(client: Client, data: bytes) -> Any:
    return client.post(address("upload"), {"file": upload(data)}, follow=True)


def press(client: Client, name: str, batch: ImportBatch) -> Any:
    with TestCase.captureOnCommitCallbacks(execute=True):
        client.post(address(name, batch.pk))
    return client.get(address("batch", batch.pk))


@pytest.mark.parametrize("kind", list(Format))
def test_a_page_goes_out_and_is_recorded(translator: Client, record: TranslationRecord, kind: Format) -> None:
    response = translator.get(address("record", record.pk, kind.value))
    assert response.status_code == 200
    assert response["Content-Disposition"].startswith('attachment; filename="om-ar-')
    assert response["Content-Disposition"].endswith(f'.{kind.extension}"')
    assert "112" in response.content.decode()
    entry = AuditEntry.objects.get(event=Event.EXPORTED)
    assert (entry.about, entry.language, entry.detail) == ("/sv/om/", "ar", {"format": kind.value, "pages": 1})


def test_an_order_and_a_language_go_out(translator: Client, record: TranslationRecord) -> None:
    assert translator.get(address("language", "ar", "po")).status_code == 302
    order = Order.objects.create(token="t", comment="Bråttom")
    record.item = OrderItem.objects.create(order=order, record=record)
    record.save()
    for name, *parts in (("order", order.pk, "ar", "po"), ("language", "ar", "po")):
        response = translator.get(address(name, *parts))
        assert "Order: Bråttom" in response.content.decode()
    assert translator.get(address("order", order.pk, "sv", "po"), follow=True).status_code == 404
    assert translator.get(address("language", "ar", "doc"), follow=True).status_code == 404


def test_what_is_another_s_does_not_go_out(record: TranslationRecord) -> None:
    for foreign in (person("translator", language="ti"), person("translator", "01", "ar"), person("analyst")):
        client = client_of(foreign)
        assert client.get(address("record", record.pk, "po")).status_code in (302, 403)
        order = Order.objects.create(token=foreign.email)
        OrderItem.objects.create(order=order, record=record)
        assert client.get(address("order", order.pk, "ar", "po")).status_code in (302, 403)
    assert not AuditEntry.objects.filter(event=Event.EXPORTED).exists()


def test_a_file_is_shown_taken_in_and_taken_back(translator: Client, record: TranslationRecord) -> None:
    data = file_of(record, Format.XLIFF_1).decode().replace("الآن.", "&lt;i&gt;").encode()
    response = read_in(translator, data)
    html = response.content.decode()
    assert "<del>الآن.</del><ins>&lt;i&gt;</ins>" in html
    assert 'dir="rtl"' in html
    assert "Nothing has been written yet." in html
    (batch,) = ImportBatch.objects.all()
    assert unit_of(record, "112").text == "اتصل بـ <b>112</b> الآن."
    html = press(translator, "confirm", batch).content.decode()
    assert "1 text was taken in." in html
    assert unit_of(record, "112").text == "اتصل بـ <b>112</b> &lt;i&gt;"
    html = press(translator, "undo", batch).content.decode()
    assert "Taken back: 1. Left, since somebody has changed them: 0." in html
    assert unit_of(record, "112").text == "اتصل بـ <b>112</b> الآن."
    assert "file.xlf" in translator.get(address("index")).content.decode()
    assert AuditEntry.objects.filter(event=Event.IMPORTED).count() == 2


def test_a_bad_file_is_told_on_the_form(translator: Client) -> None:
    response = read_in(translator, b"PK\x03\x04xxxx")
    assert response.status_code == 422
    assert "This is a ZIP file, whatever its name." in response.content.decode()
    assert not ImportBatch.objects.exists()
    assert translator.post(address("upload")).status_code == 422


def test_a_file_is_whose_it_is(translator: Client, record: TranslationRecord) -> None:
    read_in(translator, file_of(record, Format.XLIFF_1))
    (batch,) = ImportBatch.objects.all()
    other = client_of(person("reviewer", language="ar"))
    assert other.get(address("batch", batch.pk)).status_code in (302, 403, 404)
    for name in ("confirm", "undo"):
        press(other, name, batch)
        batch.refresh_from_db()
        assert batch.status == "shown"
    assert "file.xlf" not in other.get(address("index")).content.decode()
    assert translator.get(address("confirm", batch.pk)).status_code == 405
