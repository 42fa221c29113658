"""Guessing passwords and codes."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from axes.models import AccessAttempt
from django.test import Client, RequestFactory
from django.utils import timezone

from cms.access.signin.guessing import LIMITS, account_of, client_address
from tests.access.signin.conftest import sign_in

pytestmark = pytest.mark.django_db


def guess(email: str, times: int, address: str = "192.0.2.1") -> Any:
    response = None
    for _time in range(times):
        response = sign_in(Client(), email, "wrong", REMOTE_ADDR=address)
    return response


@pytest.fixture(autouse=True)
def _no_pause(settings: Any) -> None:
    """allauth's limits for each minute have their own tests; here django-axes counts."""
    settings.ACCOUNT_RATE_LIMITS = False


def test_the_fifth_wrong_try_locks_the_account_for_that_address(editor: Any) -> None:
    assert guess(editor.email, LIMITS[0] - 1).status_code == 200
    response = guess(editor.email, 1)
    assert response.status_code == 429
    assert "30 minut" in response.content.decode()
    assert response["Retry-After"] == "1800"
    # The right password doesn't help there any more, from elsewhere it does.
    assert sign_in(Client(), editor.email, REMOTE_ADDR="192.0.2.1").status_code == 429
    assert sign_in(Client(), editor.email, REMOTE_ADDR="192.0.2.2").status_code == 302


def test_the_lock_ends_and_what_was_counted_is_forgotten(editor: Any) -> None:
    guess(editor.email, LIMITS[0])
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=31))
    assert sign_in(Client(), editor.email, REMOTE_ADDR="192.0.2.1").status_code == 302
    assert AccessAttempt.objects.count() == 0


def test_an_unknown_account_is_locked_the_same_way(db: None) -> None:
    assert guess("nobody@example.org", LIMITS[0]).status_code == 429


def test_an_address_that_tries_many_accounts_is_locked(editor: Any) -> None:
    for number in range(LIMITS[1]):
        guess(f"nobody-{number}@example.org", 1)
    assert sign_in(Client(), editor.email, REMOTE_ADDR="192.0.2.1").status_code == 429
    assert sign_in(Client(), editor.email, REMOTE_ADDR="192.0.2.2").status_code == 302


def test_an_account_that_many_addresses_try_is_locked(editor: Any) -> None:
    for number in range(LIMITS[2]):
        guess(editor.email, 1, f"198.51.100.{number}")
    assert sign_in(Client(), editor.email, REMOTE_ADDR="203.0.113.9").status_code == 429


def test_behind_a_proxy_the_client_counts_and_invents_nothing(settings: Any, editor: Any) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    for number in range(LIMITS[0]):
        # What the client itself claims stands before what the proxy saw.
        header = f"10.0.0.{number}, 192.0.2.1"
        response = sign_in(Client(), editor.email, "wrong", REMOTE_ADDR="127.0.0.1", HTTP_X_FORWARDED_FOR=header)
    assert response.status_code == 429
    other = sign_in(Client(), editor.email, REMOTE_ADDR="127.0.0.1", HTTP_X_FORWARDED_FOR="192.0.2.2")
    assert other.status_code == 302


@pytest.mark.parametrize(
    ("proxies", "header", "expected"),
    [
        (0, "10.0.0.1", "127.0.0.1"),
        (1, "", "127.0.0.1"),
        (1, "10.0.0.1", "10.0.0.1"),
        (1, "6.6.6.6, 10.0.0.1", "10.0.0.1"),
        (2, "6.6.6.6, 10.0.0.1, 172.16.0.1", "10.0.0.1"),
        (2, "10.0.0.1", "127.0.0.1"),
        (1, "1.2.3.4:55", "1.2.3.4"),
        (1, "[2001:db8::1]:55", "2001:db8::1"),
        (1, "[2001:db8::1]", "2001:db8::1"),
        (1, "2001:0DB8::1", "2001:db8::1"),
        (1, "fe80::1%eth0", "fe80::1"),
        (1, "::ffff:1.2.3.4", "1.2.3.4"),
        (1, "unknown", "127.0.0.1"),
        (1, "1.2.3.4.5", "127.0.0.1"),
        (1, "10.0.0.1, '", "127.0.0.1"),
    ],
)
def test_the_address_is_what_the_outermost_trusted_proxy_saw(
    settings: Any, proxies: int, header: str, expected: str
) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    request = RequestFactory().get("/", headers={"x-forwarded-for": header} if header else {})
    assert client_address(request) == expected


def test_neither_the_password_nor_the_account_is_written_into_a_form_dump(editor: Any) -> None:
    guess(editor.email, 1)
    attempt = AccessAttempt.objects.get()
    assert "wrong" not in attempt.post_data
    assert editor.email not in attempt.post_data


def test_a_nul_in_the_account_is_no_error_and_counts_for_the_account(editor: Any) -> None:
    assert guess(f"{editor.email}\0", 1).status_code == 200
    for _time in range(LIMITS[0]):
        response = sign_in(Client(), editor.email, "wrong", REMOTE_ADDR="192.0.2.1")
    assert response.status_code == 429
    assert set(AccessAttempt.objects.values_list("username", flat=True)) == {editor.email}
    request = RequestFactory().post("/accounts/login/", {"login": "a\0b\0"})
    assert account_of(request) == "ab"


def test_a_forwarded_port_is_no_error(settings: Any, editor: Any) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    response = sign_in(Client(), editor.email, "wrong", HTTP_X_FORWARDED_FOR="1.2.3.4:55")
    assert response.status_code == 200
    assert AccessAttempt.objects.get().ip_address == "1.2.3.4"
