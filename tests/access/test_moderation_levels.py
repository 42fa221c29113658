"""What nobody decides: the next level, and the one mail a day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.models.signals import post_save
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Page, TaskState, WorkflowState
from wagtail.users.models import UserProfile

from cms.access.models import Escalation, ModerationTask, NotificationChoice
from cms.access.models.moderation import may_moderate
from cms.access.moderation.digest import send_digests
from cms.access.moderation.escalation import escalate
from cms.access.policy import forget_holdings
from cms.translation.localize import join
from cms.translation.moderation import send_for_review
from pages.models import BasePage, LocalPage, ThemePage
from tests.access.test_moderation_mail import crowd, made, recipients, send  # noqa: F401  (crowd and made are fixtures)
from tests.factories import make_page, paragraphs

pytestmark = pytest.mark.django_db

Capture = Callable[..., Any]
NATIONAL = "national-publisher--"


def waiting_for(user: Any) -> set[str]:
    """The pages that the user's list of tasks has."""
    (task,) = ModerationTask.objects.filter(active=True)
    keys = task.get_task_states_user_can_moderate(user).values_list("workflow_state__object_id", flat=True)
    return set(Page.objects.filter(pk__in=[int(key) for key in keys]).values_list("url_path", flat=True))


def age(state: WorkflowState, days: float) -> None:
    TaskState.objects.filter(workflow_state=state).update(started_at=timezone.now() - timedelta(days=days))


@pytest.fixture
def sent(crowd: dict[str, Any], django_capture_on_commit_callbacks: Capture) -> dict[str, BasePage]:  # noqa: F811
    """A page in moderation in each kind of tree; what was sent in Skåne and in Arabic has waited too long."""
    kinds: list[tuple[str, str, Any, str, float]] = [
        ("att-bo/", "sv", ThemePage, "national-editor--", 6),
        ("att-bo/", "ar", ThemePage, "translator--ar", 6),
        ("lan/skane/sfi/", "sv", LocalPage, "county-editor-12-", 6),
        ("lan/skane/sfi/", "ar", LocalPage, "translator-12-ar", 6),
        ("lan/gotland/sfi/", "sv", LocalPage, "county-editor-09-", 4),
    ]
    pages = {}
    for path, language, model, sender, days in kinds:
        page = make_page(path, language, model, live=False)
        age(send(page, crowd[sender], django_capture_on_commit_callbacks), days)
        pages[f"{path}{language}"] = page
    mail.outbox.clear()
    return pages


def test_what_waited_too_long_goes_to_exactly_the_next_level(
    crowd: dict[str, Any],  # noqa: F811
    sent: dict[str, BasePage],
    django_capture_on_commit_callbacks: Capture,
) -> None:
    def moderators() -> dict[str, set[str]]:
        return {key: {name for name, user in crowd.items() if may_moderate(user, page)} for key, page in sent.items()}

    own = {
        "att-bo/sv": {NATIONAL},
        "att-bo/ar": {"reviewer--ar"},
        "lan/skane/sfi/sv": {"county-publisher-12-"},
        "lan/skane/sfi/ar": {"reviewer-12-ar"},
        "lan/gotland/sfi/sv": {"county-publisher-09-"},
    }
    assert moderators() == own
    with django_capture_on_commit_callbacks(execute=True):
        call_command("escalate_moderation", stdout=(out := StringIO()))
    assert out.getvalue() == "4 tasks escalated.\n"
    assert moderators() == own | {
        "att-bo/ar": {"reviewer--ar", NATIONAL},
        "lan/skane/sfi/sv": {"county-publisher-12-", NATIONAL},
        "lan/skane/sfi/ar": {"reviewer-12-ar", "reviewer--ar"},
    }
    for user in crowd.values():
        forget_holdings(user)
        by_policy = {page.url_path for page in sent.values() if may_moderate(user, page)}
        assert waiting_for(user) == by_policy, user.username
    told = {(message.to[0].removesuffix("@example.org"), message.subject.rpartition(" ")[2]) for message in mail.outbox}
    assert {name for name, _title in told} == {NATIONAL, "reviewer--ar", "site-administrator--"}
    assert len(mail.outbox) == 4
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        assert escalate() == 0
    assert not mail.outbox


def test_a_decided_task_s_escalation_opens_nothing_later(
    crowd: dict[str, Any],  # noqa: F811
    sent: dict[str, BasePage],
    django_capture_on_commit_callbacks: Capture,
) -> None:
    escalate()
    page, national = sent["lan/skane/sfi/sv"], crowd[NATIONAL]
    state = WorkflowState.objects.get(object_id=str(page.pk))
    state.current_task_state.reject(user=crowd["county-publisher-12-"])
    assert not may_moderate(national, page)
    state.refresh_from_db()
    state.resume(user=crowd["county-editor-12-"])
    assert not may_moderate(national, page)
    assert Escalation.objects.count() == 4


def test_the_doors_open_with_the_escalation(crowd: dict[str, Any], sent: dict[str, BasePage]) -> None:  # noqa: F811
    page = sent["lan/skane/sfi/sv"]
    client = Client()
    client.force_login(crowd[NATIONAL])
    state = TaskState.objects.get(workflow_state__object_id=str(page.pk))
    addresses = [f"/admin/pages/{page.pk}/edit/", f"/admin/pages/workflow/preview/{page.pk}/{state.task_id}/"]
    assert [client.get(address).status_code for address in addresses] == [403, 403]
    escalate()
    assert [client.get(address).status_code for address in addresses] == [200, 200]
    response = client.post(f"/admin/pages/workflow/action/{page.pk}/approve/{state.pk}/")
    assert response.status_code == 302
    page.refresh_from_db()
    assert page.live
    assert client.get(addresses[0]).status_code == 403


def test_one_mail_a_day_with_what_waits_and_what_was_decided(
    crowd: dict[str, Any],  # noqa: F811
    sent: dict[str, BasePage],
) -> None:
    publisher, editor = crowd["county-publisher-12-"], crowd["county-editor-12-"]
    UserProfile.objects.create(user=publisher, preferred_language="en")
    UserProfile.objects.create(user=editor, preferred_language="en")
    NotificationChoice.objects.create(user=publisher, digest=True)
    now = timezone.now().replace(hour=12)
    result = send_digests(now)
    assert (result.sent, result.failed) == (1, 0)
    (message,) = mail.outbox
    assert message.to == [publisher.email]
    assert "Waiting for your decision" in message.body
    assert f"/admin/pages/{sent['lan/skane/sfi/sv'].pk}/edit/" in message.body
    assert f"/admin/pages/{sent['lan/gotland/sfi/sv'].pk}/edit/" not in message.body
    assert "Decided" not in message.body
    assert send_digests(now + timedelta(minutes=5)).sent == 0
    NotificationChoice.objects.create(user=editor, digest=True, last_digest=now - timedelta(days=1))
    state = TaskState.objects.get(workflow_state__object_id=str(sent["lan/skane/sfi/sv"].pk))
    state.reject(user=publisher, comment="Se över datumet.")
    TaskState.objects.filter(pk=state.pk).update(finished_at=now)
    mail.outbox.clear()
    assert send_digests(now + timedelta(minutes=6)).sent == 1
    (message,) = mail.outbox
    assert message.to == [editor.email]
    assert "Changes wanted" in message.body
    assert "Se över datumet." in message.body
    mail.outbox.clear()
    # The next day: the publisher has nothing left, the editor has heard it.
    assert send_digests(now + timedelta(days=1)).sent == 0
    assert not mail.outbox


def test_a_mail_server_that_is_down_loses_no_digest(
    crowd: dict[str, Any],  # noqa: F811
    sent: dict[str, BasePage],
    settings: Any,
) -> None:
    choice = NotificationChoice.objects.create(user=crowd["county-publisher-12-"], digest=True)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    with pytest.raises(CommandError, match="1 digests could not be sent"):
        call_command("send_digests", stdout=StringIO())
    choice.refresh_from_db()
    assert choice.last_digest is None
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    call_command("send_digests", stdout=(out := StringIO()))
    assert out.getvalue() == "1 digests sent.\n"
    assert recipients() == {"county-publisher-12-"}


def test_the_choice_is_on_the_account_page(crowd: dict[str, Any]) -> None:  # noqa: F811
    user = crowd["county-publisher-12-"]
    client = Client()
    client.force_login(user)
    assert 'name="digest-digest"' in client.get("/admin/account/").content.decode()
    choice = NotificationChoice.objects.get(user=user)
    assert not choice.digest


@pytest.mark.parametrize("live", [False, True])
def test_the_site_administrators_get_no_title_of_a_draft(
    crowd: dict[str, Any],  # noqa: F811
    django_capture_on_commit_callbacks: Capture,
    live: bool,
) -> None:
    UserProfile.objects.create(user=crowd["site-administrator--"], preferred_language="en")
    page = make_page("att-bo/", model=ThemePage, live=live, title="Att bo" if live else "Hemligt")
    page.title = "Hemligt nu"
    page.save_revision()
    age(send(page, crowd["national-editor--"], django_capture_on_commit_callbacks), 6)
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        assert escalate() == 1
    (message,) = mail.outbox
    assert message.to == [crowd["site-administrator--"].email]
    name = "Att bo" if live else f"Page {page.pk}"
    assert message.subject == f"Nobody decides: {name}"
    assert f"“{name}” has waited" in message.body
    assert "Where: National pages, Svenska".casefold() in message.body.casefold()
    assert f"/admin/pages/{page.pk}/edit/" in message.body
    assert "Hemligt" not in f"{message.subject} {message.body}"


@pytest.mark.parametrize("asked_for_changes", [False, True])
def test_the_digest_says_what_ended_without_a_decision(
    crowd: dict[str, Any],  # noqa: F811
    sent: dict[str, BasePage],
    asked_for_changes: bool,
) -> None:
    editor, publisher = crowd["county-editor-12-"], crowd["county-publisher-12-"]
    UserProfile.objects.create(user=editor, preferred_language="en")
    page = sent["lan/skane/sfi/sv"]
    state = WorkflowState.objects.get(object_id=str(page.pk))
    if asked_for_changes:
        state.current_task_state.reject(user=publisher)
        state.refresh_from_db()
    NotificationChoice.objects.create(user=editor, digest=True, last_digest=timezone.now())
    state.cancel(user=publisher)
    tomorrow = timezone.now() + timedelta(days=1)
    assert send_digests(tomorrow).sent == 1
    (message,) = mail.outbox
    assert message.to == [editor.email]
    ended = f"{publisher.username} has ended the moderation of what you sent of “{page.title}”, without a decision"
    assert ended in message.body
    assert "Changes wanted" not in message.body
    assert send_digests(tomorrow + timedelta(days=1)).sent == 0


def test_what_is_gone_when_its_turn_comes_is_skipped(
    crowd: dict[str, Any],  # noqa: F811
    sent: dict[str, BasePage],
) -> None:
    def keep_one(sender: Any, instance: Any, **_signal: Any) -> None:
        if sender is Escalation:
            TaskState.objects.exclude(pk=instance.task_state_id).delete()
        elif sender is NotificationChoice and instance.last_digest is not None:
            NotificationChoice.objects.exclude(pk=instance.pk).delete()

    for name in ("county-publisher-12-", "reviewer-12-ar", "reviewer--ar"):
        NotificationChoice.objects.create(user=crowd[name], digest=True)
    post_save.connect(keep_one)
    try:
        result = send_digests()
        assert escalate() == 1
    finally:
        post_save.disconnect(keep_one)
    assert (result.sent, result.failed) == (1, 0)


def test_sending_for_review_holds_the_page_before_it_asks_whether_it_waits(crowd: dict[str, Any]) -> None:  # noqa: F811
    body = paragraphs("Ett.")
    source = make_page("att-bo/", model=ThemePage, body=body)
    page = make_page("att-bo/", "ar", ThemePage, body=body)
    assert join(source, page).aligned
    with CaptureQueriesContext(connection) as queries:
        send_for_review(page, crowd["translator--ar"])
    statements = [query["sql"] for query in queries if query["sql"].startswith("SELECT")]
    assert 'FROM "wagtailcore_page" WHERE "wagtailcore_page"."id"' in statements[0]
    if connection.features.has_select_for_update:
        assert "FOR UPDATE" in statements[0]
    assert any("wagtailcore_workflowstate" in statement for statement in statements[1:])
