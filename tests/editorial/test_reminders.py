"""Mails to translators and reviewers: each event once, to who is asked, in her language."""

from __future__ import annotations

import datetime
from io import StringIO
from typing import Any

import pytest
from django.conf import settings
from django.core import mail
from django.core.management import CommandError, call_command
from django.utils import timezone
from wagtail.users.models import UserProfile

from cms.access.models import NotificationChoice
from cms.editorial.models import ReminderSent
from cms.editorial.reminders import Sent, send_reminders
from cms.translation.models import ItemStatus, Order, OrderItem, TranslationRecord
from cms.translation.moderation import send_for_review
from pages.models import BasePage, LocalPage
from tests.access.test_sync import person
from tests.factories import again, make_home, make_page, page_at, publish
from tests.translation.test_records import record, translate, with_text

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def made(shared_database: None) -> BasePage:
    make_home()
    make_home("ar")
    return make_page("om/", title="Om oss", search_description="Kort.")


@pytest.fixture
def source(made: BasePage) -> BasePage:
    return again(made)


@pytest.fixture
def translator() -> Any:
    user = person("translator", language="ar")
    UserProfile.objects.create(user=user, preferred_language="en")
    return user


def order(source: BasePage, days: int | None, translator: Any = None, language: str = "ar") -> OrderItem:
    found = record(source, language)
    deadline = timezone.localdate() + datetime.timedelta(days=days) if days is not None else None
    placed = Order.objects.create(token=f"{source.pk} {language}", deadline=deadline, comment="Bråttom, tack")
    item = OrderItem.objects.create(order=placed, record=found, translator=translator, status=ItemStatus.OPEN)
    TranslationRecord.objects.filter(pk=found.pk).update(item=item)
    return item


def later(days: int) -> datetime.datetime:
    return timezone.now() + datetime.timedelta(days=days)


def sent() -> list[tuple[str, str]]:
    """Recipient and subject of what was sent; the outbox is empty afterwards."""
    found = sorted((message.to[0], str(message.subject)) for message in mail.outbox)
    mail.outbox.clear()
    return found


def test_who_translates_the_language_hears_of_an_order_once(source: BasePage, translator: Any) -> None:
    person("translator", language="ti")
    person("translator", "12", "ar")
    order(source, 10)
    assert send_reminders() == Sent(1, 0)
    (message,) = mail.outbox
    assert (message.to, message.subject) == ([translator.email], "1 translation ordered")
    assert "Om oss (العربية)" in message.body
    assert "Bråttom, tack" in message.body
    assert f"/admin/translation/{record(source).pk}/" in message.body
    assert send_reminders() == Sent(0, 0)
    assert len(mail.outbox) == 1


def test_due_and_overdue_each_once(source: BasePage, translator: Any) -> None:
    order(source, 10)
    send_reminders()
    sent()
    for day, subject in ((6, None), (7, "1 translation due within three days"), (8, None), (10, None)):
        send_reminders(later(day))
        assert sent() == ([(translator.email, subject)] if subject else []), day
    send_reminders(later(11))
    assert sent() == [(translator.email, "1 translation overdue")]
    send_reminders(later(30))
    assert sent() == []


def test_a_new_deadline_is_a_new_event(source: BasePage, translator: Any) -> None:
    item = order(source, 1)
    send_reminders()
    Order.objects.filter(pk=item.order_id).update(deadline=timezone.localdate() + datetime.timedelta(days=2))
    sent()
    send_reminders()
    assert sent() == [(translator.email, "1 translation due within three days")]


def test_the_one_who_is_named_hears_alone(source: BasePage, translator: Any) -> None:
    reviewer = person("reviewer", language="ar")
    order(source, 10, reviewer)
    send_reminders()
    assert [to for to, _subject in sent()] == [reviewer.email]


def test_of_who_is_named_and_has_gone_the_others_hear(source: BasePage, translator: Any) -> None:
    other = person("reviewer", language="ar")
    order(source, 10, other)
    type(other).objects.filter(pk=other.pk).update(is_active=False)
    send_reminders()
    assert [to for to, _subject in sent()] == [translator.email]


def test_a_county_s_translators_hear_of_its_pages(source: BasePage, translator: Any) -> None:
    publish(page_at("lan/skane/"))
    county = make_page("lan/skane/sfi/", model=LocalPage)
    own = person("translator", "12", "ar")
    order(county, 10)
    send_reminders()
    assert [to for to, _subject in sent()] == [own.email]


def test_in_review_the_reviewers_hear_of_the_deadline(source: BasePage, translator: Any) -> None:
    translate(source)
    publish(source, body=with_text(source, 0, "Något annat."))
    order(source, 10)
    send_for_review(page_at("om/", "ar"), translator)
    reviewer = person("reviewer", language="ar")
    mail.outbox.clear()
    send_reminders()
    assert sent() == []
    send_reminders(later(20))
    assert [to for to, _subject in sent()] == [reviewer.email]


def test_each_return_is_an_event(source: BasePage, translator: Any) -> None:
    translate(source)
    publish(source, body=with_text(source, 0, "Något annat."))
    reviewer = person("reviewer", language="ar")
    for _time in range(2):
        send_for_review(page_at("om/", "ar"), translator)
        page = page_at("om/", "ar")
        page.current_workflow_task.specific.on_action(page.current_workflow_task_state, reviewer, "reject")
        assert record(source).returned
        mail.outbox.clear()
        send_reminders()
        send_reminders()
        told = [to for to, subject in sent() if subject == "1 translation returned with comments"]
        assert told == [translator.email]


def test_who_chose_one_mail_a_day_gets_one(source: BasePage, translator: Any) -> None:
    NotificationChoice.objects.create(user=translator, digest=True)
    order(source, 10)
    order(make_page("nytt/", title="Nytt"), -1)
    assert send_reminders() == Sent(1, 0)
    (message,) = mail.outbox
    assert message.subject == "2 translations wait for you"
    assert message.body.index("Nytt (") < message.body.index("Om oss (")
    order(make_page("mer/"), 10)
    assert send_reminders() == Sent(0, 0)
    assert send_reminders(later(1)) == Sent(1, 0)


def test_without_a_digest_a_mail_a_kind(source: BasePage, translator: Any) -> None:
    order(source, 10)
    order(make_page("nytt/"), 10)
    order(make_page("mer/"), -1)
    send_reminders()
    assert [subject for _to, subject in sent()] == ["1 translation overdue", "2 translations ordered"]


def test_in_the_recipient_s_language(source: BasePage, translator: Any) -> None:
    UserProfile.objects.filter(user=translator).update(preferred_language="sv")
    order(source, None)
    send_reminders()
    (message,) = mail.outbox
    assert settings.LANGUAGE_CODE == "sv"
    assert "Deadline" not in message.body


def test_nothing_to_closed_accounts_nor_without_an_address(source: BasePage, translator: Any) -> None:
    order(source, 10)
    type(translator).objects.filter(pk=translator.pk).update(is_active=False)
    assert send_reminders() == Sent(0, 0)
    type(translator).objects.filter(pk=translator.pk).update(is_active=True, email="")
    assert send_reminders() == Sent(0, 0)
    assert not ReminderSent.objects.exists()


def test_what_could_not_be_sent_is_sent_by_the_next_run(
    source: BasePage, translator: Any, settings: Any, tmp_path: Any
) -> None:
    order(source, 10)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    with pytest.raises(CommandError, match="1 reminders could not be sent"):
        call_command("translation_reminders", stdout=StringIO())
    assert not ReminderSent.objects.exists()
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    out = StringIO()
    call_command("translation_reminders", stdout=out)
    assert out.getvalue().strip() == "1 reminders sent."


def test_what_is_done_is_not_reminded_of(source: BasePage, translator: Any) -> None:
    order(source, -1)
    translate(source)
    assert send_reminders() == Sent(0, 0)
