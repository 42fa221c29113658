"""The adversary's list: texts of other pages, counties and languages, through the room, the review and what is shut."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from wagtail_localize.models import (  # noqa: TID251  (the package's own addresses are attacked)
    OverridableSegment,
    StringSegment,
    Translation,
)

from cms.access.models import RoleAssignment
from cms.translation.localize import addresses_of
from cms.translation.models import TextVersion, TranslationRecord
from cms.translation.room.models import Dismissal, SegmentComment
from tests.access.attacks import SECRET, client_of, text_of
from tests.access.test_sync import person
from tests.access.translations import (
    OWN_WORDS,
    SHARED,
    Ground,
    desk,
    everything,
    ground,
    refused,
    tells_nothing,
    unit_of,
    units,
)
from tests.factories import again
from tests.html import Document

pytestmark = pytest.mark.django_db

SCRIPTS = (
    "javascript:alert(1)",
    " JavaScript:alert(1)",
    "java\tscript:alert(1)",
    "\x01javascript:alert(1)",
    "data:,alert(1)",
)
ROLES = ("translator", "reviewer")
ARABIC = "النص نفسه في كل الصفحات."


@pytest.fixture(scope="module")
def made(shared_database: None) -> Ground:
    return ground()


@pytest.fixture
def site(made: Ground) -> Ground:
    return again(made)


# --- what is shut ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("role", "county", "language"),
    [("translator", "12", "ar"), ("reviewer", "12", "ar"), ("reviewer", None, "ar"), ("national-publisher", None, "")],
)
def test_the_package_s_own_addresses_write_nothing(site: Ground, role: str, county: str | None, language: str) -> None:
    client = client_of(person(role, county, language))
    own = Translation.objects.get(source__object_id=site.own.source_id, target_locale__language_code="ar")
    segment = StringSegment.objects.filter(source=own.source).first()
    override = OverridableSegment.objects.filter(source=own.source).first()
    assert segment
    assert override
    assert site.own.page
    assert site.own.source.page
    page, source = site.own.page.pk, site.own.source.page.pk
    before = everything()
    for address in (
        f"localize/translate/{own.pk}/strings/{segment.pk}/edit/",
        f"localize/translate/{own.pk}/overrides/{override.pk}/edit/",
        f"localize/translate/{own.pk}/pofile/download/",
        f"localize/translate/{own.pk}/pofile/upload/",
        f"localize/translate/{own.pk}/machine_translate/",
        f"localize/translate/{own.pk}/preview/",
        f"localize/submit/page/{source}/",
        f"localize/update/{own.source_id}/",
        "localize/reports/translations/",
        f"pages/{page}/edit/",
    ):
        for method in ("get", "post", "put", "delete"):
            values = {"value": "x", "action": "publish", "title": "x", "slug": "x", "publish_translations": "on"}
            sent = {} if method in ("get", "post") else {"content_type": "application/json"}
            answer = getattr(client, method)(f"/admin/{address}", values, **sent)
            assert answer.status_code in (302, 403, 404, 405), (method, address)
            assert tells_nothing(answer)
    assert everything() == before


def test_a_translation_s_page_leads_to_its_room(site: Ground) -> None:
    assert site.own.page
    client = client_of(person("translator", "12", "ar"))
    answer = client.get(f"/admin/pages/{site.own.page.pk}/edit/")
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/admin/translation/{site.own.pk}/")
    assert refused(client.post(f"/admin/pages/{site.own.page.pk}/edit/", {"action-publish": "1"}))
    RoleAssignment.objects.all().delete()
    assert "/admin/translation/" not in client.get(f"/admin/pages/{site.own.page.pk}/edit/").headers["Location"]


# --- other pages', counties' and languages' texts -------------------------------------------------


@pytest.mark.parametrize("role", ROLES)
def test_a_text_of_another_page_is_not_written_through_one_s_own(site: Ground, role: str) -> None:
    at = desk(site.own, person(role, "12", "ar"))
    before = everything()
    for record in (site.gotland, site.national):
        for unit in units(record):
            answer = at.save((unit.id, "مزور", unit.text or ""))
            assert answer.status_code == 422
            assert [one["code"] for one in answer.json()["refused"]] == ["unknown"]
            assert tells_nothing(answer)
    for forged in ("", "-", "0-0", "1", "999999999999999999999-1", "1-1 OR 1=1", "../1-1"):
        assert at.save((forged, "مزور", "")).status_code == 422
    assert everything() == before
    foreign, mine = unit_of(site.gotland, SHARED), unit_of(site.own, SHARED)
    answer = at.save((mine.id, ARABIC, ""), (foreign.id, "مزور", ""))
    assert answer.status_code == 422
    assert [one["unit"] for one in answer.json()["saved"]] == [mine.id]
    assert unit_of(site.own, SHARED).text == ARABIC
    assert unit_of(site.gotland, SHARED).text is None
    assert unit_of(site.somali, SHARED).text is None


@pytest.mark.parametrize("role", ROLES)
def test_what_is_another_record_s_is_not_reached_through_one_s_own(site: Ground, role: str) -> None:
    at = desk(site.own, person(role, "12", "ar"))
    mine = unit_of(site.own, OWN_WORDS)
    before = everything()
    for record in site.foreign:
        comment = SegmentComment.objects.get(record=record)
        dismissal = Dismissal.objects.get(record=record)
        version = TextVersion.objects.filter(record=record).first()
        assert version
        asked: list[tuple[str, dict[str, Any]]] = [
            (f"comments/{comment.pk}/", {"resolved": True}),
            (f"dismissals/{dismissal.pk}/", {"coded": ""}),
            (f"units/{mine.id}/restore/", {"version": version.pk, "expected": mine.text}),
        ]
        if record != site.somali:
            foreign = unit_of(record, OWN_WORDS).id
            asked += [
                (f"units/{foreign}/restore/", {"version": version.pk, "expected": ""}),
                (f"units/{foreign}/check/", {"coded": "x"}),
                (f"units/{foreign}/comment/", {"text": "x"}),
                (f"units/{foreign}/dismiss/", {"coded": "x", "key": "x", "reason": "x"}),
                (f"units/{foreign}/propagate/", {"targets": [[record.pk, foreign]]}),
            ]
            for name in ("", "history/", "identical/"):
                answer = at.get(f"units/{foreign}/{name}")
                assert answer.status_code == 410, name
                assert tells_nothing(answer)
            for address in addresses_of(record.source_id, "ar"):
                assert at.ask(f"addresses/{address.id}/", value="https://evil.example/").status_code == 422
        for place, sent in asked:
            answer = at.ask(place, **sent)
            assert answer.status_code == 410, place
            assert tells_nothing(answer)
    assert everything() == before


@pytest.mark.parametrize("role", ROLES)
def test_another_s_record_opens_nowhere(site: Ground, role: str) -> None:
    user = person(role, "12", "ar")
    before = everything()
    for record in site.foreign:
        at, unit = desk(record, user), unit_of(record, OWN_WORDS)
        for name in (
            "",
            "preview/",
            "review/",
            *(f"units/{unit.id}/{part}" for part in ("", "history/", "identical/")),
        ):
            answer = at.get(name)
            assert answer.status_code == 403, name
            assert tells_nothing(answer)
        assert at.save((unit.id, "مزور", unit.text or "")).status_code == 403
        for name, sent in (
            ("presence/", {"unit": unit.id}),
            (f"units/{unit.id}/check/", {"coded": "x"}),
            (f"units/{unit.id}/comment/", {"text": "x"}),
            (f"units/{unit.id}/propagate/", {"targets": [[record.pk, unit.id]]}),
            (f"addresses/{addresses_of(record.source_id, 'ar')[0].id}/", {"value": "https://evil.example/"}),
        ):
            assert at.ask(name, **sent).status_code == 403, name
        for name in ("send/", "publish/", "review/"):
            assert at.press(name, decision="approve", as_machine="1").status_code == 403, name
        assert at.client.post(f"/admin/translation/machine/start/{record.pk}/").status_code == 403
    assert everything() == before


@pytest.mark.parametrize("role", ROLES)
def test_the_same_text_is_not_written_into_others_pages(site: Ground, role: str) -> None:
    at, mine = desk(site.own, person(role, "12", "ar")), unit_of(site.own, SHARED)
    assert at.save((mine.id, ARABIC, "")).status_code == 200
    offered = at.get(f"units/{mine.id}/identical/")
    assert offered.json() == {"targets": []}
    before = everything()
    targets = [[record.pk, unit_of(record, SHARED).id] for record in site.foreign]
    assert at.ask(f"units/{mine.id}/propagate/", targets=targets).json() == {"written": 0, "refused": []}
    assert everything() == before


def test_another_language_s_draft_is_not_read_beside_one_s_own(site: Ground) -> None:
    at = desk(site.own, person("translator", "12", "ar"))
    shown = at.get("?look=so")
    assert shown.status_code == 200
    assert tells_nothing(shown)
    assert SECRET in text_of(desk(site.somali, person("translator", "12", "so")).get())


def test_mentions_name_nobody_else(site: Ground) -> None:
    stranger, admin = person("translator", "09", "ar"), person("site-administrator")
    for user in (stranger, admin):
        get_user_model().objects.filter(pk=user.pk).update(first_name=SECRET)
    colleague = person("reviewer", "12", "ar")
    at, unit = desk(site.own, person("translator", "12", "ar")), unit_of(site.own, OWN_WORDS)
    assert tells_nothing(at.get())
    answers = [at.ask(f"units/{unit.id}/comment/", text="Hej", mentions=[pk]) for pk in (stranger.pk, admin.pk, 999999)]
    assert {(answer.status_code, answer.content) for answer in answers} == {(422, answers[0].content)}
    assert at.ask(f"units/{unit.id}/comment/", text="Hej", mentions=[colleague.pk]).status_code == 200


# --- publishing -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("role", "county", "language"),
    [
        ("translator", "12", "ar"),
        ("translator", None, "ar"),
        ("reviewer", "09", "ar"),
        ("reviewer", "12", "so"),
        ("county-publisher", "12", ""),
        ("national-publisher", None, ""),
        ("site-administrator", None, ""),
    ],
)
def test_who_is_no_reviewer_there_publishes_nothing(site: Ground, role: str, county: str | None, language: str) -> None:
    at = desk(site.own, person(role, county, language))
    before = everything()
    for sent in ({}, {"as_machine": "1"}):
        assert at.press("publish/", **sent).status_code == 403
    assert everything() == before
    desk(site.own, person("translator", "12", "ar")).press("send/")
    sent_state = everything()
    for decision in ("approve", "send-back"):
        assert at.press("review/", decision=decision, comment="x").status_code == 403
    assert everything() == sent_state
    assert TranslationRecord.objects.get(pk=site.own.pk).in_review


def test_what_is_in_review_stands_still_for_its_translator(site: Ground) -> None:
    at = desk(site.own, person("translator", "12", "ar"))
    words = unit_of(site.own, OWN_WORDS)
    assert at.save((words.id, "هنا وحدها.", words.text or "")).status_code == 200
    version = TextVersion.objects.get(record=site.own)
    assert at.press("send/").status_code == 302
    before, now = everything(), unit_of(site.own, OWN_WORDS)
    assert at.save((now.id, "بعد الإرسال", now.text or "")).status_code == 423
    assert at.ask(f"units/{now.id}/restore/", version=version.pk, expected=now.text).status_code == 423
    address = addresses_of(site.own.source_id, "ar")[0].id
    assert at.ask(f"addresses/{address}/", value="https://evil.example/").status_code == 423
    assert at.press("send/").status_code == 302
    assert at.press("publish/").status_code == 403
    at.client.post(f"/admin/translation/machine/start/{site.own.pk}/")
    assert everything() == before
    assert desk(site.own, person("reviewer", "12", "ar")).press("review/", decision="approve").status_code == 302
    public = text_of(Client().get("/ar/lan/skane/sfi/"))
    assert "هنا وحدها." in public
    assert "بعد الإرسال" not in public


def test_a_stale_form_publishes_nothing(site: Ground) -> None:
    user = person("reviewer", "12", "ar")
    at = desk(site.own, user)
    assert at.get().status_code == 200
    RoleAssignment.objects.filter(user=user).delete()
    before = everything()
    for name in ("publish/", "send/", "review/"):
        assert at.press(name, decision="approve").status_code in (302, 403)
    assert everything() == before


# --- scripts --------------------------------------------------------------------------------------


def test_nothing_that_is_written_runs(site: Ground) -> None:
    at = desk(site.own, person("reviewer", "12", "ar"))
    for address in addresses_of(site.own.source_id, "ar"):
        for forged in SCRIPTS:
            assert at.ask(f"addresses/{address.id}/", value=forged).status_code in (400, 422), (address.path, forged)
    hostile = "</script><script>alert(1)</script><img src=x onerror=alert(1)>"
    for unit in units(site.own):
        at.save((unit.id, f"نص {hostile}", unit.text or ""))
        assert at.ask(f"units/{unit.id}/comment/", text=hostile).status_code == 200
    said = at.get(f"units/{unit_of(site.own, SHARED).id}/")
    assert said.headers["Content-Type"] == "application/json"
    assert said.headers["X-Content-Type-Options"] == "nosniff"
    shown = {"room": at.get(), "preview": at.get("preview/")}
    desk(site.own, person("translator", "12", "ar")).press("send/")
    shown["review"] = at.get("review/?all=1")
    at.press("review/", decision="approve")
    at.press("publish/")
    shown["public"] = Client().get("/ar/lan/skane/sfi/")
    for where, answer in shown.items():
        assert answer.status_code == 200, where
        soup = Document(answer).soup
        assert not [tag for tag in soup.find_all(True) if any(name.startswith("on") for name in tag.attrs)], where
        for script in soup.find_all("script"):
            assert "alert(1)" not in script.text or script.get("type") == "application/json", where
        assert not soup.select("img[src=x]"), where
