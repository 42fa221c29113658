"""Comments, mentions, dismissed warnings, and who else is in the room."""

from __future__ import annotations

from typing import Any

import pytest
from django.core import mail
from wagtail.users.models import UserProfile

from cms.translation.room.models import Dismissal, SegmentComment
from pages.models import BasePage
from tests.access.test_sync import person
from tests.translation.room.conftest import desk_of, outdated
from tests.translation.test_records import record

pytestmark = pytest.mark.django_db


def test_a_comment_is_kept_with_its_text_and_who_is_mentioned_gets_a_mail_in_her_language(
    source: BasePage, translator: Any, reviewer: Any, django_capture_on_commit_callbacks: Any
) -> None:
    unit = outdated(source)
    UserProfile.objects.update_or_create(user=reviewer, defaults={"preferred_language": "en"})
    desk = desk_of(source, translator)
    with django_capture_on_commit_callbacks(execute=True):
        response = desk.post(f"units/{unit.id}/comment/", text=" Är det <rätt>? ", mentions=[reviewer.pk])
    (said,) = response.json()["comments"]
    assert (said["text"], said["by"], said["resolved"]) == ("Är det <rätt>?", translator.username, False)
    assert said["mentions"] == [reviewer.username]
    (message,) = mail.outbox
    assert message.to == [reviewer.email]
    assert "mentioned you" in message.body
    assert "Är det <rätt>?" in message.body
    assert "Ring 112 genast" in message.body
    assert f"/admin/translation/{record(source).pk}/#unit-{unit.id}" in message.body
    comment = SegmentComment.objects.get()
    assert (comment.path, comment.source_hash) == (unit.path, unit.hash)
    assert "data-comments>" in desk.get().content.decode().replace("\n", "")


def test_nobody_is_mentioned_who_may_not_see_the_translation(source: BasePage, translator: Any) -> None:
    stranger = person("translator", language="ti")
    response = desk_of(source, translator).post(
        f"units/{outdated(source).id}/comment/", text="Hej", mentions=[stranger.pk]
    )
    assert response.status_code == 422
    assert not SegmentComment.objects.exists()
    assert mail.outbox == []


def test_an_empty_comment_is_none(source: BasePage, translator: Any) -> None:
    assert desk_of(source, translator).post(f"units/{outdated(source).id}/comment/", text="  ").status_code == 422


def test_a_comment_is_resolved_and_opened_again(source: BasePage, translator: Any, reviewer: Any) -> None:
    unit = outdated(source)
    desk_of(source, translator).post(f"units/{unit.id}/comment/", text="Fråga")
    pk = SegmentComment.objects.get().pk
    assert desk_of(source, reviewer).post(f"comments/{pk}/", resolved=True).json() == {"id": pk, "resolved": True}
    assert SegmentComment.objects.get().resolved
    desk_of(source, reviewer).post(f"comments/{pk}/", resolved=False)
    assert not SegmentComment.objects.get().resolved


def test_a_comment_of_another_translation_is_not_reached(source: BasePage, translator: Any) -> None:
    other = SegmentComment.objects.create(record=record(source, "ti"), path="title", source_hash="x", text="Fråga")
    assert desk_of(source, translator).post(f"comments/{other.pk}/", resolved=True).status_code == 410
    other.refresh_from_db()
    assert not other.resolved


def warnings(desk: Any, unit: Any, coded: str) -> list[dict[str, Any]]:
    findings: list[dict[str, Any]] = desk.post(f"units/{unit.id}/check/", coded=coded).json()["findings"]
    return findings


def test_a_warning_is_dismissed_with_a_reason_until_the_text_changes(source: BasePage, translator: Any) -> None:
    unit, desk = outdated(source), desk_of(source, translator)
    doubled = "اتصل اتصل فورًا بالرقم ⟦1⟧112⟦/1⟧ عند الحريق."
    warning = next(one for one in warnings(desk, unit, doubled) if one["severity"] == "warning")
    assert warning["dismissal"] is None
    address = f"units/{unit.id}/dismiss/"
    assert desk.post(address, coded=doubled, key=warning["key"], reason=" ").status_code == 422
    answer = desk.post(address, coded=doubled, key=warning["key"], reason="Så säger man").json()
    dismissed = next(one for one in answer["findings"] if one["key"] == warning["key"])
    assert dismissed["dismissal"]["reason"] == "Så säger man"
    assert dismissed["dismissal"]["by"] == translator.username
    again = [one["dismissal"] for one in warnings(desk, unit, doubled.replace("عند", "عند كل"))]
    assert again
    assert not any(again)
    pk = Dismissal.objects.get().pk
    assert desk.post(f"dismissals/{pk}/", coded="").status_code == 200
    assert not Dismissal.objects.exists()


def test_an_error_can_t_be_dismissed(source: BasePage, translator: Any) -> None:
    unit, desk = outdated(source), desk_of(source, translator)
    broken = "اتصل بالرقم 113 عند الحريق."
    errors = [one for one in warnings(desk, unit, broken) if one["severity"] == "error"]
    assert errors
    response = desk.post(f"units/{unit.id}/dismiss/", coded=broken, key=errors[0]["key"], reason="Ändå")
    assert response.status_code == 422
    assert not Dismissal.objects.exists()


def test_tags_out_of_their_turn_are_an_error_as_she_types(source: BasePage, translator: Any) -> None:
    (found,) = warnings(desk_of(source, translator), outdated(source), "اتصل ⟦1⟧112")
    assert found["severity"] == "error"
    assert "⟦1⟧" in found["message"]


def test_who_else_has_which_text_open(source: BasePage, translator: Any, reviewer: Any) -> None:
    unit = outdated(source)
    assert desk_of(source, reviewer).post("presence/", unit=unit.id).json() == {"others": []}
    answer = desk_of(source, translator).post("presence/", unit="").json()
    assert answer == {"others": [{"name": reviewer.username, "unit": unit.id}]}
