"""Answers that are kept: whoever asks the same again gets the same, as long as nothing has changed since.

What has changed is told by the page cache's tags (``pages.cache.tags``), in the transaction of the
change: a page, what editors give to search, what an engine was told. So a kept answer is never
older than the database, and a page that is taken off is gone from it at once. What a reader typed
is not kept, but for a digest of it.
"""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Callable
from dataclasses import dataclass, fields
from typing import Generic, TypeVar, cast

from django.conf import settings
from django.core.cache import caches
from django.utils import timezone

from pages.cache.tags import ANY, SEARCH, bump, stamp
from search.contracts import Hit, ResultPage, Suggestion
from search.documents import VERSION

T = TypeVar("T")

#: Seconds.
_LONGEST = 600
#: Another release may keep other things of an answer.
_SHAPE = (VERSION, *(field.name for kind in (ResultPage, Hit, Suggestion) for field in fields(kind)))


@dataclass(frozen=True, slots=True)
class Answer(Generic[T]):
    """What was found. ``expires`` is when something of it stops being public by itself.

    One that is not ``lasting`` is not kept: it has words of the reader's, or the database gave it in
    place of an engine, and nobody is to hear of that when it is back.
    """

    value: T
    expires: datetime.datetime | None
    lasting: bool


def changed() -> None:
    """Say that a search may find something else than before; in the transaction of what changes it."""
    bump({SEARCH})


def kept(asked: tuple[object, ...], find: Callable[[], Answer[T]]) -> T:
    """The kept answer to ``asked``, or that of ``find``, which is kept from the second time on.

    So whoever asks for ten thousand different things fills no memory. Two queries beside those of ``find``.
    """
    longest = min(settings.PAGE_CACHE_SECONDS, _LONGEST)
    if not longest:
        return find().value
    cache, key = caches["searches"], _key(asked)
    before = stamp([ANY])
    entry = cache.get(key)
    if isinstance(entry, tuple) and entry[0] == before:
        return cast(T, entry[1])
    answer = find()
    # A change meanwhile may have been seen in part.
    if answer.lasting and stamp([ANY]) == before:
        seconds = longest
        if answer.expires is not None:
            seconds = min(seconds, int((answer.expires - timezone.now()).total_seconds()))
        if seconds > 0 and not cache.add(f"{key}:asked", True, _LONGEST):
            cache.set(key, (before, answer.value), seconds)
    return answer.value


def _key(asked: tuple[object, ...]) -> str:
    told = repr((_SHAPE, bool(settings.ELASTICSEARCH_URL), asked))
    return f"search:{hashlib.sha256(told.encode()).hexdigest()}"
