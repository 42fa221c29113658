"""The adversary's list: terms, orders, held publications and machines of others."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from cms.access.policy import forget_holdings
from cms.translation.glossary.entries import entries, write
from cms.translation.glossary.models import PendingImport
from cms.translation.holds import hold, open_hold
from cms.translation.machine.models import MachineJob
from cms.translation.models import Order, OrderItem, TranslationRecord
from pages.models import BasePage
from tests.access.attacks import SECRET, client_of, text_of
from tests.access.test_sync import person
from tests.access.translations import (
    Ground,
    everything,
    ground,
    refused,
    tells_nothing,
)
from tests.factories import again, page_at
from tests.translation.glossary.conftest import HYRA

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def made(shared_database: None) -> Ground:
    return ground()


@pytest.fixture
def site(made: Ground) -> Ground:
    return again(made)


@pytest.fixture
def translator() -> Any:
    return person("translator", "12", "ar")


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
