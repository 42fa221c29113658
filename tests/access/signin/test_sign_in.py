"""Signing in with a password: what is open, what is shut, and what is said."""

from __future__ import annotations

from typing import Any

import pytest
from allauth.urls import urlpatterns as allauth_patterns
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core import mail
from django.test import Client
from django.urls import NoReverseMatch, URLResolver, reverse

from cms.access.signin.addresses import CLOSED, ENTRANCE, MANAGE
from tests.access.signin.conftest import PASSWORD, sign_in

pytestmark = pytest.mark.django_db


def names(patterns: list[Any]) -> set[str | None]:
    found: set[str | None] = set()
    for entry in patterns:
        found |= names(entry.url_patterns) if isinstance(entry, URLResolver) else {entry.name}
    return found


def test_every_address_of_allauth_is_wanted_or_shut() -> None:
    # The unnamed ones are old addresses that lead to named ones; they are shut too.
    assert names(allauth_patterns) - {None} == ENTRANCE | MANAGE | CLOSED


@pytest.mark.parametrize("name", sorted(CLOSED))
def test_what_is_shut_says_so_and_does_nothing(name: str, editor: Any) -> None:
    address = reverse(name, kwargs={"key": "abc"} if name == "account_confirm_email" else None)
    client = Client()
    for _signed_in in (False, True):
        form = {"email": "new@example.org", "password1": PASSWORD, "password2": PASSWORD}
        for response in (client.get(address), client.post(address, form)):
            assert response.status_code == 403
            assert "inbjudan" in response.content.decode() or "invitation" in response.content.decode()
        client.force_login(editor)
    assert not get_user_model().objects.filter(email="new@example.org").exists()


def test_the_old_addresses_of_allauth_are_shut() -> None:
    assert Client().get("/accounts/social/signup/").status_code == 403


def test_email_and_password_sign_in(editor: Any) -> None:
    client = Client()
    response = sign_in(client, editor.email.upper())
    assert (response.status_code, response["Location"]) == (302, "/admin/")
    assert client.get("/admin/").status_code == 200
    assert Client().post("/accounts/login/", {"login": editor.email, "password": "wrong"}).status_code == 200


@pytest.mark.parametrize(
    "onward", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "/\\evil.example"]
)
def test_next_leads_nowhere_else(editor: Any, onward: str) -> None:
    response = Client().get("/admin/login/", {"next": onward})
    assert response["Location"] == "/accounts/login/"
    form = {"login": editor.email, "password": PASSWORD, "next": onward}
    assert Client().post("/accounts/login/", form)["Location"] == "/admin/"


@pytest.mark.parametrize("address", ["/admin/login/", "/sv/_util/login/"])
def test_wagtails_own_ways_in_lead_to_ours(address: str, editor: Any) -> None:
    response = Client().get(address, {"next": "/admin/pages/"})
    assert (response.status_code, response["Location"]) == (302, "/accounts/login/?next=%2Fadmin%2Fpages%2F")
    client = Client()
    client.post(address, {"username": editor.username, "password": PASSWORD})
    assert "_auth_user_id" not in client.session


def test_wagtails_password_reset_leads_to_ours(editor: Any) -> None:
    for address in (
        "/admin/password_reset/",
        "/admin/password_reset/done/",
        "/admin/password_reset/confirm/MQ/abc-def/",
    ):
        assert Client().get(address)["Location"] == "/accounts/password/reset/"
    Client().post("/admin/password_reset/", {"email": editor.email})
    assert mail.outbox == []


def test_signing_out_works_from_both_sides(editor: Any) -> None:
    for address in ("/admin/logout/", "/accounts/logout/"):
        client = Client()
        client.force_login(editor)
        assert client.post(address).status_code == 302
        assert "_auth_user_id" not in client.session


def test_a_mail_for_a_new_password_says_the_same_to_everybody(editor: Any) -> None:
    answers = []
    for email in (editor.email, "nobody@example.org"):
        response = Client().post("/accounts/password/reset/", {"email": email}, headers={"host": "evil.example"})
        answers.append((response.status_code, response["Location"]))
    assert answers[0] == answers[1] == (302, "/accounts/password/reset/done/")
    [message] = mail.outbox
    assert message.to == [editor.email]
    # By the site's own address, whatever the Host header said.
    assert f"{settings.WAGTAILADMIN_BASE_URL}/accounts/password/reset/key/" in message.body
    assert "evil.example" not in message.body


def test_account_pages_are_not_kept_and_not_found_by_search_engines() -> None:
    response = Client().get("/accounts/login/")
    text = response.content.decode()
    assert "noindex" in response["X-Robots-Tag"]
    assert "no-store" in response["Cache-Control"]
    assert '<meta name="robots" content="noindex">' in text
    assert "http://" not in text.replace("http://www.w3.org", "")
    assert "script-src 'self'" in response["Content-Security-Policy"]
    assert "signup" not in text


@pytest.mark.parametrize(
    ("header", "language"),
    [("sv-SE,sv;q=0.9", "sv"), ("en-GB", "en"), ("ar,so;q=0.8,en;q=0.5", "en"), ("ti", "sv"), ("", "sv")],
)
def test_account_pages_speak_swedish_or_english(header: str, language: str) -> None:
    response = Client(headers={"accept-language": header}).get("/accounts/login/")
    assert f'<html lang="{language}">' in response.content.decode()


def test_no_address_names_signing_up() -> None:
    with pytest.raises(NoReverseMatch):
        reverse("account_signup_by_passkey")


def test_the_account_page_changes_neither_address_nor_password(editor: Any) -> None:
    client = Client()
    client.force_login(editor)
    text = client.get("/admin/account/").content.decode()
    assert "/accounts/password/change/" in text
    assert "/accounts/2fa/" in text
    client.post(
        "/admin/account/",
        {
            "name_email-first_name": "A",
            "name_email-last_name": "B",
            "name_email-email": "other@example.org",
            "password-old_password": PASSWORD,
            "password-new_password1": "another long one",
            "password-new_password2": "another long one",
        },
    )
    editor.refresh_from_db()
    assert editor.email != "other@example.org"
    assert editor.check_password(PASSWORD)
