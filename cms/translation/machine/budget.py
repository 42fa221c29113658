"""What may be sent: so many characters a month, so many requests a minute; true for all workers together."""

from __future__ import annotations

import datetime
import time
from collections.abc import Callable

from django.db.models import F
from django.db.models.functions import Greatest
from django.utils import timezone

from cms.translation.machine.models import Pace, Usage
from cms.translation.machine.providers import Setup


def this_month() -> datetime.date:
    """The month's first day, by the site's clock."""
    return timezone.localdate().replace(day=1)


def reserve(setup: Setup, language: str, characters: int) -> bool:
    """Count the characters before they are sent; ``False``, and nothing is counted, where the budget lacks them.

    One update decides, so that two workers together never get more than the budget.
    """
    row, _made = Usage.objects.get_or_create(provider=setup.name, language=language, month=this_month())
    fits = Usage.objects.filter(pk=row.pk, characters__lte=setup.budget - characters)
    return bool(setup.budget >= characters and fits.update(characters=F("characters") + characters))


def give_back(setup: Setup, language: str, characters: int) -> None:
    """Take back what was counted and not translated."""
    Usage.objects.filter(provider=setup.name, language=language, month=this_month()).update(
        characters=Greatest(F("characters") - characters, 0)
    )


def left(setup: Setup, language: str) -> int:
    """The characters that the provider may be sent for the language this month."""
    used = (
        Usage.objects.filter(provider=setup.name, language=language, month=this_month())
        .values_list("characters", flat=True)
        .first()
    )
    return max(setup.budget - (used or 0), 0)


def wait_for_turn(
    setup: Setup, clock: Callable[[], float] = time.time, sleep: Callable[[float], None] = time.sleep
) -> None:
    """Wait until the provider may be sent one more request, and count it. At once where it has no limit."""
    if not setup.rate:
        return
    Pace.objects.get_or_create(provider=setup.name)
    while True:
        now = clock()
        minute = int(now // 60)
        row = Pace.objects.filter(provider=setup.name)
        if row.filter(minute__lt=minute).update(minute=minute, requests=1):
            return
        if row.filter(minute=minute, requests__lt=setup.rate).update(requests=F("requests") + 1):
            return
        sleep((minute + 1) * 60 - now)
