"""New accounts and their invitations."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core import mail
from django.core.exceptions import ValidationError
from django.test import Client
from wagtail.users.models import UserProfile

from cms.access.signin.invitations import invite, new_account
from tests.access.signin.conftest import sign_in

pytestmark = pytest.mark.django_db

PASSWORD = "a chosen password"


def link_in(body: Any) -> str:
    found = re.search(r"http\S+?(/accounts/password/reset/key/\S+)", str(body))
    assert found is not None, body
    return found.group(1)


def choose(client: Client, link: str, password: str = PASSWORD) -> Any:
    response = client.get(link)
    if response.status_code == 302:
        response = client.post(response["Location"], {"password1": password, "password2": password})
    return response


def test_an_account_is_written_in_one_way_and_signs_nobody_in() -> None:
    user = new_account(" Anna.Berg@Example.org ", "Anna Berg Ek")
    assert (user.username, user.email) == ("anna.berg@example.org", "anna.berg@example.org")
    assert (user.first_name, user.last_name) == ("Anna", "Berg Ek")
    assert not user.has_usable_password()
    assert (user.is_staff, user.is_superuser) == (False, False)


@pytest.mark.parametrize("email", ["anna@example.org", "ANNA@example.org"])
def test_an_address_has_one_account(email: str) -> None:
    new_account("Anna@example.org")
    with pytest.raises(ValidationError, match=r"anna@example\.org"):
        new_account(email)
    assert get_user_model().objects.filter(email__iexact=email).count() == 1


def test_an_older_account_with_other_capitals_counts_too() -> None:
    get_user_model().objects.create_user("Berit", email="Berit@Example.org")
    with pytest.raises(ValidationError):
        new_account("berit@example.org")


@pytest.mark.parametrize("email", ["", "anna", "anna@", "a b@example.org", "x" * 200 + "@example.org"])
def test_what_is_no_address_is_refused(email: str) -> None:
    with pytest.raises(ValidationError):
        new_account(email)
    assert not get_user_model().objects.exists()


def test_the_invited_person_chooses_her_password_once() -> None:
    user = new_account("anna@example.org", "Anna Berg")
    inviter = get_user_model().objects.create_user("boss", email="boss@example.org", first_name="Bo", last_name="Ek")
    UserProfile.objects.create(user=user, preferred_language="en")
    invite(user, by=inviter)
    [message] = mail.outbox
    assert message.to == ["anna@example.org"]
    assert "Bo Ek has made an account for you" in message.body
    assert "3 days" in message.body
    link = link_in(message.body)
    assert choose(Client(), link).status_code == 302
    assert sign_in(Client(), "anna@example.org", PASSWORD).status_code == 302
    # A second time it opens nothing.
    response = choose(Client(), link, "another password")
    assert response.status_code == 200
    assert sign_in(Client(), "anna@example.org", PASSWORD).status_code == 302


def test_the_link_ends(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    user = new_account("anna@example.org")
    invite(user)
    settings.PASSWORD_RESET_TIMEOUT = -1
    assert choose(Client(), link_in(mail.outbox[0].body)).status_code == 200


def test_a_weak_password_is_refused() -> None:
    user = new_account("anna@example.org")
    invite(user)
    for weak in ("short", "123456789012", "password1234"):
        assert choose(Client(), link_in(mail.outbox[0].body), weak).status_code == 200
    user.refresh_from_db()
    assert not user.has_usable_password()


def test_who_has_a_password_or_is_closed_is_not_invited() -> None:
    user = new_account("anna@example.org")
    user.set_password(PASSWORD)
    user.save()
    with pytest.raises(ValidationError):
        invite(user)
    user.set_unusable_password()
    user.is_active = False
    user.save()
    with pytest.raises(ValidationError):
        invite(user)
    assert mail.outbox == []
