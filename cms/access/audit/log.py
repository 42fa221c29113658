"""The one function that writes the audit log, and how what it writes is named."""

from __future__ import annotations

import copy
from typing import Any

from wagtail.log_actions import get_active_log_context
from wagtail.models import Page

from cms.access.audit.context import signed_in_user
from cms.access.audit.events import Event
from cms.access.models.audit import AuditEntry
from cms.access.naming import name_of
from cms.access.policy import holdings_of
from cms.access.scopes import Scope, split_url_path

#: How much of a string in an entry's details is kept.
LONGEST = 200
SUPERUSER = "superuser"


def record(event: Event, *, actor: Any = None, about: str = "", scope: Scope | None = None, **detail: Any) -> None:
    """Write that ``actor`` did something to what ``about`` names, in ``scope``.

    ``actor`` defaults to the user of Wagtail's active log context, then to who is signed in; with
    neither it was a command.
    ``about`` is an address, a file's name or a person's e-mail, ``detail`` small values: never a
    title or text of what is not published. Part of the transaction around it: what cannot be
    recorded is not done. One query, and one more where the actor's roles are not loaded yet.
    """
    actor = _person(actor) or _person(get_active_log_context().user) or _person(signed_in_user())
    AuditEntry.objects.create(
        event=Event(event),
        actor_id=actor.pk if actor else None,
        actor_name=_cut("actor_name", name_of(actor)) if actor else "",
        actor_email=_cut("actor_email", actor.email) if actor else "",
        roles=_cut("roles", roles_of(actor)) if actor else "",
        about=_cut("about", about),
        county=(scope.county_slug or "") if scope else "",
        language=scope.language if scope else "",
        detail={name: _small(value) for name, value in detail.items() if value not in (None, "")},
    )


def address_of(page: Page) -> str:
    """The page's path with its language: ``/sv/att-bo/``, ``/ar/lan/skane/``."""
    path = page.url_path or ""
    found = split_url_path(path)
    return "/{}/{}".format(*found) if found else "/" + path.lstrip("/")


def roles_of(user: Any) -> str:
    """The roles that ``user`` holds now, by their groups' names, which say the scope: ``county-editor 12``."""
    # A copy remembers what is loaded already, and what is loaded here is not remembered on the user:
    # a receiver must not decide when the user's roles are read.
    held = holdings_of(copy.copy(user))
    names = sorted({holding.group_name for holding in held})
    return "; ".join([SUPERUSER, *names] if user.is_superuser else names)


def _person(user: Any) -> Any:
    return user if user is not None and user.is_authenticated else None


def _cut(field: str, value: str) -> str:
    return value[: getattr(AuditEntry._meta.get_field(field), "max_length", None)]


def _small(value: Any) -> str | int | float | bool:
    return value if isinstance(value, bool | int | float) else str(value)[:LONGEST]
