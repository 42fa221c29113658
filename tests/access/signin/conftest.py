"""Accounts and browsers for the tests of signing in."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from tests.access.test_sync import person

PASSWORD = "a long password"


def sign_in(client: Client, email: str, password: str = PASSWORD, **extra: Any) -> Any:
    """Fill in the form, as a browser does."""
    return client.post("/accounts/login/", {"login": email, "password": password}, **extra)


@pytest.fixture
def editor(db: None) -> Any:
    """A county editor in Skåne, who can sign in."""
    return addressed(person("county-editor", "12"))


@pytest.fixture
def publisher(db: None) -> Any:
    """A county publisher in Skåne: her role takes a second factor in production."""
    return addressed(person("county-publisher", "12"))


def addressed(user: Any) -> Any:
    """``person`` makes users whose address is their name alone."""
    user.email = user.username
    user.save()
    return user
