"""A real provider: the whole authorization code flow against Keycloak, with the browser's part done by requests."""

from __future__ import annotations

import html
import os
import re
import secrets
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests
from allauth.socialaccount.models import SocialApp
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.test import Client

from cms.access.models import RoleAssignment
from tests.access.signin.conftest import addressed
from tests.access.test_sync import person
from tests.conftest import REQUIRE_SERVICES

PASSWORD = "a long password"
SECONDS = 60
SITE = "http://testserver"


class Realm:
    """A county's realm, with a client for this site and the people of the test."""

    def __init__(self, address: str, site: str) -> None:
        self.address = address
        self.name = f"skane-{secrets.token_hex(4)}"
        self.session = requests.Session()
        answer = requests.post(
            f"{address}/realms/master/protocol/openid-connect/token",
            data={"grant_type": "password", "client_id": "admin-cli", "username": "admin", "password": "admin"},
            timeout=SECONDS,
        )
        answer.raise_for_status()
        self.session.headers["Authorization"] = f"Bearer {answer.json()['access_token']}"
        groups = {
            "name": "groups",
            "protocol": "openid-connect",
            "protocolMapper": "oidc-group-membership-mapper",
            "config": {
                "claim.name": "groups",
                "full.path": "false",
                "id.token.claim": "true",
                "userinfo.token.claim": "true",
            },
        }
        client = {
            "clientId": "vagvisare",
            "secret": "hidden",
            "redirectUris": [f"{site}/accounts/oidc/skane/login/callback/"],
            "standardFlowEnabled": True,
            "attributes": {"pkce.code.challenge.method": "S256"},
            "protocolMappers": [groups],
        }
        self.admin("POST", "", json={"realm": self.name, "enabled": True, "sslRequired": "none", "clients": [client]})
        self.admin("POST", f"/{self.name}/groups", json={"name": "redaktion"})

    @property
    def issuer(self) -> str:
        return f"{self.address}/realms/{self.name}"

    def admin(self, method: str, path: str, **options: Any) -> Any:
        answer = self.session.request(method, f"{self.address}/admin/realms{path}", timeout=SECONDS, **options)
        answer.raise_for_status()
        return answer

    def add(self, email: str, groups: tuple[str, ...] = (), *, verified: bool = True) -> str:
        """A person at the provider; returns its identifier for her."""
        credential = {"type": "password", "value": PASSWORD, "temporary": False}
        answer = self.admin(
            "POST",
            f"/{self.name}/users",
            json={
                "username": email,
                "email": email,
                "emailVerified": verified,
                "firstName": "Anna",
                "lastName": "Berg",
                "enabled": True,
                "credentials": [credential],
                "groups": list(groups),
            },
        )
        return str(answer.headers["Location"].rpartition("/")[2])

    def leave_groups(self, person_id: str) -> None:
        for group in self.admin("GET", f"/{self.name}/users/{person_id}/groups").json():
            self.admin("DELETE", f"/{self.name}/users/{person_id}/groups/{group['id']}")

    def remove(self) -> None:
        self.admin("DELETE", f"/{self.name}")


@pytest.fixture(scope="session")
def keycloak_url() -> str:
    """The address of the Keycloak that the environment names; without one the test is passed over."""
    address = os.environ.get("KEYCLOAK_URL", "")
    if not address:
        if REQUIRE_SERVICES:
            pytest.fail("KEYCLOAK_URL is not set")
        pytest.skip("KEYCLOAK_URL is not set")
    return address


@pytest.fixture
def realm(db: None, keycloak_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Realm]:
    made = Realm(keycloak_url, SITE)
    monkeypatch.setenv("OIDC_CLIENT_SECRET", "hidden")
    options = ["--name", "Skånes konto", "--county", "12", "--issuer", made.issuer, "--client-id", "vagvisare"]
    call_command("identity_provider", "add", "skane", *options)
    call_command("identity_provider", "map", "skane", "groups", "redaktion", "county-editor")
    yield made
    made.remove()


def sign_in_there(address: str, email: str) -> str:
    """Open Keycloak's form at ``address`` and fill it in; returns the path that it sends the person back to."""
    there = requests.Session()
    form = there.get(address, timeout=SECONDS)
    for cookie in there.cookies:
        # Loopback counts as secure, for Keycloak as for a browser; not for this library.
        cookie.secure = False
    action = re.search(r'action="([^"]+)"', form.text)
    assert action is not None, form.text
    data = {"username": email, "password": PASSWORD}
    answer = there.post(html.unescape(action.group(1)), data=data, allow_redirects=False, timeout=SECONDS)
    assert answer.status_code == 302, answer.text
    back = urlsplit(answer.headers["Location"])
    assert f"{back.scheme}://{back.netloc}" == SITE
    return f"{back.path}?{back.query}"


def come_in(email: str, client: Client) -> Any:
    """Go to Keycloak, sign in there, and come back; the site's answer."""
    return client.get(sign_in_there(client.get("/accounts/oidc/skane/login/")["Location"], email))


def held(email: str) -> set[tuple[str, str | None, str]]:
    return set(RoleAssignment.objects.filter(user__email=email).values_list("role", "county", "provider"))


def test_a_group_at_keycloak_gives_the_countys_role_and_leaving_it_takes_it(realm: Realm) -> None:
    there = realm.add("anna@example.org", ("redaktion",))
    client = Client()
    response = come_in("anna@example.org", client)
    assert (response.status_code, response.headers.get("Location")) == (302, "/admin/"), response.content.decode()
    assert held("anna@example.org") == {("county-editor", "12", "skane")}
    assert client.get("/admin/").status_code == 200
    realm.leave_groups(there)
    client = Client()
    come_in("anna@example.org", client)
    assert held("anna@example.org") == set()
    # Signed in, but without a role there is nothing to do: out again.
    assert client.get("/admin/")["Location"].startswith("/accounts/login/")


def test_without_the_group_nobody_gets_an_account(realm: Realm) -> None:
    realm.admin("POST", f"/{realm.name}/groups", json={"name": "site-administrator"})
    realm.add("eva@example.org", ("site-administrator",))
    client = Client()
    assert come_in("eva@example.org", client).status_code == 403
    assert not get_user_model().objects.filter(email="eva@example.org").exists()
    assert "_auth_user_id" not in client.session


def test_another_countys_publisher_is_refused(realm: Realm) -> None:
    user = addressed(person("county-publisher", "09"))
    realm.add(user.email, ("redaktion",))
    client = Client()
    assert come_in(user.email, client).status_code == 403
    assert held(user.email) == {("county-publisher", "09", "")}
    assert "_auth_user_id" not in client.session


def test_an_address_that_keycloak_has_not_verified_opens_no_account(realm: Realm) -> None:
    user = addressed(person("county-editor", "12"))
    realm.add(user.email, ("redaktion",), verified=False)
    client = Client()
    assert come_in(user.email, client).status_code == 403
    assert "_auth_user_id" not in client.session


def test_another_realms_word_counts_nothing(realm: Realm, keycloak_url: str) -> None:
    other = Realm(keycloak_url, SITE)
    try:
        other.add("anna@example.org", ("redaktion",))
        SocialApp.objects.update(settings={"server_url": other.issuer})
        client = Client()
        address = client.get("/accounts/oidc/skane/login/")["Location"]
        SocialApp.objects.update(settings={"server_url": realm.issuer})
        assert client.get(sign_in_there(address, "anna@example.org")).status_code == 424
        assert not get_user_model().objects.filter(email="anna@example.org").exists()
    finally:
        other.remove()
