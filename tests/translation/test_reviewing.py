"""The reviewer's screen: what changes, what is wrong, and the decision."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client, TestCase

from cms.translation.localize import units_of
from cms.translation.models import Origin
from cms.translation.moderation import send_for_review
from cms.translation.review import approve, lines_of, send_back
from cms.translation.states import State, TranslationState
from cms.translation.wording import word_diff
from cms.translation.work import NewText, save_texts
from pages.models import BasePage
from tests.access.test_sync import person
from tests.factories import page_at, publish
from tests.translation.test_records import record, translate, with_text
from tests.translation.test_review import client_of

pytestmark = pytest.mark.django_db
ARABIC = "هناك 25 غرفة."


@pytest.fixture
def sent(source: BasePage) -> BasePage:
    """A page of which one text changed, whose Arabic was sent for review."""
    translate(source)
    publish(source, body=with_text(source, 1, "Det finns 25 rum."))
    translator = person("translator", language="ar")
    put(source, ARABIC)
    send_for_review(page_at("om/", "ar"), translator)
    return source


def put(source: BasePage, text: str, origin: Origin = Origin.TYPED) -> None:
    (unit,) = [unit for unit in units_of(source.translation_key, "ar") if unit.source == "Det finns 25 rum."]
    assert save_texts(record(source), [NewText(unit.id, text, origin)], person("reviewer", language="ar")) == []


def address(page: BasePage) -> str:
    return f"/admin/translation/{record(page).pk}/review/"


def read() -> str:
    return Client().get("/ar/om/").content.decode()


def test_she_sees_what_changes_and_approves(sent: BasePage) -> None:
    (line,) = [line for line in lines_of(record(sent)) if line.is_changed]
    assert (line.published, line.unit.text) == ("ar 1", ARABIC)
    client = client_of(person("reviewer", language="ar"))
    page = client.get(address(sent)).content.decode()
    assert '<td class="tr-text" lang="ar" dir="rtl"><del>ar 1</del><ins>' in page
    assert ARABIC not in read()
    with TestCase.captureOnCommitCallbacks(execute=True):
        assert client.post(address(sent), {"decision": "approve"}).status_code == 302
    assert ARABIC in read()
    assert record(sent).state == State.CURRENT
    assert page_at("om/", "ar").translation_state == TranslationState.REVIEWED


def test_she_corrects_and_what_she_saw_is_published(sent: BasePage) -> None:
    put(sent, "يوجد 25 غرفة.")
    approve(record(sent), person("reviewer", language="ar"))
    assert "يوجد 25 غرفة." in read()


def test_she_sends_it_back_with_a_reason(sent: BasePage) -> None:
    reviewer = person("reviewer", language="ar")
    with pytest.raises(ValidationError):
        send_back(record(sent), reviewer, " ")
    client_of(reviewer).post(address(sent), {"decision": "send-back", "comment": "Se över talet."})
    now = record(sent)
    assert (now.state, now.returned, now.needs_work) == (State.OUTDATED, True, True)


def test_an_error_stops_the_approval_by_every_door(sent: BasePage) -> None:
    put(sent, "\u202eيوجد 25 غرفة.")
    reviewer = person("reviewer", language="ar")
    with pytest.raises(ValidationError):
        approve(record(sent), reviewer)
    client = client_of(reviewer)
    assert client.post(address(sent), {"decision": "approve"}).status_code == 200
    page = page_at("om/", "ar")
    state = page.current_workflow_task_state
    assert state is not None
    response = client.post(f"/admin/pages/workflow/action/{page.pk}/approve/{state.pk}/")
    assert response.status_code in (302, 403)
    assert record(sent).in_review
    assert "25" not in read()


@pytest.mark.parametrize(
    ("role", "county", "language"),
    [("translator", None, "ar"), ("reviewer", None, "ti"), ("reviewer", "12", "ar"), ("national-publisher", None, "")],
)
def test_others_decide_nothing(sent: BasePage, role: str, county: str | None, language: str) -> None:
    user = person(role, county, language)
    for decide in (approve, send_back):
        with pytest.raises(PermissionDenied):
            decide(record(sent), user, "Ja.")
    client = client_of(user)
    assert client.get(address(sent)).status_code == 403
    assert client.post(address(sent), {"decision": "approve"}).status_code == 403
    assert client.post(f"/admin/translation/{record(sent).pk}/publish/").status_code == 403
    assert record(sent).in_review


def test_a_machine_s_text_is_published_as_such_or_reviewed(source: BasePage) -> None:
    translate(source)
    publish(source, body=with_text(source, 1, "Det finns 25 rum."))
    put(source, ARABIC, Origin.MACHINE)
    client = client_of(person("reviewer", language="ar"))
    client.post(f"/admin/translation/{record(source).pk}/publish/", {"as_machine": "1"})
    assert (record(source).state, page_at("om/", "ar").translation_state) == (State.MACHINE, TranslationState.MACHINE)
    assert record(source).machine_texts == 1
    client.post(f"/admin/translation/{record(source).pk}/publish/")
    assert record(source).machine_texts == 0
    assert (record(source).state, page_at("om/", "ar").translation_state) == (State.CURRENT, TranslationState.REVIEWED)


def test_words_that_came_and_went_are_marked() -> None:
    assert word_diff("ett <b>två</b> tre", "ett fyra tre") == "ett <del>två </del><ins>fyra </ins>tre"
    assert word_diff(None, "&lt;script&gt;") == "&lt;script&gt;"
