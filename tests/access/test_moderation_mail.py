"""Who is told what of moderation, in which language."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core import mail
from django.utils import translation
from wagtail.models import WorkflowState
from wagtail.users.models import UserProfile

from cms.access.actions import Action
from cms.access.models import NotificationChoice, RoleAssignment
from cms.access.moderation.digest import send_digests
from cms.access.moderation.people import people_who_may
from cms.access.policy import decide
from pages.models import BasePage, CountyPage, LocalPage, ThemePage
from tests.access.test_sync import person
from tests.factories import again, make_home, make_page, page_at, paragraphs, publish

pytestmark = pytest.mark.django_db

Capture = Callable[..., Any]
COUNTIES = ("12", "09")


@pytest.fixture(scope="module")
def made(shared_database: None) -> dict[str, Any]:
    """Somebody in each role, in two counties and two languages."""
    make_home()
    make_home("ar")
    for path in ("lan/skane/", "lan/gotland/"):
        county_page = publish(page_at(path))
        make_page(path, "ar", CountyPage, county=county_page.county)
    people = [person(role) for role in ("site-administrator", "national-editor", "national-publisher", "analyst")]
    for county in COUNTIES:
        people += [person(role, county) for role in ("county-editor", "county-publisher")]
        people += [person(role, county, "ar") for role in ("translator", "reviewer")]
    for language in ("ar", "ti"):
        people += [person(role, None, language) for role in ("translator", "reviewer")]
    return {user.username.removesuffix("@example.org"): user for user in people}


@pytest.fixture
def crowd(made: dict[str, Any]) -> dict[str, Any]:
    return again(made)


def send(page: BasePage, user: Any, capture: Capture) -> WorkflowState:
    """Send the page for moderation, and forget the mails before."""
    mail.outbox.clear()
    workflow = page.get_workflow()
    assert workflow is not None
    with capture(execute=True):
        state: WorkflowState = workflow.start(page, user)
    return state


def recipients() -> set[str]:
    addresses = [address for message in mail.outbox for address in message.to]
    assert len(addresses) == len(set(addresses)), "somebody got two mails"
    return {address.removesuffix("@example.org") for address in addresses}


@pytest.mark.parametrize(
    ("path", "language", "model", "sender", "told"),
    [
        ("att-bo/", "sv", ThemePage, "national-editor--", {"national-publisher--"}),
        ("lan/skane/sfi/", "sv", LocalPage, "county-editor-12-", {"county-publisher-12-"}),
        ("lan/gotland/sfi/", "sv", LocalPage, "county-editor-09-", {"county-publisher-09-"}),
        ("att-bo/", "ar", ThemePage, "translator--ar", {"reviewer--ar"}),
        ("lan/skane/sfi/", "ar", LocalPage, "translator-12-ar", {"reviewer-12-ar"}),
        # What one who may decide herself sends, goes to the others.
        ("att-bo/", "sv", ThemePage, "national-publisher--", set()),
        ("att-bo/", "ar", ThemePage, "reviewer--ar", set()),
        ("lan/skane/sfi/", "sv", LocalPage, "county-publisher-12-", set()),
    ],
)
def test_those_who_may_moderate_there_are_told_and_nobody_else(
    crowd: dict[str, Any],
    django_capture_on_commit_callbacks: Capture,
    path: str,
    language: str,
    model: Any,
    sender: str,
    told: set[str],
) -> None:
    page = make_page(path, language, model, live=False)
    get_user_model().objects.create_superuser("root", "root@example.org", "a long password")
    send(page, crowd[sender], django_capture_on_commit_callbacks)
    assert recipients() == told
    by_policy = {name for name, user in crowd.items() if decide(user, Action.MODERATE, page)}
    assert by_policy - {sender} == told


@pytest.mark.parametrize("action", list(Action))
def test_people_who_may_are_those_whom_the_policy_lets(crowd: dict[str, Any], action: Action) -> None:
    pages = [
        None,
        make_page("att-bo/", model=ThemePage),
        make_page("att-bo/", "ar", ThemePage),
        make_page("lan/skane/sfi/", model=LocalPage),
        make_page("lan/gotland/sfi/", "ar", LocalPage),
    ]
    for page in pages:
        found = {user.username for user in people_who_may(action, page)}
        assert found == {user.username for user in crowd.values() if decide(user, action, page)}, page


def test_the_decision_goes_to_who_sent_it_in_her_language_with_the_comment(
    crowd: dict[str, Any], django_capture_on_commit_callbacks: Capture
) -> None:
    editor, publisher = crowd["county-editor-12-"], crowd["county-publisher-12-"]
    UserProfile.objects.create(user=editor, preferred_language="en")
    body = paragraphs("Ett.", "Två.", "Tre.")
    page = make_page("lan/skane/sfi/", model=LocalPage, title="SFI", body=body)
    page.title = "Hemlig rubrik"
    blocks: Any = [
        body[0],
        body[1] | {"value": "<p>Hemlig ändring.</p>"},
        body[2] | {"value": "<p>En till.</p>"},
        *paragraphs("Ny."),
    ]
    page.body = blocks
    page.save_revision(user=editor)
    state = send(page, editor, django_capture_on_commit_callbacks)
    (message,) = mail.outbox
    assert "titel; 2 block ändrade; 1 block nytt".casefold() in message.body.casefold() or (
        # Until the catalog has them.
        "2 blocks changed; 1 block new" in message.body
    )
    assert f"/admin/pages/{page.pk}/edit/" in message.body
    assert message.subject.endswith("SFI")
    assert "Hemlig" not in f"{message.subject} {message.body}"
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        state.current_task_state.task.specific.on_action(
            state.current_task_state, publisher, "reject", comment="Se över rubriken & datumet."
        )
    (message,) = mail.outbox
    assert message.to == [editor.email]
    assert message.subject == "Changes wanted: SFI"
    assert "Se över rubriken & datumet." in message.body
    assert "asks you to change what you sent" in message.body
    mail.outbox.clear()
    state.refresh_from_db()
    with django_capture_on_commit_callbacks(execute=True):
        state.resume(user=editor)
    assert recipients() == {"county-publisher-12-"}
    mail.outbox.clear()
    state.refresh_from_db()
    with django_capture_on_commit_callbacks(execute=True):
        state.current_task_state.task.specific.on_action(state.current_task_state, publisher, "approve")
    (message,) = mail.outbox
    assert message.to == [editor.email]
    assert message.subject == "Approved: Hemlig rubrik"
    # Against what was published before, not against itself.
    assert "Title; 2 blocks changed; 1 block new" in message.body


def test_a_mail_is_in_the_reader_s_language_not_the_sender_s(
    crowd: dict[str, Any], django_capture_on_commit_callbacks: Capture
) -> None:
    UserProfile.objects.create(user=crowd["county-publisher-12-"])
    page = make_page("lan/skane/sfi/", model=LocalPage, live=False)
    with translation.override("en"):
        send(page, crowd["county-editor-12-"], django_capture_on_commit_callbacks)
    (message,) = mail.outbox
    with translation.override("sv"):
        assert translation.gettext("To approve: %(title)s") % {"title": page.title} == message.subject


def test_choices_and_closed_accounts_are_obeyed(
    crowd: dict[str, Any], django_capture_on_commit_callbacks: Capture
) -> None:
    page = make_page("lan/skane/sfi/", model=LocalPage, live=False)
    publisher, editor = crowd["county-publisher-12-"], crowd["county-editor-12-"]
    profile = UserProfile.objects.create(user=publisher, submitted_notifications=False)
    state = send(page, editor, django_capture_on_commit_callbacks)
    assert recipients() == set()
    profile.submitted_notifications = True
    profile.save()
    state.cancel(user=editor)
    NotificationChoice.objects.create(user=publisher, digest=True)
    state = send(page, editor, django_capture_on_commit_callbacks)
    assert recipients() == set()
    state.cancel(user=editor)
    NotificationChoice.objects.all().delete()
    get_user_model().objects.filter(pk=editor.pk).update(is_active=False)
    state = send(page, editor, django_capture_on_commit_callbacks)
    assert recipients() == {"county-publisher-12-"}
    mail.outbox.clear()
    state = WorkflowState.objects.get(pk=state.pk)
    with django_capture_on_commit_callbacks(execute=True):
        state.current_task_state.task.specific.on_action(state.current_task_state, publisher, "approve")
    assert recipients() == set()


def test_who_cancels_what_another_sent_tells_her(
    crowd: dict[str, Any], django_capture_on_commit_callbacks: Capture
) -> None:
    page = make_page("lan/skane/sfi/", model=LocalPage, live=False)
    state = send(page, crowd["county-editor-12-"], django_capture_on_commit_callbacks)
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        page.get_latest_revision().publish(user=crowd["county-publisher-12-"])
    state.refresh_from_db()
    assert state.status == WorkflowState.STATUS_CANCELLED
    assert recipients() == {"county-editor-12-"}


def test_a_sender_whose_role_ended_hears_no_more_of_it(
    crowd: dict[str, Any], django_capture_on_commit_callbacks: Capture
) -> None:
    editor, publisher = crowd["county-editor-12-"], crowd["county-publisher-12-"]
    page = make_page("lan/skane/sfi/", model=LocalPage, live=False, title="Hemligt")
    send(page, editor, django_capture_on_commit_callbacks)
    mail.outbox.clear()
    RoleAssignment.objects.filter(user=editor).delete()
    state = WorkflowState.objects.get(object_id=str(page.pk))
    with django_capture_on_commit_callbacks(execute=True):
        state.current_task_state.task.specific.on_action(
            state.current_task_state, publisher, "reject", comment="Se över datumet."
        )
    assert recipients() == set()
    NotificationChoice.objects.create(user=editor, digest=True)
    assert send_digests().sent == 0
    assert recipients() == set()
