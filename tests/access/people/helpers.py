"""What the tests of people share."""

from __future__ import annotations

import re
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.utils import timezone

from cms.access.models import RoleAssignment
from cms.access.sync import sync
from tests.access.test_adversary import text_of

User = get_user_model()
TODAY = timezone.localdate()
#: Everything that a change of people could change.
ROLE_FIELDS = ("pk", "user_id", "role", "county_id", "language", "starts_on", "ends_on")


def state() -> tuple[list[Any], list[Any], list[Any]]:
    return (
        list(RoleAssignment.objects.order_by("pk").values_list(*ROLE_FIELDS)),
        list(User.objects.order_by("pk").values_list("pk", "username", "email", "is_active", "is_superuser")),
        list(Group.objects.order_by("name").values_list("name", "user")),
    )


def account(email: str, **values: Any) -> Any:
    return User.objects.create_user(email, email=email, password="a long password", **values)


def assignment(user: Any, role: str, county: str | None = None, language: str = "", **values: Any) -> RoleAssignment:
    made = RoleAssignment.objects.create(user=user, role=role, county_id=county, language=language, **values)
    sync()
    return made


def form(role: str = "county-editor", county: str = "12", language: str = "", **values: Any) -> dict[str, Any]:
    days = {"starts_on": "", "ends_on": ""}
    return {"role": role, "county": county, "language": language, **days, **values}


def words(response: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text_of(response)))


def account_form(user: Any, **values: Any) -> dict[str, Any]:
    kept = {"email": user.email, "first_name": "A", "last_name": "B", "preferred_language": "", "is_active": "on"}
    return kept | values
