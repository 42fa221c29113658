"""Synonyms: what is refused and why, and that they hold from the next search on, both ways."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from cms.access.audit.events import Event
from cms.access.models.audit import AuditEntry
from search.curation import rebuild_keys
from search.models import Synonyms, SynonymTerm
from tests.search.editors.conftest import errors, found, opened, publisher, signed_in

pytestmark = pytest.mark.django_db
ADD = "/admin/readers-search/synonyms/add/"


def _add(client: Client, words: str, language: str = "sv") -> object:
    return client.post(ADD, {"language": language, "words": words, "note": ""})


@pytest.mark.parametrize(
    ("words", "language", "sentence"),
    [
        ("", "sv", "This field is required."),
        (" \n\n ", "sv", "This field is required."),
        ("läkare", "sv", "Give at least two terms, one a line."),
        ("läkare\n …?! ", "sv", "“…?!” has no word that can be searched."),
        ("läkare\noch i på", "sv", "“och i på” has only words that search passes over, such as “and” or “in”."),
        ("طبيب\nفي من", "ar", "“في من” has only words that search passes over, such as “and” or “in”."),
        ("bostad\nBostäder", "sv", "To search, “Bostäder” is the same as “bostad” already."),
        ("doktor\n" + "a" * 101, "sv", f"“{'a' * 40}” is longer than 100 characters."),
        (
            "bidrag\nhjälp till hyra mat kläder möbler",
            "sv",
            "“hjälp till hyra mat kläder möbler” has more than 4 words: no search is recognised by so many.",
        ),
        ("\n".join(f"ord{chr(97 + n)}x{n}" for n in range(31)), "sv", "No more than 30 terms."),
    ],
)
def test_what_is_wrong_is_said(site: None, words: str, language: str, sentence: str) -> None:
    assert errors(_add(publisher(), words, language)) == [sentence]
    assert not Synonyms.objects.exists()


def test_a_term_of_other_synonyms_is_refused_and_they_are_named(site: None) -> None:
    client = publisher()
    _add(client, "doktor\nläkare")
    refused = _add(client, "medikus\nLäkaren")
    assert errors(refused) == ["“Läkaren” stands among other synonyms already: doktor = läkare"]
    # Neither in another language, nor where it stands itself.
    assert getattr(_add(client, "medikus\nläkare", "so"), "status_code", 0) == 302
    own = Synonyms.objects.get(language="sv")
    again = client.post(reverse("search_synonyms_edit", args=[own.pk]), {"words": "doktor\nläkare\nmedikus"})
    assert again.status_code == 302


def test_they_hold_at_once_and_both_ways(site: None) -> None:
    client = publisher()
    assert (found("BVC"), found("inneboende"), found("lya")) == ([], [], [])
    _add(client, "BVC\nbarnavårdscentral")
    _add(client, "inneboende\nandra hand")
    _add(client, "lya\nlägenhet")
    assert found("BVC") == ["vard/"]
    assert (found("lya"), found("LYA?")) == (["bostad/"], ["bostad/"])
    assert found("inneboende") == ["uthyrning/"]
    own = Synonyms.objects.get(words__startswith="lya")
    client.post(reverse("search_synonyms_edit", args=[own.pk]), {"words": "kvart\nlägenhet"})
    assert (found("lya"), found("kvart")) == ([], ["bostad/"])
    client.post(reverse("search_synonyms_delete", args=[own.pk]))
    assert found("kvart") == []
    assert not SynonymTerm.objects.filter(synonyms=own.pk).exists()


def test_a_term_of_several_words_leads_to_one_and_back(site: None) -> None:
    _add(publisher(), "uthyrningsrum\nbor där nu")
    _add(publisher(), "svenskkurs för nybörjare\nsköterskan väger")
    assert found("svenskkurs för nybörjare") == ["vard/"]
    _add(publisher(), "rum via hyresgäst\nandra hand")
    assert "uthyrning/" in found("rum via hyresgäst")


def test_arabic_synonyms_are_of_arabic_alone(site: None) -> None:
    _add(signed_in("reviewer", language="ar"), "شقة\nlägenhet\nسكنى", "ar")
    assert found("سكنى", "ar") == ["bostad/"]
    assert found("lägenhet", "ar") == ["bostad/"]
    assert found("سكنى", "sv") == []


def test_each_change_stands_in_the_audit_log(site: None) -> None:
    client = signed_in("reviewer", language="ar")
    _add(client, "شقة\nlägenhet", "ar")
    own = Synonyms.objects.get()
    client.post(reverse("search_synonyms_edit", args=[own.pk]), {"words": "شقة\nbostad"})
    client.post(reverse("search_synonyms_edit", args=[own.pk]), {"words": "شقة\nbostad"})
    client.post(reverse("search_synonyms_delete", args=[own.pk]))
    entries = AuditEntry.objects.filter(event=Event.SETTINGS_CHANGED).order_by("pk")
    assert [(entry.about, entry.language, entry.detail["change"]) for entry in entries] == [
        (f"search/synonyms/{own.pk}", "ar", "added"),
        (f"search/synonyms/{own.pk}", "ar", "changed"),
        (f"search/synonyms/{own.pk}", "ar", "deleted"),
    ]
    assert entries[1].detail["words"] == "شقة = bostad"
    assert {entry.actor_email for entry in entries} == {"reviewer--ar@example.org"}


def test_words_that_no_page_has_are_told(site: None) -> None:
    answer = publisher().post(ADD, {"language": "sv", "words": "barnavårdscentral\nmånfärd"}, follow=True)
    (message,) = [str(message).strip() for message in answer.context["messages"]]
    assert message.replace("\u2068", "").replace("\u2069", "") == (
        "Saved. On no page in this language now, so that they only lead to the other words: månfärd"
    )


def test_the_list_is_searched_by_language_and_word(site: None) -> None:
    for language, words in (("sv", "doktor\nläkare"), ("sv", "lya\nlägenhet"), ("ar", "شقة\nسكن")):
        Synonyms.objects.create(language=language, words=words, note="Av <oss>")
    client = publisher()
    page = opened(client, "synonyms/")
    assert [link.get_text(strip=True) for link in page.soup.select("table .title a")] == [
        "doktor = läkare",
        "lya = lägenhet",
        "شقة = سكن",
    ]
    arabic = page.soup.select("table .title a")[2]
    assert (arabic["lang"], arabic["dir"]) == ("ar", "rtl")
    assert "Av <oss>" in page.text
    assert "3 groups of synonyms" in page.text
    assert [str(row) for row in client.get("/admin/readers-search/synonyms/", {"q": "LÄG"}).context["page"]] == [
        "lya = lägenhet"
    ]
    assert opened(client, "synonyms/", language="ar").text.count("شقة = سكن") == 2
    assert "0 groups" in opened(client, "synonyms/", language="xx").text


def test_the_report_leads_to_a_form_that_is_begun(site: None) -> None:
    page = opened(publisher(), "synonyms/add/", language="so", word="guryo <b>")
    assert page.one("textarea").get_text(strip=True) == "guryo <b>"
    assert page.one("select[name=language] option[selected]")["value"] == "so"


def test_a_list_costs_the_same_whatever_it_has(site: None, django_assert_num_queries: object) -> None:
    client = publisher()
    client.get("/admin/readers-search/synonyms/")
    counts = []
    for number in (1, 40):
        for step in range(number):
            Synonyms.objects.create(language="sv", words=f"ord{number}x{step}\nsak{number}x{step}")
        counts.append(_queries(client, "/admin/readers-search/synonyms/"))
    assert counts == [12, 12]


def _queries(client: Client, address: str) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def test_another_analysis_is_taken_over_by_a_rebuild(site: None) -> None:
    own = Synonyms.objects.create(language="sv", words="doktor\nläkare")
    SynonymTerm.objects.filter(synonyms=own).update(key="≈gammalt")
    rebuild_keys(["so"])
    assert set(SynonymTerm.objects.filter(synonyms=own).values_list("key", flat=True)) == {"≈gammalt"}
    rebuild_keys(["sv"])
    assert SynonymTerm.objects.filter(synonyms=own, key="≈gammalt").count() == 0
    assert SynonymTerm.objects.filter(synonyms=own).count() == 2
