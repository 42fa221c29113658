"""Counties' own identity providers: whom they sign in, what their claims give, and every lie of one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from allauth.socialaccount.models import SocialAccount, SocialApp
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone, translation

from cms.access.audit.events import Event
from cms.access.models import AuditEntry, ClaimMapping, IdentityProvider, RoleAssignment
from cms.access.roles import ROLES, Needs
from cms.access.sync import drift
from tests.access.signin.conftest import addressed, sign_in
from tests.access.signin.provider import CLIENT, OTHER_KEY, Provider, serve
from tests.access.test_sync import person

pytestmark = pytest.mark.django_db

PERSON = {
    "sub": "42",
    "email": "anna@example.org",
    "email_verified": True,
    "name": "Anna Berg",
    "groups": ["redaktion"],
}


@pytest.fixture
def provider(monkeypatch: pytest.MonkeyPatch) -> Iterator[Provider]:
    """Skåne's provider, known to the site, with one mapping."""
    monkeypatch.setenv("OIDC_CLIENT_SECRET", "hidden")
    with serve() as served:
        options = ["--name", "Skånes konto", "--county", "skane", "--issuer", served.issuer, "--client-id", CLIENT]
        call_command("identity_provider", "add", "skane", *options)
        call_command("identity_provider", "map", "skane", "groups", "redaktion", "county-editor")
        served.claims = dict(PERSON)
        yield served


def begin(provider: Provider, client: Client, onward: str = "") -> str:
    """Go to the provider; returns the state that it is given."""
    response = client.get("/accounts/oidc/skane/login/", {"next": onward} if onward else {})
    assert response.status_code == 302, response.content.decode()
    sent = parse_qs(urlsplit(response["Location"]).query)
    assert sent["redirect_uri"] == ["http://testserver/accounts/oidc/skane/login/callback/"]
    assert sent["code_challenge_method"] == ["S256"]
    provider.nonce = sent["nonce"][0]
    return sent["state"][0]


def come_in(provider: Provider, client: Client, onward: str = "") -> Any:
    state = begin(provider, client, onward)
    return client.get("/accounts/oidc/skane/login/callback/", {"code": "abc", "state": state})


def signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def held(user: Any) -> set[tuple[str, str | None, str, str]]:
    return set(RoleAssignment.objects.filter(user=user).values_list("role", "county", "language", "provider"))


def everything() -> list[Any]:
    """What signing in could write."""
    return [
        list(get_user_model().objects.order_by("pk").values()),
        list(SocialAccount.objects.order_by("pk").values()),
        list(RoleAssignment.objects.order_by("pk").values()),
    ]


def refused(provider: Provider, status: int = 403, check: Callable[[], Any] = everything) -> str:
    """Nobody comes in and nothing is written; returns what is said."""
    before = check()
    client = Client(headers={"accept-language": "en"})
    response = come_in(provider, client)
    assert response.status_code == status, response.content.decode()
    assert not signed_in(client)
    assert check() == before
    return str(response.content.decode())


def test_a_mapped_claim_makes_an_account_with_a_role_in_the_county(provider: Provider) -> None:
    client = Client()
    response = come_in(provider, client, "/admin/pages/")
    assert (response.status_code, response["Location"]) == (302, "/admin/pages/")
    user = get_user_model().objects.get(email="anna@example.org")
    assert (user.first_name, user.last_name, user.has_usable_password()) == ("Anna", "Berg", False)
    assert held(user) == {("county-editor", "12", "", "skane")}
    assert client.get("/admin/").status_code == 200
    assert not drift()
    assert len(provider.verifier) > 40
    # Of what the provider said, only who she is stays.
    assert SocialAccount.objects.get().extra_data == {"id_token": {"sub": "42"}}
    # And again, which changes nothing.
    before = held(user)
    assert come_in(provider, Client()).status_code == 302
    assert held(user) == before


@pytest.mark.parametrize(
    "claims",
    [
        {"groups": []},
        {"groups": None},
        {"groups": ["annat"]},
        {"groups": "redaktionen"},
        {"groups": ["site-administrator", "county-publisher"], "role": "site-administrator", "is_superuser": True},
        {"groups": {"redaktion": True}},
        {"groups": [["redaktion"]]},
        {"roles": ["redaktion"], "groups": [True]},
    ],
)
def test_an_unmapped_claim_gives_an_unknown_person_nothing(provider: Provider, claims: dict[str, Any]) -> None:
    provider.claims |= claims
    assert "Skånes konto" in refused(provider)


@pytest.mark.parametrize("verified", [False, None, "true", "false", 1])
def test_an_address_that_is_not_verified_is_none(provider: Provider, verified: Any) -> None:
    provider.claims["email_verified"] = verified
    assert "verified" in refused(provider)
    user = addressed(person("county-editor", "12"))
    provider.claims["email"] = user.email
    refused(provider)


def test_a_person_of_the_county_is_recognised_by_her_address(provider: Provider) -> None:
    user = addressed(person("county-publisher", "12"))
    provider.claims["email"] = user.email.upper()
    client = Client()
    assert come_in(provider, client)["Location"] == "/admin/"
    assert client.session["_auth_user_id"] == str(user.pk)
    assert held(user) == {("county-publisher", "12", "", ""), ("county-editor", "12", "", "skane")}
    # By her identifier from then on, whatever her address is there.
    provider.claims["email"] = "other@example.org"
    client = Client()
    come_in(provider, client)
    assert client.session["_auth_user_id"] == str(user.pk)
    # Her password works as before.
    assert sign_in(Client(), user.email).status_code == 302


@pytest.mark.parametrize(
    ("role", "county", "language"),
    [
        ("county-publisher", "09", ""),
        ("site-administrator", None, ""),
        ("national-publisher", None, ""),
        ("analyst", None, ""),
        ("reviewer", None, "ar"),
        ("translator", "09", "ar"),
    ],
)
def test_nobody_of_elsewhere_comes_in(provider: Provider, role: str, county: str | None, language: str) -> None:
    user = addressed(person(role, county, language))
    provider.claims["email"] = user.email
    assert "own county alone" in refused(provider)
    # Not even with a role of the county's besides, in days to come, or connected before.
    RoleAssignment.objects.create(user=user, role="county-editor", county_id="12")
    refused(provider)
    RoleAssignment.objects.filter(user=user, role=role).update(starts_on="2999-01-01")
    refused(provider)
    SocialAccount.objects.create(user=user, provider="skane", uid="42")
    refused(provider)


@pytest.mark.parametrize("kind", ["superuser", "nobody", "closed"])
def test_neither_a_superuser_nor_an_account_without_roles_nor_a_closed_one(provider: Provider, kind: str) -> None:
    user = get_user_model().objects.create_user(
        "anna@example.org", email="anna@example.org", is_active=kind != "closed"
    )
    if kind != "nobody":
        RoleAssignment.objects.create(user=user, role="county-editor", county_id="12")
    user.is_superuser = kind == "superuser"
    user.save()
    refused(provider)


def test_a_claim_that_is_gone_takes_its_role_and_no_other(provider: Provider) -> None:
    call_command("identity_provider", "map", "skane", "groups", "översättare", "translator", "--language", "ar")
    provider.claims["groups"] = ["redaktion", "översättare"]
    come_in(provider, Client())
    user = get_user_model().objects.get()
    given = {("county-editor", "12", "", "skane"), ("translator", "12", "ar", "skane")}
    assert held(user) == given
    RoleAssignment.objects.create(user=user, role="county-publisher", county_id="12")
    provider.claims["groups"] = ["översättare"]
    come_in(provider, Client())
    by_hand = ("county-publisher", "12", "", "")
    assert held(user) == {("translator", "12", "ar", "skane"), by_hand}
    provider.claims["groups"] = []
    client = Client()
    come_in(provider, client)
    assert held(user) == {by_hand}
    assert not drift()
    assert client.get("/admin/").status_code == 200


def test_a_role_given_by_hand_stays_a_persons_gift(provider: Provider) -> None:
    user = addressed(person("county-editor", "12"))
    provider.claims["email"] = user.email
    come_in(provider, Client())
    assert held(user) == {("county-editor", "12", "", "")}
    provider.claims["groups"] = []
    come_in(provider, Client())
    assert held(user) == {("county-editor", "12", "", "")}


def lasting(role: RoleAssignment) -> int:
    """How many days are left of the role."""
    role.refresh_from_db()
    assert role.ends_on is not None
    return (role.ends_on - timezone.localdate()).days


def left(role: RoleAssignment, days: int | None) -> None:
    ends_on = None if days is None else timezone.localdate() + timedelta(days)
    RoleAssignment.objects.filter(pk=role.pk).update(ends_on=ends_on)


def test_a_role_lapses_without_its_provider_and_is_renewed_by_it(provider: Provider) -> None:
    come_in(provider, Client())
    role = RoleAssignment.objects.get()
    assert lasting(role) == 30
    changes = AuditEntry.objects.filter(event=Event.ROLE_CHANGED)
    # No writing at every sign-in.
    left(role, 15)
    come_in(provider, Client())
    assert (lasting(role), changes.count()) == (15, 0)
    for number, days in enumerate((14, None, 400, -1), start=1):
        left(role, days)
        client = Client()
        come_in(provider, client)
        assert (lasting(role), changes.count()) == (30, number)
        assert client.get("/admin/").status_code == 200
        assert not drift()


def test_an_ended_role_of_a_persons_is_the_claims_to_give(provider: Provider) -> None:
    come_in(provider, Client())
    role = RoleAssignment.objects.get()
    RoleAssignment.objects.update(provider="", starts_on="2020-01-01")
    left(role, -1)
    client = Client()
    come_in(provider, client)
    assert held(role.user) == {("county-editor", "12", "", "skane")}
    assert lasting(role) == 30
    assert client.get("/admin/").status_code == 200
    assert not drift()


def test_a_mapping_that_is_out_of_date_is_said(provider: Provider) -> None:
    ClaimMapping.objects.update(role="emperor")
    assert "There is no role “emperor”." in refused(provider)


def test_the_protocols_name_is_no_provider(provider: Provider) -> None:
    options = ["--name", "Annat konto", "--county", "gotland", "--issuer", provider.issuer, "--client-id", CLIENT]
    call_command("identity_provider", "add", "gotland", *options)
    for address in ("login/", "login/callback/"):
        response = Client().get(f"/accounts/oidc/openid_connect/{address}", {"code": "abc", "state": "forged"})
        assert response.status_code == 403
    # Each is found by its own key beside the other.
    assert come_in(provider, Client())["Location"] == "/admin/"
    page = Client().get("/accounts/login/").content.decode()
    assert "Skånes konto" in page
    assert "Annat konto" in page


def test_a_second_factor_is_asked_for_here_too(provider: Provider) -> None:
    user = addressed(person("county-publisher", "12"))
    TOTP.activate(user, "JBSWY3DPEHPK3PXP")
    provider.claims["email"] = user.email
    client = Client()
    assert come_in(provider, client)["Location"] == "/accounts/2fa/authenticate/"
    assert not signed_in(client)


@pytest.mark.parametrize(
    "lie",
    [
        {"iss": "https://evil.example"},
        {"aud": "another-site"},
        {"aud": [CLIENT, "another"], "azp": "another"},
        {"nonce": "another"},
        {"nonce": None},
        {"exp": 1_000_000_000},
        {"exp": None},
        {"iat": None},
        {"sub": None},
        {"sub": "43"},
        {"sub": 42},
    ],
    ids=lambda lie: "-".join(f"{name}={value}" for name, value in lie.items())[:40],
)
def test_a_token_that_lies_signs_nobody_in(provider: Provider, lie: dict[str, Any]) -> None:
    provider.token_claims = lie
    assert "does not answer as it should" in refused(provider, 424)


@pytest.mark.parametrize("algorithm", ["none", "HS256", "other key"])
def test_a_forged_signature_signs_nobody_in(provider: Provider, algorithm: str) -> None:
    if algorithm == "other key":
        provider.key = OTHER_KEY
    else:
        provider.algorithm = algorithm
    provider.claims["groups"] = ["redaktion", "forged"]
    refused(provider, 424)


def test_the_signed_claims_win_over_the_unsigned(provider: Provider) -> None:
    provider.token_claims = {"groups": ["annat"]}
    provider.userinfo = {"groups": ["redaktion"]}
    refused(provider)


def test_user_information_of_another_person_signs_nobody_in(provider: Provider) -> None:
    provider.userinfo = {"sub": "43", "groups": ["redaktion"]}
    refused(provider, 424)


NONSENSE = [
    (500, b"{}"),
    (200, b"<html>"),
    (200, b"[]"),
    (200, b"null"),
    (200, b'"x"'),
    (200, b"{}"),
    (404, b""),
    (200, b"\xff\xfe"),
]


@pytest.mark.parametrize("answer", NONSENSE, ids=str)
@pytest.mark.parametrize("path", ["/token", "/keys", "/userinfo"])
def test_nonsense_signs_nobody_in(provider: Provider, path: str, answer: tuple[int, bytes]) -> None:
    provider.raw[path] = answer
    refused(provider, 424)


@pytest.mark.parametrize("answer", NONSENSE, ids=str)
def test_a_provider_whose_description_is_nonsense_is_not_gone_to(provider: Provider, answer: tuple[int, bytes]) -> None:
    provider.raw["/.well-known/openid-configuration"] = answer
    response = Client(headers={"accept-language": "en"}).get("/accounts/oidc/skane/login/")
    assert response.status_code == 424
    assert "Signing in with e-mail address and password works as before" in response.content.decode()


@pytest.mark.parametrize(
    "change", [{"issuer": "https://evil.example"}, {"authorization_endpoint": "javascript:x"}, {"token_endpoint": 5}]
)
def test_a_description_that_is_not_the_providers_is_not_believed(provider: Provider, change: dict[str, Any]) -> None:
    provider.description = change
    assert Client().get("/accounts/oidc/skane/login/").status_code == 424


def test_a_provider_that_is_down_locks_nobody_out(provider: Provider, editor: Any) -> None:
    SocialApp.objects.update(settings={"server_url": "http://127.0.0.1:9"})
    assert Client().get("/accounts/oidc/skane/login/").status_code == 424
    assert "Skånes konto" in Client().get("/accounts/login/").content.decode()
    assert sign_in(Client(), editor.email).status_code == 302


@pytest.mark.parametrize(
    "query",
    [
        {"error": "server_error"},
        {"error": "access_denied"},
        {"error": "<script>"},
        {},
        {"code": "abc"},
        {"code": "abc", "state": "forged"},
        {"code": "", "state": ""},
    ],
)
def test_a_way_back_that_nobody_was_sent_on(provider: Provider, query: dict[str, str]) -> None:
    before = everything()
    client = Client()
    response = client.get("/accounts/oidc/skane/login/callback/", query)
    assert response.status_code < 500
    assert not signed_in(client)
    assert everything() == before


def test_a_way_back_works_once_and_in_its_own_browser_alone(provider: Provider) -> None:
    client, victim = Client(), Client()
    state = begin(provider, client)
    answer = {"code": "abc", "state": state}
    assert victim.get("/accounts/oidc/skane/login/callback/", answer).status_code == 424
    assert not signed_in(victim)
    assert client.get("/accounts/oidc/skane/login/callback/", answer).status_code == 302
    client.post("/accounts/logout/")
    assert client.get("/accounts/oidc/skane/login/callback/", answer).status_code == 424


def test_an_error_from_the_provider_is_said(provider: Provider) -> None:
    client = Client()
    state = begin(provider, client)
    response = client.get("/accounts/oidc/skane/login/callback/", {"error": "server_error", "state": state})
    assert response.status_code == 424
    state = begin(provider, client)
    response = client.get(
        "/accounts/oidc/skane/login/callback/", {"error": "access_denied", "state": state}, follow=True
    )
    assert response.status_code == 200
    assert not signed_in(client)


def test_what_the_address_asks_for_is_ignored(provider: Provider, editor: Any) -> None:
    client = Client()
    client.force_login(editor)
    query = {
        "process": "connect",
        "scope": "admin",
        "auth_params": "nonce=mine&prompt=none",
        "next": "https://evil.example/",
    }
    response = client.get("/accounts/oidc/skane/login/", query)
    sent = parse_qs(urlsplit(response["Location"]).query)
    assert sent["nonce"] != ["mine"]
    assert "prompt" not in sent
    assert "admin" not in sent["scope"][0]
    provider.nonce = sent["nonce"][0]
    response = client.get("/accounts/oidc/skane/login/callback/", {"code": "abc", "state": sent["state"][0]})
    assert response["Location"] == "/admin/"
    assert not SocialAccount.objects.filter(user=editor).exists()


def test_a_provider_that_is_off_or_unknown_signs_nobody_in(provider: Provider) -> None:
    come_in(provider, Client())
    client = Client()
    state = begin(provider, client)
    call_command("identity_provider", "off", "skane")
    assert held(get_user_model().objects.get()) == set()
    assert not drift()
    assert client.get("/accounts/oidc/skane/login/callback/", {"code": "abc", "state": state}).status_code == 403
    for key in ("skane", "nobody"):
        assert Client().get(f"/accounts/oidc/{key}/login/").status_code == 403
    assert "Skånes konto" not in Client().get("/accounts/login/").content.decode()


def test_a_provider_that_is_forgotten_leaves_nothing_behind(provider: Provider) -> None:
    come_in(provider, Client())
    call_command("identity_provider", "remove", "skane")
    assert not SocialAccount.objects.exists()
    assert not SocialApp.objects.exists()
    assert not RoleAssignment.objects.exists()
    assert get_user_model().objects.count() == 1


@pytest.mark.parametrize("role", ROLES, ids=lambda role: role.key)
def test_a_mapping_gives_roles_within_the_county_alone(provider: Provider, role: Any) -> None:
    kept = IdentityProvider.objects.get()
    language = "ar" if role.needs is Needs.LANGUAGE else ""
    mapping = ClaimMapping(provider=kept, claim="groups", value="x", role=role.key, language=language)
    if role.needs is Needs.NOTHING:
        with pytest.raises(ValidationError, match=r"country|landet"):
            mapping.full_clean()
    else:
        mapping.full_clean()
    mapping.language = "" if language else "ar"
    with pytest.raises(ValidationError):
        mapping.full_clean()


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["map", "skane", "groups", "x", "site-administrator"], "country"),
        (["map", "skane", "groups", "x", "translator"], "language"),
        (["map", "skane", "groups", "redaktion", "county-editor"], "already"),
        (["map", "skane", "groups", "x", "king"], "king"),
        (["map", "nobody", "groups", "x", "county-editor"], "no provider"),
        (["unmap", "skane", "groups", "y", "county-editor"], "no such mapping"),
        (
            ["add", "skane", "--name", "x", "--county", "12", "--issuer", "https://a.example", "--client-id", "c"],
            "already",
        ),
        (
            ["add", "b", "--name", "x", "--county", "99", "--issuer", "https://a.example", "--client-id", "c"],
            "no county",
        ),
        (["add", "b", "--name", "x", "--county", "12", "--issuer", "http://a.example", "--client-id", "c"], "https"),
        (["add", "b c", "--name", "x", "--county", "12", "--issuer", "https://a.example", "--client-id", "c"], "slug"),
    ],
)
def test_the_command_refuses_what_is_wrong(provider: Provider, arguments: list[str], sentence: str) -> None:
    before = (IdentityProvider.objects.count(), ClaimMapping.objects.count(), SocialApp.objects.count())
    with translation.override("en"), pytest.raises(CommandError, match=sentence):
        call_command("identity_provider", *arguments)
    assert (IdentityProvider.objects.count(), ClaimMapping.objects.count(), SocialApp.objects.count()) == before
