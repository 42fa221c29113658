"""The memory's screens: each sees her languages, files go out and in recorded, a reviewer takes texts out."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cms.access.models import AuditEntry
from cms.translation.memory.models import MemoryEntry, MemoryOrigin
from cms.translation.memory.store import Approved, put
from tests.access.test_sync import person
from tests.translation.memory.conftest import texts

pytestmark = pytest.mark.django_db

ADDRESS = "/admin/translation/memory/"
PAGE = uuid.UUID(int=1)


def client_of(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture(autouse=True)
def _memory() -> None:
    put(
        "ar",
        [Approved("Hej", "مرحبا", PAGE, "title"), Approved("Skola", "مدرسة", PAGE, "b", "skane")],
        MemoryOrigin.PAGE,
        None,
    )
    put("ti", [Approved("Hej", "ሰላም", PAGE, "title")], MemoryOrigin.PAGE, None)


def test_a_translator_sees_her_language_alone() -> None:
    client = client_of(person("translator", language="ar"))
    page = client.get(ADDRESS).content.decode()
    assert "مرحبا" in page
    assert "ሰላም" not in page
    refused = client.get(ADDRESS, {"language": "ti"}).content.decode()
    assert "ሰላም" not in refused
    assert "Nothing is shown, because a filter is wrong." in refused
    assert client.get(f"{ADDRESS}ti/export/").status_code == 403
    assert client.get(f"{ADDRESS}ti/import/").status_code == 403


def test_a_county_s_translator_reads_and_takes_no_file() -> None:
    client = client_of(person("translator", "12", "ar"))
    assert "مرحبا" in client.get(ADDRESS).content.decode()
    assert client.get(f"{ADDRESS}ar/export/").status_code == 403
    assert client.get(f"{ADDRESS}ar/import/").status_code == 403


@pytest.mark.parametrize("role", ["national-publisher", "analyst", "site-administrator"])
def test_who_translates_nothing_has_no_memory(role: str) -> None:
    client = client_of(person(role))
    assert client.get(ADDRESS).status_code == 403
    assert client.get(f"{ADDRESS}ar/export/").status_code == 403
    assert client.post(f"{ADDRESS}delete/{MemoryEntry.objects.first().pk}/").status_code == 403  # type: ignore[union-attr]


def test_searching_and_wrong_filters() -> None:
    client = client_of(person("translator", language="ar"))
    found = client.get(ADDRESS, {"language": "ar", "q": "skol"}).content.decode()
    assert "مدرسة" in found
    assert "مرحبا" not in found
    assert "مرحبا" in client.get(ADDRESS, {"language": "ar", "q": "مرح"}).content.decode()
    wrong = client.get(ADDRESS, {"language": "ar", "p": "x"}).content.decode()
    assert "Nothing is shown, because a filter is wrong." in wrong


@pytest.mark.parametrize("count", [1, 60])
def test_the_list_takes_the_same_queries_and_has_pages(count: int) -> None:
    put("uk", [Approved(f"Text {n}", f"Текст {n}") for n in range(count)], MemoryOrigin.TMX, None)
    client = client_of(person("reviewer", language="uk"))
    client.get(ADDRESS)
    with CaptureQueriesContext(connection) as captured:
        page = client.get(ADDRESS).content.decode()
    assert sum("translation_memory" in one["sql"] for one in captured) == 2
    assert ("Page 1 of 2" in page) == (count == 60)
    if count == 60:
        assert "Page 2 of 2" in client.get(ADDRESS, {"p": "2"}).content.decode()


def test_a_file_goes_out_and_comes_in_and_both_are_recorded() -> None:
    reviewer = person("reviewer", language="ar")
    client = client_of(reviewer)
    response = client.get(f"{ADDRESS}ar/export/")
    content = b"".join(response.streaming_content)  # type: ignore[attr-defined]
    assert "مرحبا".encode() in content
    assert reviewer.email.encode() not in content
    assert AuditEntry.objects.get(event="exported").detail == {"format": "tmx", "entries": 2}
    changed = content.replace(b"<seg>Hej</seg>", "<seg>Hallå</seg>".encode())
    upload = SimpleUploadedFile("minne.tmx", changed)
    page = client.post(f"{ADDRESS}ar/import/", {"file": upload}, follow=True).content.decode()
    assert "New: 1. Instead of an older text: 0. There already: 1." in page
    assert texts()["Hallå"] == "مرحبا"
    entry = MemoryEntry.objects.get(source__plain="Hallå")
    assert (entry.origin, entry.reviewer) == ("tmx", reviewer)
    assert AuditEntry.objects.get(event="imported").detail["added"] == 1


def test_a_bad_file_is_answered_with_a_sentence_and_not_recorded() -> None:
    client = client_of(person("reviewer", language="ar"))
    response = client.post(f"{ADDRESS}ar/import/", {"file": SimpleUploadedFile("x.tmx", b"<tmx><body>")})
    assert response.status_code == 400
    assert "broken off, damaged or in another encoding" in response.content.decode()
    assert len(texts()) == 2
    assert not AuditEntry.objects.filter(event="imported").exists()
    assert client.get(f"{ADDRESS}sv/import/").status_code in (403, 404)
    assert client.get(f"{ADDRESS}xx/export/").status_code in (403, 404)


def test_a_reviewer_takes_a_text_out_and_a_translator_does_not() -> None:
    hello = MemoryEntry.objects.get(language="ar", source__plain="Hej")
    school = MemoryEntry.objects.get(language="ar", source__plain="Skola")
    assert client_of(person("translator", language="ar")).post(f"{ADDRESS}delete/{hello.pk}/").status_code == 403
    assert client_of(person("reviewer", language="ti")).post(f"{ADDRESS}delete/{hello.pk}/").status_code == 403
    county = client_of(person("reviewer", "12", "ar"))
    assert county.post(f"{ADDRESS}delete/{hello.pk}/").status_code == 403
    assert county.post(f"{ADDRESS}delete/{school.pk}/").status_code == 302
    nation = client_of(person("reviewer", language="ar"))
    assert "مرحبا" in nation.get(f"{ADDRESS}delete/{hello.pk}/").content.decode()
    assert len(texts()) == 1
    nation.post(f"{ADDRESS}delete/{hello.pk}/")
    assert texts() == {}
    assert len(texts("ti")) == 1
