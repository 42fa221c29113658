"""Signing in with a real browser: passkeys, and pages that fit a phone and obey their content security policy."""

from __future__ import annotations

import pytest
from playwright.sync_api import CDPSession, Page, expect

from tests.e2e.conftest import PASSWORD, Visit


def sign_in(visit: Visit, name: str) -> Page:
    """Sign in with the password, and wait for where that leads."""
    page = visit.go("/accounts/login/")
    page.locator("input[name=login]").fill(f"{name}@example.org")
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("form[action='/accounts/login/'] button[type=submit]").first.click()
    page.wait_for_url(f"{visit.site}/admin/")
    return page


def add_key(page: Page) -> CDPSession:
    """Plug a key into the browser: Chromium's own virtual one, which knows its holder's finger."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    return session


def test_a_passkey_is_registered_and_signs_in_alone(visit: Visit) -> None:
    # WebAuthn knows names, not numbers of hosts.
    visit.site = visit.site.replace("127.0.0.1", "localhost")
    page = sign_in(visit, "county-publisher-12")
    add_key(page)
    page = visit.go("/accounts/2fa/webauthn/add/")
    page.locator("input[name=name]").fill("Arbetsdatorn")
    page.locator("#mfa_webauthn_add").click()
    page.wait_for_url("**/accounts/2fa/recovery-codes/")
    expect(page.locator("#recovery_codes")).to_be_visible()
    page = visit.go("/accounts/2fa/webauthn/")
    expect(page.locator("main")).to_contain_text("Arbetsdatorn")
    visit.go("/accounts/logout/").locator("main button[type=submit]").click()
    page.wait_for_url("**/accounts/login/**")
    page.locator("#passkey_login").click()
    page.wait_for_url(f"{visit.site}/admin/")
    # The password alone leads to the key.
    visit.go("/accounts/logout/").locator("main button[type=submit]").click()
    page.wait_for_url("**/accounts/login/**")
    page.locator("input[name=login]").fill("county-publisher-12@example.org")
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("form[action='/accounts/login/'] button[type=submit]").first.click()
    page.wait_for_url("**/accounts/2fa/authenticate/")
    page.locator("#mfa_webauthn_authenticate").click()
    page.wait_for_url(f"{visit.site}/admin/")
    # Others use this account in their tests.
    visit.go("/accounts/2fa/webauthn/")
    page.locator("main a[href$='/remove/']").first.click()
    if "reauthenticate" in page.url:
        page.locator("input[name=password]").fill(PASSWORD)
        page.locator("main form button[type=submit]").first.click()
        page.wait_for_url("**/remove/")
    page.locator("main button[type=submit]").first.click()
    page.wait_for_url("**/accounts/2fa/webauthn/")
    expect(page.locator("main")).not_to_contain_text("Arbetsdatorn")
    assert visit.foreign == []
    assert [complaint for complaint in visit.complaints if "Content Security Policy" in complaint] == []


@pytest.mark.parametrize("path", ["/accounts/login/", "/accounts/password/reset/", "/accounts/signup/"])
def test_account_pages_fit_a_phone(phone: Visit, path: str) -> None:
    page = phone.go(path)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert phone.foreign == []
    # The browser says of an answer with an error's status that it failed to load.
    assert [complaint for complaint in phone.complaints if "status of 403" not in complaint] == []


def test_pages_of_a_signed_in_person_obey_the_policy(visit: Visit) -> None:
    sign_in(visit, "county-editor-12")
    for path in (
        "/accounts/2fa/",
        "/accounts/2fa/totp/activate/",
        "/accounts/2fa/webauthn/add/",
        "/accounts/password/change/",
    ):
        page = visit.go(path)
        assert page.locator("h1").count() == 1
    assert visit.foreign == []
    assert [complaint for complaint in visit.complaints if "Content Security Policy" in complaint] == []
