"""The adversary's list: files and the memory of others."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, TestCase

from cms.access.models import RoleAssignment
from cms.translation.exchange.models import ImportBatch
from cms.translation.exchange.service import export
from cms.translation.memory.models import MemoryEntry
from cms.translation.models import Order, OrderItem, TranslationRecord
from tests.access.attacks import SECRET, client_of, text_of
from tests.access.test_sync import person
from tests.access.translations import (
    OWN_WORDS,
    SHARED,
    Ground,
    desk,
    everything,
    ground,
    record_of,
    refused,
    tells_nothing,
    unit_of,
    units,
)
from tests.factories import again

pytestmark = pytest.mark.django_db
EXCHANGE = "/admin/translation/exchange/"


@pytest.fixture(scope="module")
def made(shared_database: None) -> Ground:
    return ground()


@pytest.fixture
def site(made: Ground) -> Ground:
    return again(made)


@pytest.fixture
def translator() -> Any:
    return person("translator", "12", "ar")


def _rows(record: TranslationRecord) -> list[dict[str, str]]:
    """The record's file, each text of it forged."""
    lines = b"".join(export([record], "csv")).decode("utf-8-sig").splitlines(keepends=True)
    return [row | {"target": "مزور", "was": ""} for row in csv.DictReader(lines)]


def _send(client: Client, rows: list[dict[str, str]]) -> Any:
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    file = SimpleUploadedFile("x.csv", out.getvalue().encode())
    return client.post(f"{EXCHANGE}upload/", {"file": file}, follow=True)


def _confirm(client: Client, batch: ImportBatch, **sent: Any) -> Any:
    with TestCase.captureOnCommitCallbacks(execute=True):
        return client.post(f"{EXCHANGE}{batch.pk}/confirm/", sent)


# --- files ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", ["translator", "reviewer"])
def test_a_file_of_another_page_language_or_county_changes_nothing(site: Ground, role: str) -> None:
    client = client_of(person(role, "12", "ar"))
    before = everything()
    own = _rows(site.own)
    key = str(site.own.source_id)
    for rows in (
        *(_rows(record) for record in site.foreign),
        # Her own file, turned to another's page or language.
        *([row | {"id": row["id"].replace(key, str(record.source_id))} for row in own] for record in site.foreign[1:]),
        [row | {"language": "so"} for row in own],
        [row | {"language": "sv"} for row in own],
        # Another's texts under her own page's key, and places that are none.
        [row | {"id": f"{key}#{unit.id}"} for row, unit in zip(own, units(site.gotland), strict=False)],
        [row | {"id": f"{key}#0-0"} for row in own],
        [row | {"id": f"{key.upper()}#1-1' OR '1'='1"} for row in own],
    ):
        answer = _send(client, rows)
        assert answer.status_code == 200
        assert tells_nothing(answer)
        batch = ImportBatch.objects.latest("pk")
        _confirm(client, batch, chosen=[row["id"] for row in rows])
        assert everything() == before
    _send(client, own)
    _confirm(client, ImportBatch.objects.latest("pk"))
    assert unit_of(site.own, SHARED).text == "مزور"


def test_another_s_file_is_neither_seen_nor_taken_in(site: Ground, translator: Any) -> None:
    theirs = client_of(person("translator", "09", "ar"))
    _send(theirs, _rows(site.gotland))
    batch = ImportBatch.objects.get()
    before = everything()
    for user in (translator, person("reviewer", "09", "ar"), person("reviewer", None, "ar")):
        client = client_of(user)
        assert "x.csv" not in text_of(client.get(EXCHANGE))
        answer = client.get(f"{EXCHANGE}{batch.pk}/")
        assert answer.status_code == 403
        assert tells_nothing(answer)
        for name in ("confirm", "undo"):
            assert client.post(f"{EXCHANGE}{batch.pk}/{name}/").status_code == 403
    assert everything() == before
    assert ImportBatch.objects.get().status == "shown"


def test_a_role_that_went_between_preview_and_confirmation_is_asked_for_again(site: Ground) -> None:
    user = person("translator", "09", "ar")
    client = client_of(user)
    assert SECRET in text_of(_send(client, _rows(site.gotland)))
    batch = ImportBatch.objects.get()
    before = everything()
    RoleAssignment.objects.filter(user=user).update(county_id="12")
    assert tells_nothing(client.get(f"{EXCHANGE}{batch.pk}/"))
    _confirm(client, batch)
    assert everything() == before
    assert [part.status for part in batch.parts.all()] == ["refused"]
    assert tells_nothing(client.get(f"{EXCHANGE}{batch.pk}/"))
    RoleAssignment.objects.filter(user=user).delete()
    assert client.get(f"{EXCHANGE}{batch.pk}/").status_code in (302, 403)


def test_a_file_changes_nothing_that_is_in_review_or_locked(site: Ground, translator: Any) -> None:
    client = client_of(translator)
    _send(client, _rows(site.own))
    batch = ImportBatch.objects.get()
    desk(site.own, translator).press("send/")
    before = everything()
    _confirm(client, batch, chosen=[row["id"] for row in _rows(site.own)])
    assert everything() == before
    assert "in review" in str(batch.parts.get().rows) or "granskning" in str(batch.parts.get().rows)
    page = record_of("lan/skane/sfi/", "ar").page
    assert page
    desk(site.own, person("reviewer", "12", "ar")).press("review/", decision="send-back", comment="Nej.")
    type(page).objects.filter(pk=page.pk).update(locked=True, locked_by=person("reviewer", "12", "ar"))
    _send(client, _rows(site.own))
    before = everything()
    _confirm(client, ImportBatch.objects.latest("pk"))
    assert everything() == before


@pytest.mark.parametrize("role", ["translator", "reviewer"])
def test_others_texts_do_not_leave_in_files(site: Ground, role: str) -> None:
    client = client_of(person(role, "12", "ar"))
    TranslationRecord.objects.update(returned=True)
    order = Order.objects.create(token="x")
    for record in (site.own, *site.foreign):
        OrderItem.objects.create(order=order, record=record)
    for record in site.foreign:
        answer = client.get(f"{EXCHANGE}record/{record.pk}/csv/")
        assert answer.status_code == 403
        assert tells_nothing(answer)
    for address in (f"order/{order.pk}/ar/csv/", "language/ar/csv/"):
        answer = client.get(f"{EXCHANGE}{address}")
        assert answer.status_code == 200
        assert tells_nothing(answer)
        assert {row["language"] for row in csv.DictReader(answer.content.decode("utf-8-sig").splitlines())} == {"ar"}
    for address in (f"order/{order.pk}/so/csv/", "language/so/csv/"):
        assert refused(client.get(f"{EXCHANGE}{address}"))


def test_a_script_in_a_file_is_text(site: Ground, translator: Any) -> None:
    client = client_of(translator)
    hostile = "<script>alert(1)</script>"
    answer = _send(client, [row | {"target": hostile, "comment": hostile} for row in _rows(site.own)])
    assert "&lt;script&gt;alert(1)" in text_of(answer)
    assert hostile not in text_of(answer)


# --- the memory -----------------------------------------------------------------------------------


def test_a_draft_is_in_no_memory(site: Ground, translator: Any) -> None:
    national = person("reviewer", None, "ar")
    for user in (translator, national):
        client = client_of(user)
        assert tells_nothing(client.get("/admin/translation/memory/?language=ar"))
    at = desk(site.own, translator)
    assert tells_nothing(at.get(f"units/{unit_of(site.own, OWN_WORDS).id}/"))
    desk(site.gotland, person("translator", "09", "ar")).press("send/")
    assert tells_nothing(at.get(f"units/{unit_of(site.own, OWN_WORDS).id}/"))
    assert tells_nothing(client_of(national).get("/admin/translation/memory/ar/export/"))


def test_another_s_memory_is_not_changed(site: Ground, translator: Any) -> None:
    desk(site.gotland, person("reviewer", "09", "ar")).press("publish/")
    entry = MemoryEntry.objects.filter(domain="gotland").first()
    assert entry
    before = everything()
    for user in (translator, person("reviewer", "12", "ar"), person("reviewer", None, "so")):
        client = client_of(user)
        assert client.post(f"/admin/translation/memory/delete/{entry.pk}/").status_code == 403
        assert client.get("/admin/translation/memory/ar/export/").status_code == 403
        file = SimpleUploadedFile("x.tmx", b"<tmx/>")
        assert client.post("/admin/translation/memory/ar/import/", {"file": file}).status_code == 403
    assert everything() == before
