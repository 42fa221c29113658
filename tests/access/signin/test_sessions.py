"""When a session ends, and that a reader never gets one."""

from __future__ import annotations

import re
import time
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.core import mail
from django.test import Client
from django.utils import timezone
from wagtail.admin.models import EditingSession

from cms.access.models import RoleAssignment
from cms.access.signin.sessions import BEGAN, SEEN
from pages.models import LocalPage
from tests.access.signin.conftest import PASSWORD, sign_in
from tests.factories import make_home, make_page, page_at, publish

pytestmark = pytest.mark.django_db


def age(client: Client, **seconds: int) -> None:
    session = client.session
    for name, ago in seconds.items():
        session[{"began": BEGAN, "seen": SEEN}[name]] = int(time.time()) - ago
    session.save()


@pytest.fixture
def browser(editor: Any) -> Client:
    client = Client()
    assert sign_in(client, editor.email).status_code == 302
    return client


def signed_out(client: Client) -> bool:
    response = client.get("/admin/")
    if response.status_code == 302:
        assert response["Location"].startswith("/accounts/login/?next=")
    return "_auth_user_id" not in client.session


def test_an_idle_session_ends_with_a_sentence(browser: Client, settings: Any) -> None:
    age(browser, seen=settings.SESSION_IDLE_SECONDS - 5)
    assert not signed_out(browser)
    age(browser, seen=settings.SESSION_IDLE_SECONDS + 1)
    response = browser.get("/admin/")
    assert response["Location"] == "/accounts/login/?next=/admin/"
    assert "60" in str(next(iter(get_messages(response.wsgi_request))))
    assert "_auth_user_id" not in browser.session


def test_work_keeps_a_session_alive_and_twelve_hours_end_it(browser: Client, settings: Any) -> None:
    age(browser, began=11 * 3600, seen=3000)
    assert not signed_out(browser)
    assert time.time() - browser.session[SEEN] < 60
    age(browser, began=12 * 3600 + 1)
    assert signed_out(browser)


def test_a_page_left_open_keeps_no_session_alive(browser: Client, editor: Any) -> None:
    make_home()
    publish(page_at("lan/skane/"))
    page = make_page("lan/skane/sfi/", model=LocalPage)
    session = EditingSession.objects.create(user=editor, content_object=page, last_seen_at=timezone.now())
    age(browser, seen=1000)
    address = f"/admin/editing-sessions/ping/pages/localpage/{page.pk}/{session.pk}/"
    assert browser.post(address).status_code == 200
    assert time.time() - browser.session[SEEN] >= 1000


def test_an_ended_session_counts_nowhere(browser: Client, settings: Any) -> None:
    make_home()
    age(browser, seen=settings.SESSION_IDLE_SECONDS + 1)
    response = browser.get("/sv/")
    assert not response.wsgi_request.user.is_authenticated
    assert "messages" not in response.cookies


def test_a_new_password_ends_the_other_sessions(browser: Client, editor: Any) -> None:
    other = Client()
    sign_in(other, editor.email)
    new = "an even longer password"
    form = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    assert browser.post("/accounts/password/change/", form).status_code == 302
    assert not signed_out(browser)
    assert signed_out(other)
    assert [message.to for message in mail.outbox] == [[editor.email]]


def test_a_password_reset_ends_every_session(browser: Client, editor: Any) -> None:
    Client().post("/accounts/password/reset/", {"email": editor.email})
    link = re.search(r"http\S+(/accounts/password/reset/key/\S+)", str(mail.outbox[0].body))
    assert link is not None
    stranger = Client()
    form_address = stranger.get(link.group(1))["Location"]
    new = "an even longer password"
    assert stranger.post(form_address, {"password1": new, "password2": new}).status_code == 302
    # The mailbox alone signs nobody in: the new password and the second factor do.
    assert "_auth_user_id" not in stranger.session
    assert signed_out(browser)
    assert sign_in(stranger, editor.email, new).status_code == 302


def test_who_is_deactivated_is_out_at_once_and_stays_out(browser: Client, editor: Any) -> None:
    editor.is_active = False
    editor.save()
    assert signed_out(browser)
    editor.is_active = True
    editor.save()
    assert signed_out(browser)


def test_whose_last_role_ended_is_out_with_a_sentence(browser: Client, editor: Any) -> None:
    RoleAssignment.objects.filter(user=editor).update(ends_on="2020-01-01")
    response = browser.get("/admin/", headers={"x-requested-with": "XMLHttpRequest"})
    assert response.status_code == 403
    assert "roll" in response.json()["reason"] or "role" in response.json()["reason"]
    assert signed_out(browser)


def test_a_reader_gets_no_session_and_no_cookie() -> None:
    make_home()
    client = Client()
    for address in ("/sv/", "/sv/search/?q=sfi", "/api/v1/places?q=malm", "/healthz"):
        response = client.get(address)
        assert response.cookies == {}, address
        assert "Cookie" not in response.get("Vary", ""), address


def test_public_pages_never_write_an_editors_session(browser: Client) -> None:
    make_home()
    age(browser, seen=1000)
    response = browser.get("/sv/")
    assert "sessionid" not in response.cookies
    assert time.time() - browser.session[SEEN] >= 1000
