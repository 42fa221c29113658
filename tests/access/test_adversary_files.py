"""The adversary's list: files, the memory, terms, orders, held publications and machines of others."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, TestCase

from cms.access.models import RoleAssignment
from cms.access.policy import forget_holdings
from cms.translation.exchange.models import ImportBatch
from cms.translation.exchange.service import export
from cms.translation.glossary.entries import entries, write
from cms.translation.glossary.models import PendingImport
from cms.translation.holds import hold, open_hold
from cms.translation.machine.models import MachineJob
from cms.translation.memory.models import MemoryEntry
from cms.translation.models import Order, OrderItem, TranslationRecord
from pages.models import BasePage
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
from tests.factories import page_at
from tests.translation.glossary.conftest import HYRA

pytestmark = pytest.mark.django_db
EXCHANGE = "/admin/translation/exchange/"


@pytest.fixture
def site() -> Ground:
    return ground()


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


# --- terms ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("county", "language"), [(None, "ar"), ("12", "ar"), (None, "so")])
def test_a_file_of_terms_touches_no_other_language(county: str | None, language: str) -> None:
    write(HYRA, None, None)
    client = client_of(person("reviewer", county, language))
    before = entries()
    other = "so" if language == "ar" else "ar"
    place = "/admin/translation/glossary/"
    for columns, line in ((f"{language},{other}", "a,b"), ("sv", "avgift"), (f"{language},definition", "a,Annat.")):
        content = f"concept,{columns}\nhyra,{line}\n".encode()
        client.post(f"{place}import/", {"file": SimpleUploadedFile("x.csv", content)})
        pending = PendingImport.objects.last()
        if pending is not None:
            found = client.get(f"{place}import/{pending.pk}/")
            digest = str(found.context["found"].digest)
            assert client.post(f"{place}import/{pending.pk}/", {"digest": digest}).status_code == 403
    for address in ("add/", "concept/hyra/edit/", f"concept/hyra/{other}/", "concept/hyra/sv/"):
        assert client.post(f"{place}{address}", {"approved": "x", "key": "x"}).status_code == 403, address
    assert entries() == before


def test_another_s_file_of_terms_is_not_let_in() -> None:
    write(HYRA, None, None)
    place = "/admin/translation/glossary/import/"
    content = SimpleUploadedFile("x.csv", "concept,ar\nhyra,أجرة\n".encode())
    client_of(person("reviewer", None, "ar")).post(place, {"file": content})
    pending = PendingImport.objects.get()
    digest = client_of(person("reviewer", None, "ar")).get(f"{place}{pending.pk}/").context["found"].digest
    for user in (person("national-publisher"), person("reviewer", None, "so")):
        client = client_of(user)
        assert client.get(f"{place}{pending.pk}/").status_code in (302, 404)
        assert client.post(f"{place}{pending.pk}/", {"digest": digest}).status_code in (302, 404)
    assert entries() == {HYRA.key: HYRA}
    assert PendingImport.objects.exists()


# --- orders and held publications -----------------------------------------------------------------


def _order(user: Any, query: str, **sent: Any) -> Any:
    form = {"languages": ["ar"], "priority": "2", "token": "x"} | sent
    return client_of(user).post(f"/admin/translation/order/?{query}", form)


def _page(record: TranslationRecord) -> BasePage:
    assert record.source.page
    return page_at(record.source.page.specific.reading_path)


def test_another_county_s_pages_are_not_ordered(site: Ground) -> None:
    publisher = person("county-publisher", "12")
    own, gotland, national = (_page(record) for record in (site.own, site.gotland, site.national))
    for query in (f"page={gotland.pk}", f"page={national.pk}", "page=1&below=1x", "page=999999", "page=-1", "page=1e9"):
        assert _order(publisher, query).status_code == 302
    assert _order(person("national-editor"), f"page={gotland.pk}").status_code == 302
    assert _order(person("county-editor", "12"), f"page={own.pk}").status_code == 403
    assert not Order.objects.exists()
    # Among her own, and with all that is below the root: just her own.
    for number, query in enumerate((f"page={own.pk}&page={gotland.pk}", "page=1&below=1")):
        assert _order(publisher, query, token=str(number)).status_code == 302
    ordered = OrderItem.objects.values_list("record__source__county_slug", flat=True)
    assert set(ordered) == {"skane"}


def test_another_s_order_is_neither_seen_nor_taken_back(site: Ground) -> None:
    gotland = person("county-publisher", "09")
    assert _order(gotland, f"page={_page(site.gotland).pk}", comment=f"Om {SECRET}", token="theirs").status_code == 302
    theirs = OrderItem.objects.get()
    publisher = person("county-publisher", "12")
    before = everything()
    assert refused(_order(publisher, f"page={_page(site.own).pk}", token="theirs"))
    client = client_of(publisher)
    assert tells_nothing(client.get("/admin/translation/orders/"))
    address = f"/admin/translation/orders/{theirs.order_id}/"
    assert tells_nothing(client.get(address))
    client.post(address, {"item": theirs.pk})
    assert everything() == before
    _order(publisher, f"page={_page(site.own).pk}", token="hers")
    before = everything()
    hers = Order.objects.get(token="hers")
    client.post(f"/admin/translation/orders/{hers.pk}/", {"item": theirs.pk})
    assert everything() == before


def test_nobody_is_asked_who_may_not_translate_there(site: Ground) -> None:
    stranger = person("translator", "09", "ar")
    answer = _order(person("county-publisher", "12"), f"page={_page(site.own).pk}", translator_ar=str(stranger.pk))
    assert answer.status_code == 200
    assert stranger.email not in text_of(answer)
    assert not Order.objects.exists()


def test_a_held_publication_is_let_go_by_its_own_publishers_alone(site: Ground) -> None:
    page = _page(site.gotland)
    page.title = f"Ny {SECRET}"
    page.save_revision()
    hold(page_at("lan/gotland/sfi/"), ["ar"], None, person("county-publisher", "09"))
    assert site.gotland.page
    before = everything()
    for user in (
        person("county-publisher", "12"),
        person("national-publisher"),
        person("county-editor", "09"),
        person("reviewer", "09", "ar"),
        person("reviewer", None, "ar"),
    ):
        for pk in (page.pk, site.gotland.page.pk):
            client = client_of(user)
            answer = client.get(f"/admin/translation/hold/{pk}/")
            assert refused(answer)
            assert tells_nothing(answer)
            for decision in ("release", "give-up"):
                address = f"/admin/translation/hold/{pk}/"
                assert refused(client.post(address, {"decision": decision, "languages": ["so"]}))
    assert everything() == before
    assert open_hold(page.translation_key)


# --- machines -------------------------------------------------------------------------------------


def test_another_s_job_is_neither_seen_nor_started(site: Ground, translator: Any) -> None:
    client = client_of(translator)
    for record in site.foreign:
        job = MachineJob.objects.create(record=record, provider="pseudo", discarded=[], error=SECRET)
        for name in ("", "state/"):
            answer = client.get(f"/admin/translation/machine/{job.pk}/{name}")
            assert answer.status_code == 403
            assert tells_nothing(answer)
        assert client.post(f"/admin/translation/machine/start/{record.pk}/").status_code == 403
    assert "machine/1/" not in text_of(client.get("/admin/translation/machine/"))
    assert tells_nothing(client.get("/admin/translation/machine/"))
    forget_holdings(translator)
    assert MachineJob.objects.count() == len(site.foreign)
