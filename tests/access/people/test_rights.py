"""The list of roles, and what a person may do."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cms.access.models import RoleAssignment
from cms.access.people.rights import rights_of
from cms.access.sync import sync
from cms.geography.models import County
from tests.access.people.helpers import TODAY, User, account, assignment, words
from tests.access.test_adversary import client_of, text_of
from tests.access.test_sync import person

pytestmark = pytest.mark.django_db


def test_the_list_shows_a_county_publisher_her_county_alone(publisher: Any, administrator: Any) -> None:
    people = {
        "editor": person("county-editor", "12"),
        "translator": person("translator", "12", "ar"),
        "elsewhere": person("county-editor", "09"),
        "national": person("translator", None, "ar"),
        "analyst": person("analyst"),
    }
    for name, user in people.items():
        User.objects.filter(pk=user.pk).update(email=f"{name}@people.example", username=f"{name}@people.example")

    def listed(by: Any, address: str) -> set[str]:
        return set(
            re.findall(r"([a-z]+)@people\.example", text_of(client_of(by).get(f"/admin/people/roles/{address}")))
        )

    assert listed(publisher, "") == {"editor", "translator"}
    assert listed(publisher, "results/?county=09") <= {"editor", "translator"}
    assert listed(administrator, "") == set(people)
    assert listed(administrator, "results/?county=09") == {"elsewhere"}
    assert listed(administrator, "results/?role=analyst") == {"analyst"}
    assert listed(administrator, "results/?language=ar") == {"translator", "national"}
    assert listed(administrator, "results/?q=ELSEWHERE@people") == {"elsewhere"}


@pytest.mark.parametrize("each", [1, 3])
def test_the_list_takes_the_same_queries_for_every_number_of_people(administrator: Any, each: int) -> None:
    for county in County.objects.all():
        for number in range(each):
            user = account(f"{county.code}-{number}@example.org")
            RoleAssignment.objects.create(user=user, role="county-editor", county=county)
    sync()
    client = client_of(administrator)
    with CaptureQueriesContext(connection) as queries:
        response = client.get("/admin/people/roles/results/")
    assert "14-0@example.org" in text_of(response)
    assert len(queries) == 9


def test_the_list_shows_the_days_of_a_role(publisher: Any) -> None:
    assignment(account("x@example.org"), "county-editor", "12", starts_on="2031-02-03", ends_on="2032-11-12")
    page = words(client_of(publisher).get("/admin/people/roles/"))
    assert "2031-02-03 2032-11-12" in page


def test_rights_are_told_by_place() -> None:
    user = person("county-publisher", "12")
    assignment(user, "translator", language="ar")
    assignment(user, "analyst")
    user = User.objects.get(pk=user.pk)
    told = {right.where: {str(action) for action in right.actions} for right in rights_of(user)}
    assert told["The whole site"] == {"read reports", "read the audit log"}
    assert {"publish", "give and take roles"} <= told["Skåne, svenska"]
    assert told["National pages, العربية"] == {"see drafts", "edit", "send for moderation", "export", "import"}
    assert set(told) == {"The whole site", "Skåne, svenska", "National pages, العربية"}
    assert [right.where for right in rights_of(user, {"gotland"})] == []


def test_a_county_publisher_is_told_what_concerns_her_county(publisher: Any, administrator: Any) -> None:
    user = person("county-editor", "12")
    assignment(user, "county-publisher", "09")
    assignment(user, "translator", language="ti")
    assignment(user, "analyst", ends_on=TODAY + timedelta(3))
    page = words(client_of(publisher).get(f"/admin/people/{user.pk}/rights/"))
    assert "County editor Skåne" in page
    assert "send for moderation" in page
    for elsewhere in ("Gotland", "ትግርኛ", "Analyst", "read reports", "The whole site"):
        assert elsewhere not in page
    page = words(client_of(administrator).get(f"/admin/people/{user.pk}/rights/"))
    for told in ("County editor Skåne", "County publisher Gotland", "ትግርኛ", "Analyst", "read reports"):
        assert told in page


def test_a_closed_or_superuser_s_account_is_told_in_words(administrator: Any) -> None:
    closed = person("county-editor", "12")
    closed.is_active = False
    closed.save()
    root = User.objects.create_superuser("root@example.org", password="a long password")
    client = client_of(administrator)
    assert "The account is closed: nothing." in words(client.get(f"/admin/people/{closed.pk}/rights/"))
    assert "made by a command of the installation" in words(client.get(f"/admin/people/{root.pk}/rights/"))
