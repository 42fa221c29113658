"""Answers that are kept: whoever asks the same again gets the same, as long as nothing has changed since.

What has changed is told by the page cache's tags (``pages.cache.tags``), in the transaction of the
change: a page, what editors give to search, what an engine was told. So a kept answer is never
older than the database, and a page that is taken off is gone from it at once. What a reader typed
is not kept, but for a digest of it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import astuple, dataclass, fields, replace

from django.conf import settings
from django.core.cache import caches
from django.utils import timezone

from pages.cache.tags import ANY, SEARCH, bump, stamp
from search.contracts import Hit, ResultPage, SearchQuery
from search.documents import VERSION

#: Seconds.
_LONGEST = 600
#: Another release may keep other things of an answer.
_SHAPE = [VERSION, *(field.name for kind in (ResultPage, Hit) for field in fields(kind))]


@dataclass(frozen=True, slots=True)
class _Kept:
    stamp: int
    answer: ResultPage


def changed() -> None:
    """Say that a search may find something else than before; in the transaction of what changes it."""
    bump({SEARCH})


def kept(query: SearchQuery, find: Callable[[SearchQuery], ResultPage]) -> ResultPage:
    """The kept answer to ``query``, or that of ``find``, which is kept. Two queries beside those of ``find``."""
    longest = min(settings.PAGE_CACHE_SECONDS, _LONGEST)
    if not longest:
        return find(query)
    key = _key(query)
    before = stamp([ANY])
    entry = caches["searches"].get(key)
    if isinstance(entry, _Kept) and entry.stamp == before:
        return replace(entry.answer, query=query.text)
    answer = find(query)
    # A change meanwhile may have been seen in part. Of what the database answered in place of an engine
    # nobody is to hear when that is back. Other spellings have the reader's words in them.
    if not answer.degraded and not answer.suggestions and stamp([ANY]) == before:
        seconds = longest
        if answer.expires is not None:
            seconds = min(seconds, int((answer.expires - timezone.now()).total_seconds()))
        if seconds > 0:
            caches["searches"].set(key, _Kept(before, replace(answer, query="")), seconds)
    return answer


def _key(query: SearchQuery) -> str:
    asked = repr((_SHAPE, bool(settings.ELASTICSEARCH_URL), astuple(query)))
    return f"search:{hashlib.sha256(asked.encode()).hexdigest()}"
