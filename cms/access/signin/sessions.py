"""How long a session lasts: until its person is idle, and at the latest so many hours after she signed in."""

from __future__ import annotations

import time
from typing import Any

from django.conf import settings
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest

BEGAN = "signin_began"
SEEN = "signin_seen"
#: Seconds within which a second sign of life is not written down.
_GRAIN = 60


@receiver(user_logged_in, dispatch_uid="signin_began")
def begin(request: HttpRequest | None = None, **_kwargs: Any) -> None:
    """Note when the session's person signed in."""
    session = getattr(request, "session", None)
    if session is not None:
        session[BEGAN] = session[SEEN] = int(time.time())


def is_over(session: Any) -> bool:
    """Whether the session has lasted or rested too long. One that doesn't say when it began has."""
    now = int(time.time())
    began, seen = session.get(BEGAN), session.get(SEEN)
    if not isinstance(began, int) or not isinstance(seen, int):
        return True
    return now - began >= settings.SESSION_LONGEST_SECONDS or now - seen >= settings.SESSION_IDLE_SECONDS


def touch(session: Any) -> None:
    """Note that the person did something; written once a minute at most, sooner where idling is short."""
    now = int(time.time())
    if now - session.get(SEEN, 0) >= min(_GRAIN, settings.SESSION_IDLE_SECONDS // 4):
        session[SEEN] = now
