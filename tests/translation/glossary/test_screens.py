"""The screens: what everybody reads, and who changes what."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from cms.access.audit.events import Event
from cms.access.models.audit import AuditEntry
from cms.translation.glossary import csvfile, tbx
from cms.translation.glossary.entries import Terms, entries, write
from cms.translation.glossary.models import Concept, PendingImport, Term
from tests.access.test_adversary import client_of, text_of
from tests.access.test_sync import person
from tests.html import Document
from tests.translation.glossary.conftest import ADDRESS, ALL, HYRA, entry
from tests.translation.glossary.test_files import BOMB

pytestmark = pytest.mark.usefixtures("glossary")
CONCEPT = f"{ADDRESS}concept/hyra/"


@pytest.fixture
def reviewer() -> Client:
    """Of Arabic."""
    return client_of(person("reviewer", language="ar"))


@pytest.fixture
def publisher() -> Client:
    """National."""
    return client_of(person("national-publisher"))


def fields(client: Client, address: str) -> dict[str, str]:
    """What the form at the address would send."""
    form = Document(client.get(address)).soup.select("form[method=post]")[-1]
    found = {field["name"]: field.get("value", "") for field in form.select("input[name]") if field["type"] != "file"}
    found |= {field["name"]: field.text.removeprefix("\n") for field in form.select("textarea")}
    found |= {
        field["name"]: "".join(str(option["value"]) for option in field.select("option[selected]"))
        for field in form.select("select")
    }
    return {str(name): str(value) for name, value in found.items() if name != "csrfmiddlewaretoken"}


def listed(response: Any) -> list[str]:
    return [link.text for link in Document(response).soup.select("tbody tr th a")]


@pytest.mark.parametrize("role", ["analyst", "national-editor", "site-administrator"])
def test_everybody_with_a_role_reads(role: str) -> None:
    client = client_of(person(role))
    assert listed(client.get(ADDRESS))[0] == "folkbokföring"
    page = Document(client.get(CONCEPT))
    assert "Vad hyra är." in page.text
    assert "Skatteverket" in page.text
    assert not page.soup.select(f'a[href="{CONCEPT}edit/"]')
    assert client.get(f"{ADDRESS}export/?format=csv").content == csvfile.write(sorted(ALL, key=lambda one: one.key))


def test_nobody_else_does() -> None:
    assert Client().get(ADDRESS).status_code == 302
    assert Client().get(f"{ADDRESS}export/?format=csv").status_code == 302


def test_a_term_stands_in_its_language_and_from_its_side(publisher: Client) -> None:
    page = Document(publisher.get(f"{ADDRESS}concept/folkbokforing/"))
    by_text = {element.text.strip(): (element["lang"], element["dir"]) for element in page.soup.select("td [lang]")}
    assert by_text["ثبت نفوس"] == ("fa-AF", "rtl")
    assert by_text["ምዝገባ ህዝቢ"] == ("ti", "ltr")
    assert by_text["التعداد"] == ("ar", "rtl")
    assert by_text["folkbokförd"] == ("sv", "ltr")


def test_a_translator_s_list_shows_her_language() -> None:
    client = client_of(person("translator", language="ti"))
    page = Document(client.get(ADDRESS))
    assert page.one("td [lang=ti]:-soup-contains('ምዝገባ')")["dir"] == "ltr"
    assert listed(client.get(f"{ADDRESS}?language=ti&missing=on")) == ["hyra", "personnummer", "uppehållstillstånd"]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("q=FOLKBOKFÖRING", ["folkbokföring"]),
        ("q=ПРОПИСКА", ["folkbokföring"]),
        ("q=الشخصي", ["personnummer"]),
        ("q=الشخصي&language=ti", []),
        ("status=proposed", []),
        ("q=permit", ["permanent uppehållstillstånd", "uppehållstillstånd"]),
        ("language=xx", []),
        ("p=x&q=hyra", ["hyra"]),
    ],
)
def test_the_list_is_searched_in_every_script(publisher: Client, query: str, names: list[str]) -> None:
    assert listed(publisher.get(f"{ADDRESS}?{query}")) == names


@pytest.mark.parametrize("more", [0, 30])
def test_the_list_takes_the_same_queries_for_every_number(more: int, django_assert_num_queries: Any) -> None:
    for number in range(more):
        write(entry(f"x-{number}", f"x{number}", ar=("ا",)), None, None)
    client = client_of(person("reviewer", language="ar"))
    client.get(ADDRESS)
    with django_assert_num_queries(10):
        assert len(listed(client.get(ADDRESS))) == len(ALL) + more


def test_the_list_has_pages(publisher: Client) -> None:
    for number in range(60):
        write(entry(f"x-{number:02}", f"x{number:02}"), None, None)
    assert len(listed(publisher.get(f"{ADDRESS}?q=x"))) == 50
    second = publisher.get(f"{ADDRESS}?q=x&p=2")
    assert listed(second) == [f"x{number}" for number in range(50, 60)]
    assert Document(second).one("a[rel=prev]")["href"] == "?q=x&p=1"


def test_a_reviewer_changes_the_terms_of_her_language(reviewer: Client) -> None:
    assert f"{CONCEPT}ar/" in text_of(reviewer.get(CONCEPT))
    sent = fields(reviewer, f"{CONCEPT}ar/")
    assert sent.keys() == {"approved", "forbidden", "inflected", "shown"}
    response = reviewer.post(
        f"{CONCEPT}ar/", sent | {"approved": "إيجار\r\n الأجرة ", "forbidden": "كراء"}, follow=True
    )
    assert "The glossary has been changed." in text_of(response)
    assert entries()["hyra"] == HYRA.with_terms("ar", Terms(("إيجار", "الأجرة"), ("كراء",)))
    audit = AuditEntry.objects.get(event=Event.SETTINGS_CHANGED)
    assert (audit.about, audit.language) == ("glossary/hyra", "ar")


def test_the_form_is_written_from_the_right_side(reviewer: Client) -> None:
    area = Document(reviewer.get(f"{CONCEPT}ar/")).one("textarea[name=approved]")
    assert (area["lang"], area["dir"]) == ("ar", "rtl")


@pytest.mark.parametrize(
    ("role", "county", "language", "own"),
    [
        ("reviewer", None, "ar", {"ar", "import"}),
        ("reviewer", None, "ti", {"ti", "import"}),
        ("reviewer", "12", "ar", set()),
        ("translator", None, "ar", set()),
        ("national-publisher", None, "", {"edit", "add", "import"}),
        ("national-editor", None, "", set()),
        ("county-publisher", "12", "", set()),
        ("analyst", None, "", set()),
    ],
)
def test_who_may_change_what(role: str, county: str | None, language: str, own: set[str]) -> None:
    client = client_of(person(role, county, language))
    addresses = {code: f"{CONCEPT}{code}/" for code in ("ar", "ti", "edit")}
    addresses |= {"add": f"{ADDRESS}add/", "import": f"{ADDRESS}import/"}
    before = entries()
    for name, address in addresses.items():
        expected = 200 if name in own else 403
        assert client.get(address).status_code == expected, name
        assert client.post(address, {"approved": "x"}).status_code == expected, name
    assert entries() == before


def test_the_reason_names_the_role(reviewer: Client) -> None:
    assert "Reviewer ትግርኛ" in Document(reviewer.get(f"{CONCEPT}ti/")).text


@pytest.mark.parametrize("address", ["concept/none/", "concept/none/edit/", "concept/hyra/sv/", "import/1/"])
def test_what_is_not_there_is_not_found(publisher: Client, address: str) -> None:
    assert publisher.get(ADDRESS + address, follow=True).status_code == 404


def test_what_is_wrong_is_said_and_kept_in_the_form(reviewer: Client) -> None:
    sent = fields(reviewer, f"{CONCEPT}ar/") | {"approved": "إيجار", "forbidden": "إيجار"}
    page = Document(reviewer.post(f"{CONCEPT}ar/", sent))
    assert "“إيجار” is both approved and forbidden." in page.text
    assert page.one("textarea[name=forbidden]").text.strip() == "إيجار"
    assert entries()["hyra"] == HYRA


def test_nobody_writes_over_another_s_work(reviewer: Client) -> None:
    sent = fields(reviewer, f"{CONCEPT}ar/")
    # Another language's work is no hindrance.
    Term.objects.filter(text="rent").update(text="rental fee")
    reviewer.post(f"{CONCEPT}ar/", sent | {"approved": "إيجار"})
    assert entries()["hyra"].of("ar").approved == ("إيجار",)
    page = Document(reviewer.post(f"{CONCEPT}ar/", sent | {"approved": "كراء"}))
    assert "Somebody else changed this while you wrote." in page.text
    assert entries()["hyra"].of("ar").approved == ("إيجار",)


def test_a_publisher_changes_a_concept_and_its_swedish(publisher: Client) -> None:
    sent = fields(publisher, f"{CONCEPT}edit/")
    assert publisher.post(f"{CONCEPT}edit/", sent).status_code == 302
    assert entries()["hyra"] == HYRA
    publisher.post(f"{CONCEPT}edit/", sent | {"definition": "Pengar.", "inflected": "hyror", "status": "proposed"})
    now = entries()["hyra"]
    assert (now.definition, now.status, now.of("sv").forms) == ("Pengar.", "proposed", ("hyror",))
    assert now.of("en") == HYRA.of("en")


def test_a_publisher_adds_a_concept(publisher: Client) -> None:
    sent = {"key": "sfi", "approved": "sfi", "definition": "Svenska.", "source": "Skolverket", "status": "approved"}
    assert publisher.post(f"{ADDRESS}add/", sent)["Location"] == f"{ADDRESS}concept/sfi/"
    assert entries()["sfi"].of("sv") == Terms(("sfi",))
    assert "There is a concept with this key already." in text_of(publisher.post(f"{ADDRESS}add/", sent))
    assert "is not a key" in text_of(publisher.post(f"{ADDRESS}add/", sent | {"key": "S_F"}))


def give(client: Client, content: bytes, name: str = "g.csv") -> Any:
    return client.post(f"{ADDRESS}import/", {"file": SimpleUploadedFile(name, content)})


def test_a_file_is_shown_then_taken(reviewer: Client) -> None:
    address = give(reviewer, "concept,ar\nhyra,إيجار\nfolkbokforing,تسجيل السكان\n".encode())["Location"]
    page = Document(reviewer.get(address))
    assert "1 concept differs, 1 is the same." in page.text
    assert (page.one("ins").parent["lang"], page.one("ins").text) == ("ar", "إيجار")
    assert entries()["hyra"] == HYRA
    response = reviewer.post(address, fields(reviewer, address), follow=True)
    assert "The file has been imported." in text_of(response)
    assert entries()["hyra"].of("ar").approved == ("إيجار",)
    assert not PendingImport.objects.exists()
    assert AuditEntry.objects.get(event=Event.IMPORTED).detail == {"concepts": 1, "languages": "ar"}


def test_a_reviewer_s_file_changes_her_language_alone(reviewer: Client) -> None:
    address = give(reviewer, "concept,ar,ti\nhyra,إيجار,ክራይ\n".encode())["Location"]
    page = Document(reviewer.get(address))
    assert "Reviewer ትግርኛ" in page.text
    assert "Change the glossary so" not in page.text
    assert reviewer.post(address, fields(reviewer, address)).status_code == 403
    assert entries()["hyra"] == HYRA


def test_another_s_file_is_not_shown(reviewer: Client, publisher: Client) -> None:
    address = give(publisher, b"concept,definition\nhyra,Hemlig.\n")["Location"]
    assert reviewer.get(address, follow=True).status_code == 404
    assert reviewer.post(address, follow=True).status_code == 404
    newer = give(publisher, b"concept,definition\nhyra,Annan.\n")["Location"]
    assert newer != address
    assert PendingImport.objects.count() == 1


def test_what_changed_since_it_was_shown_is_shown_again(publisher: Client) -> None:
    address = give(publisher, b"concept,definition\nhyra,Ny.\n")["Location"]
    sent = fields(publisher, address)
    Concept.objects.filter(key="hyra").update(definition="A.")
    response = publisher.post(address, sent, follow=True)
    assert "The glossary was changed meanwhile. Look at the differences again." in text_of(response)
    assert entries()["hyra"].definition == "A."


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("g.csv", b"concept,definition\nhyra,\n", "Line 2: The definition is missing."),
        ("g.tbx", BOMB.encode(), "The file declares entities"),
        ("g.csv", b"\xff\xfe", "The file is not written in UTF-8."),
        ("g.tbx", tbx.write(ALL)[:500], "This is not well-formed XML."),
        ("g.csv", b"x" * (2 * 1024 * 1024 + 1), "The file is larger than 2 megabytes."),
        ("g.exe", b"x", "Only files whose name ends in .csv or .tbx are read."),
    ],
)
def test_a_file_that_is_wrong_is_a_sentence(publisher: Client, name: str, content: bytes, sentence: str) -> None:
    response = give(publisher, content, name)
    assert response.status_code == 200
    page = Document(response)
    assert "The file was not taken. Nothing was changed." in page.text
    assert sentence in page.one("[role=alert]").text
    assert not PendingImport.objects.exists()
    assert entries() == {one.key: one for one in ALL}


def test_no_file_is_asked_for(publisher: Client) -> None:
    assert "This field is required." not in text_of(publisher.get(f"{ADDRESS}import/"))
    assert "This field is required." in text_of(publisher.post(f"{ADDRESS}import/"))


def test_a_file_of_a_language_is_recorded(reviewer: Client) -> None:
    response = reviewer.get(f"{ADDRESS}export/?format=tbx&language=ar")
    assert response["Content-Type"] == "application/x-tbx+xml"
    assert re.fullmatch(r'attachment; filename="glossary-[\d-]{10}\.tbx"', response["Content-Disposition"])
    assert set(re.findall(rb'langSet xml:lang="([^"]+)"', response.content)) == {b"sv", b"ar"}
    audit = AuditEntry.objects.get(event=Event.EXPORTED)
    assert (audit.about, audit.detail) == ("glossary.tbx", {"concepts": len(ALL), "languages": "ar"})
    assert reviewer.get(f"{ADDRESS}export/?format=pdf").status_code == 400
