"""Roles given to people with and without an account."""

from __future__ import annotations

import re
import socket
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.core import mail

from cms.access.audit.events import Event
from cms.access.models import AuditEntry
from cms.access.sync import drift
from tests.access.people.helpers import User, account, assignment, form, state, words
from tests.access.test_adversary import client_of, text_of
from tests.access.test_sync import person

pytestmark = pytest.mark.django_db


def test_a_county_publisher_invites_a_colleague(publisher: Any, django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        response = client_of(publisher).post(
            "/admin/people/invite/", form(email=" Alva@Example.org ", name="Alva Berg"), follow=True
        )
    made = User.objects.get(email="alva@example.org")
    assert (made.first_name, made.last_name, made.has_usable_password()) == ("Alva", "Berg", False)
    assert [row.group_name for row in made.role_assignments.all()] == ["county-editor 12"]
    assert [message.to for message in mail.outbox] == [["alva@example.org"]]
    assert not drift()
    assert "Who had no account gets an invitation by mail." in words(response)
    assert "Alva Berg" in words(response)


def test_an_account_that_exists_is_given_the_role_without_being_told_about(
    publisher: Any, django_capture_on_commit_callbacks: Any
) -> None:
    known = account("Karin@Example.org", first_name="Karin", last_name="Hemlig")
    answers = []
    for email in ("karin@example.org", "new@example.org"):
        client = client_of(publisher)
        with django_capture_on_commit_callbacks(execute=True):
            response = client.post("/admin/people/invite/", form(email=email, name="Annan"))
        messages = [str(message) for message in get_messages(response.wsgi_request)]
        answers.append((response.status_code, response["Location"], [text.replace(email, "") for text in messages]))
    assert answers[0] == answers[1]
    known.refresh_from_db()
    assert known.first_name == "Karin"
    assert known.role_assignments.get().group_name == "county-editor 12"
    assert [message.to for message in mail.outbox] == [["new@example.org"]]


def test_a_refused_role_leaves_no_account_behind(publisher: Any, django_capture_on_commit_callbacks: Any) -> None:
    before = state()
    client = client_of(publisher)
    for values in (
        form(county="09"),
        form("county-publisher", "09"),
        form("translator", "", "ar"),
        form("translator", "09", "ar"),
        form("national-publisher", ""),
        form("site-administrator", ""),
    ):
        with django_capture_on_commit_callbacks(execute=True):
            response = client.post("/admin/people/invite/", {"email": "new@example.org", "name": "Ny", **values})
        assert response.status_code == 403, values
        assert "Giving and taking these roles takes the role" in words(response)
    assert client.post("/admin/people/invite/", form("national-publisher", email="n@example.org")).status_code == 200
    assert state() == before
    assert not mail.outbox


def test_the_form_offers_a_county_publisher_her_county_and_its_roles(publisher: Any) -> None:
    page = text_of(client_of(publisher).get("/admin/people/invite/"))
    assert set(re.findall(r'<option value="([a-z0-9-]+)"', page)) >= {"county-editor", "12", "ar"}
    for absent in ("site-administrator", "national-editor", "analyst", "09", "14"):
        assert f'<option value="{absent}"' not in page


def test_nobody_gives_herself_a_role(publisher: Any) -> None:
    before = state()
    response = client_of(publisher).post(
        "/admin/people/invite/", form("reviewer", "12", "ar", email=publisher.username)
    )
    assert response.status_code == 403
    assert "Nobody changes her own roles." in words(response)
    assert state() == before


@pytest.mark.parametrize(
    ("role", "county", "language"),
    [
        ("national-editor", None, ""),
        ("national-publisher", None, ""),
        ("county-editor", "12", ""),
        ("translator", "12", "ar"),
        ("reviewer", "12", "ar"),
        ("analyst", None, ""),
    ],
)
def test_who_gives_no_roles_finds_the_doors_shut(role: str, county: str | None, language: str) -> None:
    editor = person("county-editor", "12") if role != "county-editor" else person("county-editor", "14")
    row = editor.role_assignments.get()
    client = client_of(person(role, county, language))
    before = state()
    for address in (
        "people/roles/",
        "people/roles/results/",
        f"people/roles/edit/{row.pk}/",
        f"people/roles/delete/{row.pk}/",
        "people/roles/edit/987654/",
        "people/invite/",
        f"people/{editor.pk}/rights/",
        "people/987654/rights/",
        f"people/{editor.pk}/invite/",
        "users/",
        f"users/edit/{editor.pk}/",
        f"users/history/{editor.pk}/",
    ):
        for response in (client.get(f"/admin/{address}"), client.post(f"/admin/{address}", form())):
            assert response.status_code == 403, address
            assert editor.username not in text_of(response)
    assert state() == before
    assert 'href="/admin/people/roles/"' not in text_of(client.get("/admin/"))


def test_an_invitation_is_sent_again_to_who_was_never_in(publisher: Any) -> None:
    invited = User.objects.create_user("new@example.org", email="new@example.org")
    assignment(invited, "county-editor", "12")
    client = client_of(publisher)
    assert "Invite again" in words(client.get(f"/admin/people/{invited.pk}/rights/"))
    client.post(f"/admin/people/{invited.pk}/invite/")
    assert [message.to for message in mail.outbox] == [["new@example.org"]]
    # With a role elsewhere too she isn't this publisher's alone.
    assignment(invited, "county-editor", "09")
    assert client.post(f"/admin/people/{invited.pk}/invite/").status_code == 403
    invited.role_assignments.filter(county_id="09").delete()
    invited.set_password("a long password")
    invited.save()
    assert client.post(f"/admin/people/{invited.pk}/invite/").status_code == 403
    assert len(mail.outbox) == 1


def test_a_mail_server_that_is_down_is_said(publisher: Any, settings: Any) -> None:
    invited = User.objects.create_user("new@example.org", email="new@example.org")
    assignment(invited, "county-editor", "12")
    with socket.socket() as closed:
        # Bound and not listening: connections are refused.
        closed.bind(("127.0.0.1", 0))
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = closed.getsockname()
        response = client_of(publisher).post(f"/admin/people/{invited.pk}/invite/", follow=True)
    assert response.status_code == 200
    assert "The mail could not be sent." in words(response)
    assert "has been sent" not in words(response)
    assert not AuditEntry.objects.filter(event=Event.INVITED).exists()


def test_an_account_without_an_address_is_sent_nothing(publisher: Any) -> None:
    invited = User.objects.create_user("new")
    assignment(invited, "county-editor", "12")
    response = client_of(publisher).post(f"/admin/people/{invited.pk}/invite/", follow=True)
    assert "Enter a valid email address." in words(response)
    assert "has been sent" not in words(response)
    assert not mail.outbox


def test_an_invitation_is_recorded(publisher: Any, django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        client_of(publisher).post("/admin/people/invite/", form(email="new@example.org", name="Ny"))
    entry = AuditEntry.objects.get(event=Event.INVITED)
    assert (entry.about, entry.actor_id, entry.county) == ("new@example.org", publisher.pk, "skane")
