"""Searches that found little, counted for editors; nothing is kept of who made them.

A search is counted in the cache, under a digest, and written only from the third time in a week on:
what a single reader typed is never stored. What looks like a number or an address of a person is not
counted at all. What is older than a year is deleted.
"""

from __future__ import annotations

import datetime
import hashlib
import re

from django.core.cache import cache
from django.db.models import F, Value
from django.db.models.functions import Least
from django.utils.timezone import localdate

from search.models import SearchTally

#: Pages found that are few; times in a week from which on a search is kept.
FEW, LEAST_TIMES = 2, 3
#: Weeks that the counts are kept.
WEEKS_KEPT = 52
_WEEK_SECONDS = 8 * 24 * 3600
_LONGEST = 100
# Personal numbers, telephone numbers, postal codes; addresses of mail and of homes. 1177 and 112 are none.
_PERSONAL = re.compile(
    r"\d(?:[\W_]*\d){4}|@|(?:gatan?|vägen|väg|gränden?|stigen|torget|backen|allén?|street|road) *\d", re.IGNORECASE
)


def week_of(day: datetime.date) -> datetime.date:
    """The Monday of the day's week."""
    return day - datetime.timedelta(days=day.weekday())


def count(query: str, language: str, found: int) -> None:
    """Count a search that found ``found`` pages; no query, or two from the third time on."""
    text = " ".join(query.casefold().split())
    if found > FEW or not text or len(text) > _LONGEST or _PERSONAL.search(text):
        return
    week = week_of(localdate())
    digest = hashlib.blake2b(f"{week} {language} {text}".encode(), digest_size=16).hexdigest()
    name = f"search-tally-{digest}"
    cache.add(name, 0, _WEEK_SECONDS)
    try:
        times = cache.incr(name)
    except ValueError:  # It went out of the cache just now.
        return
    if times < LEAST_TIMES:
        return
    rows = SearchTally.objects.filter(week=week, language=language, query=text)
    if not rows.update(times=F("times") + 1, found=Least("found", Value(found))):
        SearchTally.objects.bulk_create(
            [SearchTally(week=week, language=language, query=text, times=times, found=found)], ignore_conflicts=True
        )


def forget_old() -> int:
    """Delete what is older than ``WEEKS_KEPT`` weeks; returns the number of searches."""
    first = week_of(localdate()) - datetime.timedelta(weeks=WEEKS_KEPT)
    deleted, _by_table = SearchTally.objects.filter(week__lt=first).delete()
    return deleted
