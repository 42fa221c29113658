"""What an assignment can be; changing it and taking it away."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import ValidationError

from cms.access.models import RoleAssignment
from cms.access.people.giving import Refused, change, give, take
from cms.access.sync import drift
from tests.access.people.helpers import TODAY, User, account, assignment, form, state, words
from tests.access.test_adversary import client_of, text_of
from tests.access.test_sync import person

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("values", "field", "sentence"),
    [
        ({"role": "county-editor"}, "county", "This role holds for one county. Choose it."),
        ({"role": "county-publisher", "county_id": "99"}, "county", "There is no county “99”."),
        ({"role": "translator"}, "language", "This role holds for one language. Choose it."),
        ({"role": "translator", "language": "sv"}, "language", "Swedish is translated from, not into."),
        ({"role": "reviewer", "language": "xx"}, "language", "Nothing is translated into “xx”."),
        ({"role": "county-editor", "county_id": "12", "language": "ar"}, "language", "This role has no language."),
        ({"role": "national-editor", "county_id": "12"}, "county", "holds for the whole country"),
        ({"role": "analyst", "language": "ar"}, "language", "This role has no language."),
        ({"role": "emperor"}, "role", "There is no role “emperor”."),
        (
            {"role": "analyst", "starts_on": TODAY + timedelta(9), "ends_on": TODAY + timedelta(8)},
            "ends_on",
            "The last day is before the first.",
        ),
        ({"role": "analyst", "ends_on": TODAY - timedelta(1)}, "ends_on", "The last day is over already."),
    ],
)
def test_a_wrong_assignment_is_refused_at_its_field(values: dict[str, Any], field: str, sentence: str) -> None:
    root = User.objects.create_superuser("root@example.org", password="a long password")
    wrong = RoleAssignment(user=account("x@example.org"), **values)
    before = state()
    with pytest.raises(ValidationError) as caught:
        give(wrong, by=root)
    assert sentence in " ".join(caught.value.message_dict[field])
    assert list(caught.value.message_dict) == [field]
    assert state() == before


@pytest.mark.parametrize("county", [None, "12"])
def test_the_same_role_twice_is_told_to_change_the_dates(county: str | None) -> None:
    root = User.objects.create_superuser("root@example.org", password="a long password")
    user = account("x@example.org")
    give(RoleAssignment(user=user, role="translator", language="ar", county_id=county), by=root)
    later = RoleAssignment(
        user=user, role="translator", language="ar", county_id=county, starts_on=TODAY + timedelta(30)
    )
    with pytest.raises(ValidationError, match=r"This person has this role already\. Change its dates instead\."):
        give(later, by=root)
    assert user.role_assignments.count() == 1


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        (form(county=""), "This role holds for one county. Choose it."),
        (form(county="99"), "There is no county “99”."),
        (form(role="translator"), "This role holds for one language. Choose it."),
        (form(role="translator", language="sv"), "Nothing is translated into “sv”."),
        (form(role="emperor"), "There is no role “emperor”."),
        (form(ends_on=str(TODAY - timedelta(1))), "The last day is over already."),
        (form(ends_on="yesterday"), "Enter a valid date."),
        (form(starts_on=str(TODAY + timedelta(2)), ends_on=str(TODAY)), "The last day is before the first."),
        (form(email="no address"), "Enter a valid email address."),
    ],
)
def test_a_wrong_form_says_so_and_leaves_no_account_behind(
    administrator: Any, values: dict[str, Any], sentence: str, django_capture_on_commit_callbacks: Any
) -> None:
    before = state()
    with django_capture_on_commit_callbacks(execute=True):
        response = client_of(administrator).post(
            "/admin/people/invite/", {"email": "new@example.org", "name": "Ny", **values}
        )
    assert response.status_code == 200
    assert sentence in words(response)
    assert state() == before
    assert not mail.outbox


def test_a_county_publisher_changes_and_takes_her_county_s_roles(publisher: Any) -> None:
    user = person("county-editor", "12")
    row = user.role_assignments.get()
    client = client_of(publisher)
    response = client.post(f"/admin/people/roles/edit/{row.pk}/", form("county-publisher"))
    assert response.status_code == 302
    assert list(user.groups.values_list("name", flat=True)) == ["county-publisher 12"]
    assert client_of(user).get("/admin/people/roles/").status_code == 200
    client.post(f"/admin/people/roles/delete/{row.pk}/")
    assert not user.role_assignments.exists()
    assert not user.groups.exists()
    assert client_of(user).get("/admin/people/roles/").status_code == 302
    assert not drift()


def test_another_county_s_assignment_is_out_of_reach(publisher: Any) -> None:
    other = person("county-editor", "09")
    row = other.role_assignments.get()
    client = client_of(publisher)
    before = state()
    for address in (f"edit/{row.pk}/", f"delete/{row.pk}/"):
        for response in (
            client.get(f"/admin/people/roles/{address}"),
            client.post(f"/admin/people/roles/{address}", form()),
        ):
            assert response.status_code == 403
            assert "County publisher Gotland" in words(response)
            assert other.username not in text_of(response)
    assert client.get(f"/admin/people/{other.pk}/rights/").status_code == 403
    assert state() == before


def test_an_assignment_is_not_changed_into_another_county_s(publisher: Any) -> None:
    row = person("county-editor", "12").role_assignments.get()
    client = client_of(publisher)
    before = state()
    for values in (form(county="09"), form("translator", "", "ar"), form("site-administrator", "")):
        response = client.post(f"/admin/people/roles/edit/{row.pk}/", values)
        assert response.status_code == 403, values
        assert "Giving and taking these roles takes the role" in words(response)
    row.county_id = "09"
    with pytest.raises(Refused):
        change(row, by=publisher)
    assert state() == before


def test_an_assignment_cannot_be_moved_to_another_person(administrator: Any) -> None:
    row = person("county-editor", "12").role_assignments.get()
    client_of(administrator).post(f"/admin/people/roles/edit/{row.pk}/", form(user=administrator.pk))
    assert RoleAssignment.objects.get(pk=row.pk).user_id == row.user_id


def test_a_change_to_a_role_that_she_has_is_told(administrator: Any) -> None:
    user = person("county-editor", "12")
    row = assignment(user, "county-editor", "09")
    before = state()
    response = client_of(administrator).post(f"/admin/people/roles/edit/{row.pk}/", form(county="12"))
    assert "This person has this role already. Change its dates instead." in words(response)
    assert state() == before


def test_what_a_provider_gives_is_shown_and_not_changed(administrator: Any, publisher: Any) -> None:
    user = account("oidc@example.org")
    row = assignment(user, "county-editor", "12", provider="skane-entra")
    before = state()
    for by in (administrator, publisher):
        client = client_of(by)
        page = text_of(client.get("/admin/people/roles/"))
        assert "skane-entra" in page
        assert f"/admin/people/roles/edit/{row.pk}/" not in page
        assert f"/admin/people/roles/delete/{row.pk}/" in page
        response = client.post(f"/admin/people/roles/edit/{row.pk}/", form("county-publisher"))
        assert response.status_code == 403
        assert "Its mapping decides on it." in words(response)
        with pytest.raises(Refused):
            change(row, by=by)
    assert state() == before


def test_what_a_provider_gave_is_taken_by_who_may_give_it(publisher: Any) -> None:
    user = account("oidc@example.org")
    row = assignment(user, "county-editor", "12", provider="skane-entra")
    address = f"/admin/people/roles/delete/{row.pk}/"
    assert client_of(person("county-publisher", "09")).post(address).status_code == 403
    with pytest.raises(Refused):
        take(row, by=user)
    client = client_of(publisher)
    assert "The identity provider gives this role and would give it back." in words(client.get(address))
    assert client.post(address).status_code == 302
    assert not user.role_assignments.exists()
    assert not user.groups.exists()
    by_hand = assignment(user, "county-editor", "12")
    assert "identity provider" not in words(client.get(f"/admin/people/roles/delete/{by_hand.pk}/"))


def test_nobody_changes_her_own_roles(administrator: Any, publisher: Any) -> None:
    before = state()
    for user in (administrator, publisher):
        row = user.role_assignments.get()
        client = client_of(user)
        for address in (f"edit/{row.pk}/", f"delete/{row.pk}/"):
            response = client.post(f"/admin/people/roles/{address}", form())
            assert response.status_code == 403
            assert "Nobody changes her own roles." in words(response)
    assert state() == before
