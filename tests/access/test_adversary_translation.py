"""The adversary's list: a translation whose source, text or file is exchanged for another's."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import polib
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Collection
from wagtail_localize.models import (  # noqa: TID251  (the package's own addresses are attacked)
    OverridableSegment,
    SegmentOverride,
    StringSegment,
    StringTranslation,
    Translation,
    TranslationContext,
)

from cms.access.models import RoleAssignment
from cms.translation.localize import join
from pages.models import BasePage, CountyPage, LocalPage
from tests.access.attacks import SECRET, client_of, text_of
from tests.access.test_sync import person
from tests.factories import make_home, make_page, page_at, paragraphs, publish

pytestmark = pytest.mark.django_db

FORM = "application/x-www-form-urlencoded"
SCRIPTS = (
    "javascript:alert(1)",
    " JavaScript:alert(1)",
    "java\tscript:alert(1)",
    "\x01javascript:alert(1)",
    "data:,alert(1)",
)
HOSTILE = "https://evil.example/x"


def _translated(path: str, code: str, text: str) -> Translation:
    source = page_at(path)
    body = source.body.get_prep_value()
    target = make_page(path, code, LocalPage, body=[body[0] | {"value": f"<p>{text}</p>"}])
    assert join(source, target).aligned
    return Translation.objects.get(source__object_id=source.translation_key, target_locale=target.locale)


@pytest.fixture
def translations() -> dict[str, Translation]:
    """A page of Skåne in Arabic and Somali, one of Gotland in Arabic with a text that is nobody else's."""
    make_home()
    for code in ("ar", "so"):
        make_home(code)
        for path in ("lan/skane/", "lan/gotland/"):
            county = publish(page_at(path))
            make_page(path, code, CountyPage, county=county.county)
    make_page("lan/skane/sfi/", model=LocalPage, title="SFI i Skåne", body=paragraphs("Svensk text."))
    make_page("lan/gotland/sfi/", model=LocalPage, title="SFI på Gotland", body=paragraphs(f"Text med {SECRET}."))
    return {
        "own": _translated("lan/skane/sfi/", "ar", "نص"),
        "somali": _translated("lan/skane/sfi/", "so", "qoraal"),
        "gotland": _translated("lan/gotland/sfi/", "ar", "آخر"),
    }


def _texts() -> list[Any]:
    names = ("pk", "translation_of_id", "locale_id", "context_id", "data")
    return list(StringTranslation.objects.order_by("pk").values_list(*names))


def _target(translation: Translation) -> BasePage:
    found: BasePage = translation.get_target_instance()
    return found


ROLES = [("translator", "12"), ("reviewer", "12")]


@pytest.mark.parametrize(("role", "county"), ROLES)
def test_a_text_of_another_source_is_neither_written_nor_read(
    translations: dict[str, Translation], role: str, county: str
) -> None:
    client = client_of(person(role, county, "ar"))
    own, gotland, somali = (translations[name] for name in ("own", "gotland", "somali"))
    before = _texts()
    foreign = StringSegment.objects.filter(source=gotland.source)
    mine = StringSegment.objects.filter(source=own.source).first()
    assert mine is not None
    for address in (
        *(f"translate/{own.pk}/strings/{segment.pk}/edit/" for segment in foreign),
        *(f"translate/{gotland.pk}/strings/{segment.pk}/edit/" for segment in foreign),
        f"translate/{somali.pk}/strings/{mine.pk}/edit/",
        f"translate/{gotland.pk}/strings/{mine.pk}/edit/",
    ):
        for method in (client.put, client.post, client.delete, client.get):
            answer = method(f"/admin/localize/{address}", {"value": "Förfalskad"}, content_type="application/json")
            # Who finds nothing is led to the public's "not found".
            assert answer.status_code in (302, 400, 403, 404, 405), address
            assert SECRET not in text_of(answer)
    assert _texts() == before
    address = f"/admin/localize/translate/{own.pk}/strings/{mine.pk}/edit/"
    assert client.put(address, "value=x", content_type="application/x-www-form-urlencoded").status_code == 200
    assert _texts() != before


@pytest.mark.parametrize(("role", "county"), ROLES)
def test_an_override_of_another_source_is_not_written(
    translations: dict[str, Translation], role: str, county: str
) -> None:
    client = client_of(person(role, county, "ar"))
    own, gotland = translations["own"], translations["gotland"]
    context, _made = TranslationContext.objects.get_or_create(object_id=gotland.source.object_id, path="body.x")
    segment = OverridableSegment.objects.create(source=gotland.source, context=context, data_json='"x"', order=1)
    for translation in (own, gotland):
        address = f"/admin/localize/translate/{translation.pk}/overrides/{segment.pk}/edit/"
        for method in (client.put, client.post, client.delete):
            answer = method(address, {"value": "y"}, content_type="application/json")
            assert answer.status_code in (302, 400, 403, 404, 405)
    assert not SegmentOverride.objects.exists()


def _po(translation: Translation, header: str | None, text: str = "Förfalskad") -> SimpleUploadedFile:
    """The translation's own file with every text forged, and another's number at its head."""
    found = translation.export_po()
    for entry in found:
        entry.msgstr = text
    if header is None:
        del found.metadata["X-WagtailLocalize-TranslationID"]
    else:
        found.metadata["X-WagtailLocalize-TranslationID"] = header
    return SimpleUploadedFile("x.po", str(found).encode(), "text/x-gettext-translation")


@pytest.mark.parametrize(("role", "county"), ROLES)
def test_a_po_file_of_another_page_or_language_is_not_taken(
    translations: dict[str, Translation], role: str, county: str
) -> None:
    client = client_of(person(role, county, "ar"))
    client.raise_request_exception = False
    own, gotland, somali = (translations[name] for name in ("own", "gotland", "somali"))
    before = _texts()
    for to, file in (
        (own, _po(gotland, str(gotland.uuid))),
        (own, _po(gotland, str(own.uuid))),
        (own, _po(somali, str(somali.uuid))),
        (own, _po(own, None)),
        (gotland, _po(gotland, str(gotland.uuid))),
        (gotland, _po(own, str(gotland.uuid))),
        (somali, _po(somali, str(somali.uuid))),
        (somali, _po(own, str(own.uuid))),
    ):
        client.post(f"/admin/localize/translate/{to.pk}/pofile/upload/", {"file": file, "next": HOSTILE})
        mine = {row for row in _texts() if row not in before}
        assert not mine, (to, mine)


@pytest.mark.parametrize("hostile", ["https://evil.example/x", "//evil.example", "javascript:alert(1)"])
def test_an_upload_leads_to_no_other_site(translations: dict[str, Translation], hostile: str) -> None:
    client = client_of(person("translator", "12", "ar"))
    own = translations["own"]
    for name in ("pofile/upload", "machine_translate"):
        values = {"file": _po(own, str(own.uuid)), "next": hostile}
        answer = client.post(f"/admin/localize/translate/{own.pk}/{name}/?next={hostile}", values)
        assert not answer.headers.get("Location", "").startswith(hostile[:8]), name


@pytest.mark.parametrize(("role", "county"), ROLES)
def test_another_s_translation_is_not_read(translations: dict[str, Translation], role: str, county: str) -> None:
    client = client_of(person(role, county, "ar"))
    for name in ("gotland", "somali"):
        translation = translations[name]
        for address in (
            f"localize/translate/{translation.pk}/pofile/download/",
            f"localize/page/{translation.pk}/preview/",
            f"localize/translate/{translation.pk}/preview/",
            f"pages/{_target(translation).pk}/edit/",
            f"pages/{_target(translation).pk}/edit/preview/",
        ):
            answer = client.get(f"/admin/{address}")
            assert answer.status_code in (302, 403, 404), address
            assert SECRET not in text_of(answer), address


@pytest.mark.parametrize(("role", "action"), [("translator", "publish"), ("reviewer", "publish")])
def test_a_stale_translation_form_publishes_nothing(
    translations: dict[str, Translation], role: str, action: str
) -> None:
    user = person(role, "12", "ar")
    client = client_of(user)
    page = _target(translations["own"])
    before = (page.last_published_at, page.latest_revision_id)
    RoleAssignment.objects.filter(user=user).delete()
    client.post(f"/admin/pages/{page.pk}/edit/", {"action": action})
    page.refresh_from_db()
    assert (page.last_published_at, page.latest_revision_id) == before
    assert not page.workflow_in_progress


def test_the_files_that_polib_reads_are_those_that_were_sent(translations: dict[str, Translation]) -> None:
    """A name of a file instead of a file's text reads no file of the server's."""
    client = client_of(person("translator", "12", "ar"))
    own = translations["own"]
    assert isinstance(own.export_po(), polib.POFile)
    file = SimpleUploadedFile("x.po", b"/etc/passwd", "text/plain")
    answer = client.post(f"/admin/localize/translate/{own.pk}/pofile/upload/", {"file": file}, follow=True)
    assert "root:" not in text_of(answer)


def test_a_translation_chooses_no_picture_and_runs_no_script(translations: dict[str, Translation]) -> None:
    client = client_of(person("reviewer", "12", "ar"))
    picture, other = (
        get_image_model().objects.create(
            title=f"{name} {SECRET}",
            file=get_test_image_file(f"{name}-{SECRET}.png"),
            collection=Collection.objects.get(name=name),
        )
        for name in ("Skåne", "Gotland")
    )
    value = {"image": picture.pk, "alt": "x", "caption": "", "credit": ""}
    link = '<p>Läs <a href="https://example.org/">mer</a> om det</p>'
    contact = dict.fromkeys(("about", "phone", "address", "hours"), "")
    contact |= {"name": "Enheten", "email": "sv@example.org", "url": "https://example.org/"}
    film = {"title": "Film", "url": "https://example.org/film.mp4", "length": "", "transcript": "<p>Text</p>"}
    body = [
        {"type": "picture", "value": value, "id": "11111111-1111-4111-8111-111111111111"},
        {"type": "text", "value": link, "id": "22222222-2222-4222-8222-222222222222"},
        {"type": "contact", "value": contact, "id": "33333333-3333-4333-8333-333333333333"},
        {"type": "film", "value": film, "id": "44444444-4444-4444-8444-444444444444"},
    ]
    source = make_page("lan/skane/bild/", model=LocalPage, title="Bild", body=body)
    target = make_page("lan/skane/bild/", "ar", LocalPage, title="صورة", body=body)
    assert join(source, target).aligned
    translation = Translation.objects.get(source__object_id=source.translation_key, target_locale=target.locale)
    base = f"/admin/localize/translate/{translation.pk}/"
    for override in OverridableSegment.objects.filter(source=translation.source):
        for forged in (str(other.pk), f" {other.pk}", *SCRIPTS):
            address = f"{base}overrides/{override.pk}/edit/"
            answer = client.put(address, urlencode({"value": forged}), FORM)
            if forged in SCRIPTS:
                assert answer.status_code in (400, 403), override.context.path
            assert (answer.status_code == 403) == (override.data == picture.pk), override.data
    for segment in StringSegment.objects.filter(source=translation.source):
        for forged in (
            "<script>alert(1)</script>",
            '<img src="x" onerror="alert(1)">x',
            '<a linktype="page" id="3">x</a>',
        ):
            client.put(f"{base}strings/{segment.pk}/edit/", urlencode({"value": forged}), FORM)
    client.post(f"{base}pofile/upload/", {"file": _po(translation, str(translation.uuid), "<script>alert(1)</script>")})
    shown = {"preview": text_of(client.get(f"{base}preview/"))}
    client.post(f"/admin/pages/{target.pk}/edit/", {"action": "publish"})
    shown["draft"] = text_of(client.get(f"/admin/pages/{target.pk}/view_draft/"))
    shown["public"] = text_of(Client().get(f"/ar/{target.reading_path}"))
    for where, text in shown.items():
        for forged in ("alert(1)", f"Gotland-{SECRET}"):
            assert forged not in text, where
