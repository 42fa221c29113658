"""Writing texts in the room: what is kept, what is refused, and to whom it is open."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from wagtail.models import Page

from cms.translation.localize import units_of
from cms.translation.models import Origin, TextVersion
from cms.translation.moderation import send_for_review
from cms.translation.states import State
from pages.models import BasePage
from tests.access.test_sync import person
from tests.factories import page_at
from tests.translation.room.conftest import desk_of, outdated
from tests.translation.test_records import record

pytestmark = pytest.mark.django_db

CODED = "اتصل فورًا بالرقم ⟦1⟧112⟦/1⟧ عند الحريق."
HTML = "اتصل فورًا بالرقم <b>112</b> عند الحريق."


def text_of(source: BasePage, unit_id: str) -> str | None:
    return next(unit.text for unit in units_of(source.translation_key, "ar") if unit.id == unit_id)


def test_a_text_is_saved_with_its_tags_and_the_published_page_stays(source: BasePage, translator: Any) -> None:
    unit = outdated(source)
    response = desk_of(source, translator).save(unit, CODED)
    assert response.status_code == 200
    answer = response.json()
    (saved,) = answer["saved"]
    assert (saved["coded"], saved["expected"], saved["standing"]) == (CODED, HTML, "done")
    assert (answer["untranslated"], answer["words_left"], answer["refused"]) == (0, 0, [])
    assert text_of(source, unit.id) == HTML
    assert "فورًا" not in str(page_at("om/", "ar").body)
    version = TextVersion.objects.get()
    assert (version.text, version.origin, version.user, version.path) == (HTML, Origin.TYPED, translator, unit.path)


def test_of_two_who_write_the_second_is_told_before_she_overwrites(
    source: BasePage, translator: Any, reviewer: Any
) -> None:
    unit = outdated(source)
    reviewer.first_name, reviewer.last_name = "Rana", "Haddad"
    reviewer.save()
    assert desk_of(source, reviewer).save(unit, "هي").status_code == 200
    response = desk_of(source, translator).save(unit, CODED)
    assert response.status_code == 409
    (refused,) = response.json()["refused"]
    assert (refused["code"], refused["theirs"]["coded"], refused["theirs"]["by"]) == ("conflict", "هي", "Rana Haddad")
    assert refused["theirs"]["when"]
    assert text_of(source, unit.id) == "هي"
    assert desk_of(source, translator).save(unit, CODED, expected="هي").status_code == 200
    assert text_of(source, unit.id) == HTML


@pytest.mark.parametrize("coded", ["اتصل ⟦1⟧112", "⟦2⟧112⟦/2⟧", "⟦1⟧⟦1⟧112⟦/1⟧⟦/1⟧", "⟦112⟧"])
def test_tags_that_are_not_the_source_s_are_refused(source: BasePage, translator: Any, coded: str) -> None:
    unit = outdated(source)
    response = desk_of(source, translator).save(unit, coded)
    assert response.status_code == 422
    assert response.json()["refused"][0]["code"] == "tags"
    assert text_of(source, unit.id) is None


def test_what_was_typed_is_text_and_never_markup(source: BasePage, translator: Any) -> None:
    unit = outdated(source)
    desk_of(source, translator).save(unit, "<script>alert(1)</script>")
    assert text_of(source, unit.id) == "&lt;script&gt;alert(1)&lt;/script&gt;"
    page = desk_of(source, translator).get().content.decode()
    assert "<script>alert(1)" not in page


def test_confirming_makes_a_machine_s_text_hers(source: BasePage, translator: Any) -> None:
    from cms.translation.work import NewText, save_texts

    unit = outdated(source)
    save_texts(record(source), [NewText(unit.id, CODED, Origin.MACHINE, tool="test")], None)
    assert record(source).machine_texts == 1
    response = desk_of(source, translator).save(unit, CODED, expected=HTML)
    assert response.json()["saved"][0]["standing"] == "done"
    assert record(source).machine_texts == 0


@pytest.mark.parametrize(
    ("role", "county", "language"),
    [
        ("translator", None, "ti"),
        ("translator", "12", "ar"),
        ("reviewer", None, "ti"),
        ("national-publisher", None, ""),
        ("county-editor", "12", ""),
        ("analyst", None, ""),
        ("site-administrator", None, ""),
    ],
)
def test_others_find_the_door_shut(source: BasePage, role: str, county: str | None, language: str) -> None:
    unit = outdated(source)
    desk = desk_of(source, person(role, county, language))
    assert desk.get().status_code == 403
    assert desk.get("preview/").status_code == 403
    assert desk.get(f"units/{unit.id}/").status_code == 403
    assert desk.save(unit, CODED).status_code == 403
    assert desk.post(f"units/{unit.id}/comment/", text="Hej").status_code == 403
    assert text_of(source, unit.id) is None


def test_who_is_not_signed_in_is_sent_to_sign_in(source: BasePage) -> None:
    response = Client().get(f"/admin/translation/{record(source).pk}/")
    assert response.status_code == 302
    assert "/login" in response["Location"]


def test_a_request_from_elsewhere_is_refused(source: BasePage, translator: Any) -> None:
    unit = outdated(source)
    client = Client(enforce_csrf_checks=True)
    client.force_login(translator)
    desk = desk_of(source, translator)
    desk.client = client
    assert desk.save(unit, CODED).status_code == 403
    assert text_of(source, unit.id) is None


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"texts": []},
        {"texts": [{"unit": "1-1"}]},
        {"texts": [{"unit": "x", "coded": "a", "expected": "", "origin": "machine"}]},
        {"texts": "x"},
    ],
)
def test_what_is_no_request_is_said_so(source: BasePage, translator: Any, sent: dict[str, Any]) -> None:
    response = desk_of(source, translator).post("save/", **sent)
    assert response.status_code == 400
    assert response.json()["reason"]


def test_a_text_of_another_page_is_not_written(source: BasePage, translator: Any) -> None:
    response = desk_of(source, translator).post(
        "save/", texts=[{"unit": "999999-999999", "coded": "x", "expected": ""}]
    )
    assert response.status_code == 422
    assert response.json()["refused"][0]["code"] == "unknown"


def test_in_review_the_text_stands_still_for_all_but_reviewers(
    source: BasePage, translator: Any, reviewer: Any
) -> None:
    unit = outdated(source)
    desk_of(source, translator).save(unit, CODED)
    send_for_review(page_at("om/", "ar"), translator)
    assert record(source).state == State.IN_REVIEW
    response = desk_of(source, translator).save(unit, "غير ذلك", expected=HTML)
    assert response.status_code == 423
    assert response.json()["reason"]
    assert text_of(source, unit.id) == HTML
    page = desk_of(source, translator).get().content.decode()
    assert 'aria-readonly="true"' in page
    assert "room-notice" in page
    assert desk_of(source, reviewer).save(unit, "غير ذلك", expected=HTML).status_code == 200
    assert 'aria-readonly="true"' not in desk_of(source, reviewer).get().content.decode()


def test_a_locked_page_is_read_only(source: BasePage, translator: Any, reviewer: Any) -> None:
    unit = outdated(source)
    Page.objects.filter(pk=page_at("om/", "ar").pk).update(locked=True, locked_by=reviewer)
    assert desk_of(source, translator).save(unit, CODED).status_code == 423
    assert text_of(source, unit.id) is None


def test_the_history_is_kept_and_a_version_restored(source: BasePage, translator: Any, reviewer: Any) -> None:
    unit = outdated(source)
    desk_of(source, translator).save(unit, CODED)
    desk_of(source, reviewer).save(unit, "اتصل.", expected=HTML)
    desk = desk_of(source, translator)
    versions = desk.get(f"units/{unit.id}/history/").json()["versions"]
    assert [(one["coded"], one["is_current"]) for one in versions] == [("اتصل.", True), (CODED, False)]
    assert versions[1]["by"] == translator.username
    response = desk.post(f"units/{unit.id}/restore/", version=versions[1]["id"], expected="اتصل.")
    assert response.json()["saved"][0]["coded"] == CODED
    assert text_of(source, unit.id) == HTML
    newest = TextVersion.objects.first()
    assert newest is not None
    assert (newest.origin, newest.user) == (Origin.RESTORED, translator)


def test_a_version_is_restored_only_over_what_was_seen_and_in_its_place(
    source: BasePage, translator: Any, reviewer: Any
) -> None:
    unit = outdated(source)
    desk = desk_of(source, translator)
    desk.save(unit, CODED)
    version = TextVersion.objects.get().pk
    desk_of(source, reviewer).save(unit, "اتصل.", expected=HTML)
    assert desk.post(f"units/{unit.id}/restore/", version=version, expected=HTML).status_code == 409
    other = next(one for one in units_of(source.translation_key, "ar") if one.id != unit.id)
    assert desk.post(f"units/{other.id}/restore/", version=version, expected=other.text).status_code == 410


def test_a_link_may_lead_elsewhere_but_run_nothing(source: BasePage, translator: Any) -> None:
    from cms.translation.localize import addresses_of

    (address,) = addresses_of(source.translation_key, "ar")
    desk = desk_of(source, translator)
    assert desk.post(f"addresses/{address.id}/", value="https://example.org/ar").status_code == 200
    assert addresses_of(source.translation_key, "ar")[0].override == "https://example.org/ar"
    assert addresses_of(source.translation_key, "uk")[0].override is None
    for bad in ("javascript:alert(1)", "java\tscript:alert(1)", "data:text/html,x", "a b"):
        assert desk.post(f"addresses/{address.id}/", value=bad).status_code == 422
    assert addresses_of(source.translation_key, "ar")[0].override == "https://example.org/ar"
    assert desk.post("addresses/999999/", value="https://example.org/").status_code == 422
    assert desk.post(f"addresses/{address.id}/", value="").status_code == 200
    assert addresses_of(source.translation_key, "ar")[0].override is None
