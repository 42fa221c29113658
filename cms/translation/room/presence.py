"""Who has which text open: in the cache, forgotten after half a minute."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache

from cms.access.naming import name_of
from cms.translation.models import TranslationRecord

#: Seconds after which somebody who says nothing has gone.
GONE_AFTER = 30


@dataclass(frozen=True, slots=True)
class Present:
    """Somebody else in the room; ``unit`` is empty where no text is open."""

    name: str
    unit: str


def _key(record: TranslationRecord) -> str:
    return f"translation-room:{record.pk}"


def be_present(record: TranslationRecord, user: Any, unit: str) -> list[Present]:
    """Note that ``user`` has ``unit`` open, and return the others who are there."""
    now = time.time()
    seen: dict[int, tuple[str, str, float]] = cache.get(_key(record)) or {}
    seen = {pk: row for pk, row in seen.items() if now - row[2] < GONE_AFTER}
    seen[user.pk] = (name_of(user), unit, now)
    cache.set(_key(record), seen, GONE_AFTER)
    return [Present(name, open_) for pk, (name, open_, _when) in seen.items() if pk != user.pk]
