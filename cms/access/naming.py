"""What people are called."""

from __future__ import annotations

from typing import Any


def name_of(user: Any) -> str:
    """The person's name, else that of her account; empty where nobody is known."""
    return "" if user is None else str(user.get_full_name() or user.get_username())
