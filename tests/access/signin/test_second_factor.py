"""Second factors: who must have one, and that a guessed code is none."""

from __future__ import annotations

import time
from io import StringIO
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.contrib.auth import get_user_model
from django.contrib.messages import get_messages
from django.core.management import CommandError, call_command
from django.test import Client

from cms.access.roles import ROLES, Needs
from cms.access.signin.middleware import lacks_second_factor
from tests.access.signin.conftest import PASSWORD, addressed, sign_in
from tests.access.test_sync import person

pytestmark = pytest.mark.django_db

SECRET = "JBSWY3DPEHPK3PXP"


def code(steps: int = 0) -> str:
    return format_hotp_value(hotp_value(SECRET, int(time.time()) // 30 + steps))


@pytest.fixture(autouse=True)
def _required(settings: Any) -> None:
    settings.SECOND_FACTOR_REQUIRED = True


@pytest.mark.parametrize("role", ROLES, ids=lambda role: role.key)
def test_the_table_of_roles_says_who_needs_one(role: Any) -> None:
    county = "12" if role.needs is Needs.COUNTY else None
    user = person(role.key, county, "ar" if role.needs is Needs.LANGUAGE else "")
    assert lacks_second_factor(user) is role.second_factor


def test_whoever_installed_the_site_needs_one_too() -> None:
    assert lacks_second_factor(get_user_model().objects.create_superuser("root@example.org"))


@pytest.mark.parametrize(
    "address", ["/admin/", "/admin/pages/", "/admin/account/", "/admin/api/main/pages/", "/admin/nowhere/"]
)
def test_without_one_no_address_of_the_editors_side_answers(publisher: Any, address: str) -> None:
    client = Client(headers={"accept-language": "en"})
    assert sign_in(client, publisher.email).status_code == 302
    response = client.get(address)
    assert (response.status_code, response["Location"]) == (302, "/accounts/2fa/")
    assert client.post(address)["Location"] == "/accounts/2fa/"
    text = client.get("/accounts/2fa/").content.decode()
    assert "second step when you sign in" in text or "andra steg" in text
    refused = client.get(address, headers={"x-requested-with": "XMLHttpRequest"})
    assert refused.status_code == 403
    assert refused.json()["reason"]
    assert client.post("/admin/logout/").status_code == 302


def test_an_editor_needs_none(editor: Any) -> None:
    client = Client()
    sign_in(client, editor.email)
    assert client.get("/admin/").status_code == 200


def test_setting_one_up_opens_the_doors_and_removing_it_shuts_them(publisher: Any) -> None:
    client = Client()
    sign_in(client, publisher.email)
    page = client.get("/accounts/2fa/totp/activate/")
    assert page.status_code == 200
    secret = page.context["form"].secret
    value = format_hotp_value(hotp_value(secret, int(time.time()) // 30))
    response = client.post("/accounts/2fa/totp/activate/", {"code": value})
    assert response.status_code == 302
    assert client.get("/admin/").status_code == 200
    assert Authenticator.objects.filter(user=publisher, type="recovery_codes").exists()
    assert client.get("/accounts/2fa/recovery-codes/").status_code == 200
    assert client.post("/accounts/2fa/totp/deactivate/").status_code == 302
    response = client.get("/admin/")
    assert (response.status_code, response["Location"]) == (302, "/accounts/2fa/")


def test_the_password_alone_signs_nobody_in_who_has_one(publisher: Any) -> None:
    TOTP.activate(publisher, SECRET)
    client = Client()
    assert sign_in(client, publisher.email)["Location"] == "/accounts/2fa/authenticate/"
    assert "_auth_user_id" not in client.session
    assert client.get("/admin/")["Location"].startswith("/accounts/login/")
    assert client.post("/accounts/2fa/authenticate/", {"code": "000000"}).status_code == 200
    value = code()
    assert client.post("/accounts/2fa/authenticate/", {"code": value})["Location"] == "/admin/"
    assert client.get("/admin/").status_code == 200
    # The same code a second time, in another browser.
    other = Client()
    sign_in(other, publisher.email)
    assert other.post("/accounts/2fa/authenticate/", {"code": value}).status_code == 200
    assert "_auth_user_id" not in other.session


def test_a_recovery_code_works_once(publisher: Any) -> None:
    TOTP.activate(publisher, SECRET)
    first = RecoveryCodes.activate(publisher).get_unused_codes()[0]
    for expected in (302, 200):
        client = Client()
        sign_in(client, publisher.email)
        assert client.post("/accounts/2fa/authenticate/", {"code": first}).status_code == expected


def test_codes_are_not_to_be_guessed(publisher: Any) -> None:
    TOTP.activate(publisher, SECRET)
    for number in range(5):
        client = Client()
        sign_in(client, publisher.email, REMOTE_ADDR=f"192.0.2.{number}")
        client.post("/accounts/2fa/authenticate/", {"code": "000000"}, REMOTE_ADDR=f"192.0.2.{number}")
    client = Client()
    sign_in(client, publisher.email, REMOTE_ADDR="192.0.2.99")
    # The right one, after five wrong ones from anywhere: too late.
    response = client.post("/accounts/2fa/authenticate/", {"code": code()}, REMOTE_ADDR="192.0.2.99")
    assert response.status_code == 200
    assert "_auth_user_id" not in client.session


def test_a_factor_is_changed_only_by_who_has_just_signed_in(publisher: Any) -> None:
    TOTP.activate(publisher, SECRET)
    client = Client()
    client.force_login(publisher)
    for address in (
        "/accounts/2fa/totp/deactivate/",
        "/accounts/2fa/webauthn/add/",
        "/accounts/2fa/recovery-codes/generate/",
    ):
        assert "reauthenticate" in client.post(address)["Location"]
    assert Authenticator.objects.filter(user=publisher, type="totp").exists()


def test_nonsense_for_a_passkey_signs_nobody_in(publisher: Any) -> None:
    for value in ("", "{}", "[]", "null", '{"id": "x", "response": {"userHandle": "MQ"}}', '{"response": []}', '"x"'):
        client = Client()
        response = client.post("/accounts/2fa/webauthn/login/", {"credential": value})
        assert (response.status_code, response["Location"]) == (302, "/accounts/login/"), value
        assert "_auth_user_id" not in client.session
    client = Client()
    sign_in(client, publisher.email)
    for value in ("{}", "[]", '{"id": "x", "rawId": "x", "response": {"attestationObject": "x"}}'):
        assert client.post("/accounts/2fa/webauthn/add/", {"name": "x", "credential": value}).status_code == 200
    assert not Authenticator.objects.exists()


def test_another_persons_key_is_out_of_reach(publisher: Any) -> None:
    other = addressed(person("county-publisher", "09"))
    TOTP.activate(publisher, SECRET)
    TOTP.activate(other, SECRET)
    key = Authenticator.objects.create(user=other, type="webauthn", data={"name": "hers", "credential": {}})
    client = Client()
    sign_in(client, publisher.email)
    client.post("/accounts/2fa/authenticate/", {"code": code()})
    for action in ("remove", "edit"):
        assert client.post(f"/accounts/2fa/webauthn/keys/{key.pk}/{action}/", {"name": "mine"}).status_code in (
            302,
            404,
        )
    assert Authenticator.objects.get(pk=key.pk).data["name"] == "hers"


def test_a_lost_factor_is_reset_by_command(publisher: Any) -> None:
    TOTP.activate(publisher, SECRET)
    browser = Client()
    browser.force_login(publisher)
    out = StringIO()
    call_command("second_factor", "status", publisher.email, stdout=out)
    assert "since" in out.getvalue()
    call_command("second_factor", "reset", publisher.email.upper(), stdout=StringIO())
    assert not Authenticator.objects.filter(user=publisher).exists()
    assert browser.get("/admin/")["Location"].startswith("/accounts/login/")
    assert sign_in(Client(), publisher.email, PASSWORD).status_code == 200
    with pytest.raises(CommandError, match="No account"):
        call_command("second_factor", "reset", "nobody@example.org")


def test_the_sentence_is_said_once(publisher: Any) -> None:
    client = Client()
    sign_in(client, publisher.email)
    response = client.get("/admin/")
    assert len(list(get_messages(response.wsgi_request))) >= 1
    text = client.get("/accounts/2fa/").content.decode()
    again = client.get("/accounts/2fa/").content.decode()
    assert text.count('class="warning"') == 1
    assert 'class="warning"' not in again
