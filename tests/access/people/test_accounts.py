"""Accounts: changed, closed, never made superusers."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress

from cms.access.mail import language_of
from cms.access.sync import drift
from tests.access.people.helpers import TODAY, User, account, account_form, assignment, form, state, words
from tests.access.test_adversary import client_of, text_of
from tests.access.test_sync import person

pytestmark = pytest.mark.django_db


def test_an_account_s_form_has_no_password_no_groups_and_no_superuser(administrator: Any) -> None:
    user = account("x@example.org")
    editors = person("county-editor", "12").groups.get()
    client = client_of(administrator)
    names = set(re.findall(r'name="([a-z_0-9]+)"', text_of(client.get(f"/admin/users/edit/{user.pk}/"))))
    assert {"email", "first_name", "last_name", "preferred_language", "is_active"} <= names
    assert not {"password1", "password2", "groups", "is_superuser", "username"} & names
    forged = {"password1": "Zx81-spectrum-qq", "password2": "Zx81-spectrum-qq", "is_superuser": "on", "is_staff": "on"}
    client.post(
        f"/admin/users/edit/{user.pk}/", account_form(user, groups=[editors.pk], user_permissions=[1], **forged)
    )
    user.refresh_from_db()
    assert (user.first_name, user.is_superuser, user.is_staff) == ("A", False, False)
    assert user.check_password("a long password")
    assert not user.groups.exists()
    assert not user.user_permissions.exists()


def test_the_language_of_an_account_s_mails_is_kept(administrator: Any) -> None:
    user = account("x@example.org")
    client = client_of(administrator)
    client.post(f"/admin/users/edit/{user.pk}/", account_form(user, preferred_language="sv"))
    assert language_of(User.objects.get(pk=user.pk)) == "sv"


def test_an_address_is_normalised_and_nobody_else_s(administrator: Any) -> None:
    user, other = account("x@example.org"), account("Taken@example.org")
    client = client_of(administrator)
    client.post(f"/admin/users/edit/{user.pk}/", account_form(user, email=" New@Example.ORG "))
    user.refresh_from_db()
    assert (user.email, user.username) == ("new@example.org", "new@example.org")
    response = client.post(f"/admin/users/edit/{user.pk}/", account_form(user, email="TAKEN@example.org"))
    assert "Another account has this address." in words(response)
    user.refresh_from_db()
    assert user.email == "new@example.org"
    assert User.objects.get(pk=other.pk).email == "Taken@example.org"


def test_the_address_that_was_no_longer_opens_the_account(administrator: Any) -> None:
    user = account("old@example.org")
    EmailAddress.objects.create(user=user, email="old@example.org", primary=True, verified=True)
    client = client_of(administrator)
    client.post(f"/admin/users/edit/{user.pk}/", account_form(user, first_name="Nu"))
    assert user.emailaddress_set.exists()
    client.post(f"/admin/users/edit/{user.pk}/", account_form(user, email="new@example.org"))
    assert not user.emailaddress_set.filter(email="old@example.org").exists()


def test_a_closed_account_is_out_at_once(administrator: Any) -> None:
    user = person("county-publisher", "12")
    User.objects.filter(pk=user.pk).update(email=user.username)
    user.refresh_from_db()
    hers = client_of(user)
    assert hers.get("/admin/people/roles/").status_code == 200
    closing = account_form(user)
    del closing["is_active"]
    client = client_of(administrator)
    assert client.post(f"/admin/users/edit/{user.pk}/", closing).status_code == 302
    assert hers.get("/admin/people/roles/").status_code == 302
    assert not user.groups.exists()
    assert not drift()
    client.post(f"/admin/users/edit/{user.pk}/", account_form(user))
    assert user.groups.exists()


def test_an_account_without_a_name_is_closed(administrator: Any) -> None:
    user = account("x@example.org")
    closing = account_form(user, first_name="", last_name="")
    del closing["is_active"]
    assert client_of(administrator).post(f"/admin/users/edit/{user.pk}/", closing).status_code == 302
    user.refresh_from_db()
    assert not user.is_active


def test_nobody_closes_her_own_account(administrator: Any) -> None:
    administrator.email = administrator.username
    administrator.save()
    closing = account_form(administrator)
    del closing["is_active"]
    client = client_of(administrator)
    assert 'name="is_active"' not in text_of(client.get(f"/admin/users/edit/{administrator.pk}/"))
    client.post(f"/admin/users/edit/{administrator.pk}/", closing)
    administrator.refresh_from_db()
    assert (administrator.is_active, administrator.first_name) == (True, "A")
    client.post(f"/admin/bulk/auth/user/set_active_state/?id={administrator.pk}", {"mark_as_active": "False"})
    administrator.refresh_from_db()
    assert administrator.is_active


def test_the_last_site_administrator_stays(administrator: Any) -> None:
    """Neither who installed the site nor an administrator for a time can leave it without one."""
    administrator.email = administrator.username
    administrator.save()
    root = User.objects.create_superuser("root@example.org", password="a long password")
    helper = account("helper@example.org")
    assignment(helper, "site-administrator", ends_on=TODAY + timedelta(3))
    row = administrator.role_assignments.get()
    closing = account_form(administrator)
    del closing["is_active"]
    before = state()
    for by in (root, helper):
        client = client_of(by)
        for address, values in (
            (f"people/roles/delete/{row.pk}/", {}),
            (f"people/roles/edit/{row.pk}/", form("analyst", "")),
            (f"people/roles/edit/{row.pk}/", form("site-administrator", "", ends_on=str(TODAY + timedelta(3)))),
            (f"people/roles/edit/{row.pk}/", form("site-administrator", "", starts_on=str(TODAY + timedelta(3)))),
            (f"users/edit/{administrator.pk}/", closing),
        ):
            response = client.post(f"/admin/{address}", values, follow=True)
            assert "This is the last site administrator." in words(response), address
            assert state() == before
    other = account("other@example.org")
    assignment(other, "site-administrator")
    client_of(helper).post(f"/admin/people/roles/delete/{row.pk}/")
    assert not administrator.role_assignments.exists()


def test_a_superuser_s_account_is_neither_listed_nor_opened(administrator: Any) -> None:
    root = User.objects.create_superuser("root@example.org", email="root@example.org", password="a long password")
    client = client_of(administrator)
    assert "root@example.org" not in text_of(client.get("/admin/users/"))
    before = state()
    for address in (f"users/edit/{root.pk}/", f"users/history/{root.pk}/", f"people/{root.pk}/invite/"):
        assert client.post(f"/admin/{address}", account_form(root, is_active="")).status_code == 403
        assert "root@example.org" not in text_of(client.get(f"/admin/{address}"))
    assert state() == before
    own = client_of(root)
    own.post(f"/admin/users/edit/{root.pk}/", account_form(root, first_name="Rut"))
    assert User.objects.get(pk=root.pk).first_name == "Rut"


def test_an_account_is_neither_made_nor_deleted_but_by_invitation(administrator: Any) -> None:
    user = account("x@example.org")
    client = client_of(administrator)
    before = state()
    for address in ("users/new/", f"users/delete/{user.pk}/", f"users/copy/{user.pk}/"):
        response = client.post(f"/admin/{address}", account_form(user, username="new@example.org"), follow=True)
        assert response.status_code == 404
    client.post(f"/admin/bulk/auth/user/delete/?id={user.pk}")
    assert state() == before
    assert "/admin/people/invite/" in text_of(client.get("/admin/users/"))
    assert "/history/" in text_of(client.get(f"/admin/users/edit/{user.pk}/"))
    assert "x@example.org" in text_of(client.get(f"/admin/users/history/{user.pk}/"))
