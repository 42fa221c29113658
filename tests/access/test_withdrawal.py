"""The nation's publishers take a county's page off the site, and tell the county why."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client, TestCase

from cms.access.models import RoleAssignment
from cms.access.models.audit import AuditEntry
from cms.access.withdrawal import withdraw
from pages.models import BasePage, CountyPage, LocalPage
from tests.access.test_adversary import EVERYBODY, client_of
from tests.access.test_sync import person
from tests.factories import again, make_home, make_page, page_at, publish

pytestmark = pytest.mark.django_db

REASON = "Telefonnumret på sidan är fel."


@pytest.fixture(scope="module")
def made(shared_database: None) -> BasePage:
    make_home()
    make_home("ar")
    county_page = publish(page_at("lan/skane/"))
    make_page("lan/skane/", "ar", CountyPage, county=county_page.county)
    found = make_page("lan/skane/sfi/", model=LocalPage, title="SFI i Skåne")
    make_page("lan/skane/sfi/", "ar", LocalPage)
    return found


@pytest.fixture
def page(made: BasePage) -> BasePage:
    return again(made)


def _withdraw(user: Any, page: BasePage, reason: str = REASON) -> Any:
    with TestCase.captureOnCommitCallbacks(execute=True):
        return client_of(user).post(f"/admin/withdraw/{page.pk}/", {"reason": reason})


def _live(page: BasePage) -> list[bool]:
    return [found.live for found in page.get_translations(inclusive=True).order_by("locale_id")]


def test_it_goes_off_in_every_language_and_the_county_gets_the_reason(page: BasePage, mailoutbox: list[Any]) -> None:
    publisher, _other = person("county-publisher", "12"), person("county-publisher", "09")
    person("county-editor", "12")
    assert _withdraw(person("national-publisher"), page).status_code == 302
    assert _live(page) == [False, False]
    assert [mail.to for mail in mailoutbox] == [[publisher.email]]
    assert REASON in mailoutbox[0].body
    assert f"/admin/pages/{page.pk}/edit/" in mailoutbox[0].body
    assert Client().get("/sv/lan/skane/sfi/").status_code == 404
    entry = AuditEntry.objects.get(event="withdrawn")
    assert entry.about == "/sv/lan/skane/sfi/"


@pytest.mark.parametrize("who", [who for who in EVERYBODY if who[0] != "national-publisher"], ids=str)
def test_nobody_else_withdraws(page: BasePage, who: tuple[str, str | None, str], mailoutbox: list[Any]) -> None:
    assert _withdraw(person(*who), page).status_code == 403
    assert _live(page) == [True, True]
    assert not mailoutbox


@pytest.mark.parametrize("reason", ["", "   ", "kort"])
def test_a_reason_is_asked_for(page: BasePage, reason: str, mailoutbox: list[Any]) -> None:
    response = _withdraw(person("national-publisher"), page, reason)
    assert response.status_code == 200
    assert response.context["form"].errors["reason"]
    assert _live(page) == [True, True]
    assert not mailoutbox


def test_a_page_that_others_hang_on_is_not_withdrawn_nor_a_national_one(page: BasePage) -> None:
    user = person("national-publisher")
    for found in (page_at("lan/skane/"), page_at("")):
        _withdraw(user, found)
        found.refresh_from_db()
        assert found.live


def test_what_is_not_published_cannot_be_withdrawn(page: BasePage) -> None:
    draft = make_page("lan/skane/utkast/", model=LocalPage, live=False, title="Hemligt")
    response = client_of(person("national-publisher")).get(f"/admin/withdraw/{draft.pk}/", follow=True)
    assert response.status_code == 404
    assert "Hemligt" not in response.content.decode()


def test_a_mail_server_that_is_down_stops_nothing(page: BasePage, settings: Any, caplog: Any) -> None:
    first, second = person("county-publisher", "12"), _another_publisher("second@example.org")
    _another_publisher("")
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    response = _withdraw(person("national-publisher"), page)
    assert response.status_code == 302
    assert _live(page) == [False, False]
    failed = [record.getMessage() for record in caplog.records if "was not sent" in record.getMessage()]
    assert sorted(failed) == sorted(f"The mail withdrawn to user {user.pk} was not sent" for user in (first, second))


def test_told_are_those_who_have_an_address(page: BasePage, mailoutbox: list[Any]) -> None:
    person("county-publisher", "12")
    _another_publisher("")
    with TestCase.captureOnCommitCallbacks(execute=True):
        assert withdraw(person("national-publisher"), page, REASON) == 1
    assert [mail.to for mail in mailoutbox] == [["county-publisher-12-@example.org"]]


def _another_publisher(email: str) -> Any:
    user = get_user_model().objects.create_user(email or "no-address", email, "a long password")
    RoleAssignment.objects.create(user=user, role="county-publisher", county_id="12")
    return user
