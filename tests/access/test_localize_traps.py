"""What wagtail-localize leaves open as installed, shut here. Each test opens the door again to show the leak."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, TestCase
from wagtail.models import Locale, Page
from wagtail_localize.models import (  # noqa: TID251  (the stock behaviour is under test)
    StringTranslation,
    TranslationSource,
)

from cms.access.doors import table
from cms.access.doors.rules import everybody
from cms.access.models import AuditEntry
from cms.translation.exchange.models import ImportBatch
from cms.translation.localize import join
from cms.translation.models import TranslationRecord
from cms.translation.records import joined
from cms.translation.states import TranslationState
from pages.models import BasePage, CountyPage, LocalPage, Publisher
from tests.access.test_sync import person
from tests.factories import again, make_home, make_page, page_at, paragraphs, publish

pytestmark = pytest.mark.django_db

Unlock = Callable[[str], None]


@pytest.fixture
def unlock(monkeypatch: pytest.MonkeyPatch) -> Unlock:
    """Take a door's rule away: the package's own view answers as installed."""
    return lambda name: monkeypatch.setitem(table.DOORS, name, everybody)


@pytest.fixture(scope="module")
def made(shared_database: None) -> BasePage:
    """A published page of Gotland, with Gotland's and Skåne's pages in Arabic too."""
    make_home()
    make_home("ar")
    for path in ("lan/skane/", "lan/gotland/"):
        county_page = publish(page_at(path))
        make_page(path, "ar", CountyPage, county=county_page.county)
    return make_page("lan/gotland/sfi/", model=LocalPage, title="Gotlands SFI")


@pytest.fixture
def gotland(made: BasePage) -> BasePage:
    return again(made)


def _with(user: Any, *codenames: str) -> Any:
    """The user with native rights that somebody gave her by hand."""
    user.user_permissions.add(*Permission.objects.filter(codename__in=codenames))
    return user


def _client(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def _translated(path: str = "lan/gotland/sfi/") -> Page | None:
    return Page.objects.filter(url_path=f"/lan-ar/{path.removeprefix('lan/')}").first()


def _order(user: Any, page: BasePage) -> int:
    arabic = Locale.objects.get(language_code="ar")
    values = {"locales": [arabic.pk], "submit": "1"}
    with TestCase.captureOnCommitCallbacks(execute=True):
        return _client(user).post(f"/admin/localize/submit/page/{page.pk}/", values).status_code


def test_1_another_county_s_page_is_not_submitted(gotland: BasePage, unlock: Unlock) -> None:
    user = _with(person("county-editor", "12"), "submit_translation")
    assert _order(user, gotland) == 403
    assert _translated() is None
    unlock("wagtail_localize:submit_page_translation")
    _order(user, gotland)
    assert _translated() is not None


def _joined() -> tuple[BasePage, BasePage]:
    body = paragraphs("Svensk text.")
    source = make_page("om/", title="Om", body=body)
    arabic = [body[0] | {"value": "<p>نص عربي.</p>"}]
    target = make_page("om/", "ar", title="حول", body=arabic, translation_state=TranslationState.REVIEWED)
    assert join(source, target).aligned
    joined(target)
    return source, target


def test_2_an_update_does_not_publish_for_who_may_not(gotland: BasePage, unlock: Unlock) -> None:
    source, target = _joined()
    publish(source, title="Nytt om")
    user = _with(person("national-editor"), "submit_translation")
    known = TranslationSource.objects.get(object_id=source.translation_key)
    before = Page.objects.get(pk=target.pk).last_published_at

    def update() -> int:
        with TestCase.captureOnCommitCallbacks(execute=True):
            return _client(user).post(f"/admin/localize/update/{known.pk}/", {"publish_translations": "on"}).status_code

    assert update() == 403
    assert Page.objects.get(pk=target.pk).last_published_at == before
    unlock("wagtail_localize:update_translations")
    update()
    assert Page.objects.get(pk=target.pk).last_published_at != before


def test_3_a_source_s_publish_does_not_put_its_text_into_another_tree(
    gotland: BasePage, unlock: Unlock, settings: Any
) -> None:
    unlock("wagtail_localize:submit_page_translation")
    user = _with(person("county-publisher", "09"), "submit_translation")
    _order(user, gotland)
    made = _translated()
    assert made is not None
    assert not made.live
    made.delete()
    TranslationSource.objects.all().delete()
    settings.WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = True
    _order(user, gotland)
    stock = _translated()
    assert stock is not None
    assert stock.live


@pytest.mark.parametrize(
    ("role", "county", "language"),
    [
        ("translator", None, "ar"),
        ("reviewer", None, "ar"),
        ("county-publisher", "12", ""),
        ("national-editor", None, ""),
    ],
)
def test_7_one_right_on_snippets_does_not_edit_every_language(
    gotland: BasePage, unlock: Unlock, role: str, county: str | None, language: str
) -> None:
    from wagtail.models import Site

    site = Site.objects.get(is_default_site=True)
    somali = Publisher.objects.create(site=site, language="so", name="Maamullada")
    user = _with(person(role, county, language), "change_publisher", "view_publisher")
    address = f"/admin/snippets/pages/publisher/edit/{somali.pk}/"
    data = {"site": site.pk, "language": "so", "name": "Changed"}
    assert _client(user).post(address, data).status_code == 403
    somali.refresh_from_db()
    assert somali.name == "Maamullada"
    unlock("wagtailsnippets_pages_publisher:edit")
    _client(user).post(address, data)
    somali.refresh_from_db()
    assert somali.name == "Changed"


def test_8_the_report_does_not_show_other_counties_pages(gotland: BasePage, unlock: Unlock) -> None:
    body = paragraphs("Svensk text.")
    source = make_page("lan/gotland/om/", model=LocalPage, title="Gotlands hemlighet", body=body)
    target = make_page("lan/gotland/om/", "ar", LocalPage, title="غوتلاند", body=body)
    assert join(source, target).aligned
    client = _client(person("county-editor", "12"))
    refused = client.get("/admin/localize/reports/translations/")
    assert refused.status_code == 403
    assert "Gotlands hemlighet" not in refused.content.decode()
    unlock("wagtail_localize:translations_report")
    assert "Gotlands hemlighet" in client.get("/admin/localize/reports/translations/").content.decode()


EXCHANGE = "/admin/translation/exchange/"


def _send(client: Client, content: bytes) -> Any:
    file = SimpleUploadedFile("ar.po", content, "text/x-gettext-translation")
    return client.post(f"{EXCHANGE}upload/", {"file": file}, follow=True)


@pytest.mark.parametrize("content", [b'msgid "a"\nmsgstr "b"\n', b"", b"\xff\xfe\x00", b"not a catalog"])
def test_15_a_file_without_its_header_is_refused_with_a_message(gotland: BasePage, content: bytes) -> None:
    _joined()
    before = list(StringTranslation.objects.order_by("pk").values_list("pk", "data"))
    response = _send(_client(person("translator", language="ar")), content)
    # The form again, saying what is wrong with the file.
    assert response.status_code == 422
    assert response.context["form"].errors["file"]
    assert not ImportBatch.objects.exists()
    assert list(StringTranslation.objects.order_by("pk").values_list("pk", "data")) == before
    assert not AuditEntry.objects.filter(event="imported").exists()


def test_files_out_and_in_are_recorded(gotland: BasePage) -> None:
    source, _target = _joined()
    record = TranslationRecord.objects.get(source_id=source.translation_key, language="ar")
    client = _client(person("translator", language="ar"))
    out = client.get(f"{EXCHANGE}record/{record.pk}/po/")
    assert out.status_code == 200
    _send(client, out.content.replace("نص عربي".encode(), "نص جديد".encode()))
    # Nothing is taken in before it is confirmed.
    assert not AuditEntry.objects.filter(event="imported").exists()
    with TestCase.captureOnCommitCallbacks(execute=True):
        client.post(f"{EXCHANGE}{ImportBatch.objects.get().pk}/confirm/")
    rows = ImportBatch.objects.get().parts.get().rows
    assert [row["new"] for row in rows if row["result"]] == ["نص جديد."], rows
    entries = AuditEntry.objects.filter(event__in=["exported", "imported"]).order_by("pk")
    assert [entry.event for entry in entries] == ["exported", "imported"]
    assert {entry.about for entry in entries} == {"/ar/om/"}
