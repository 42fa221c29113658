"""Answers that are kept: whoever asks the same again gets the same, as long as nothing has changed since.

What has changed is told by the page cache's tags (``pages.cache.tags``): a page, what editors give to
search, what an engine was told. Every page that a kept answer shows is asked for again before it is
given: what the public may not read any more is not shown, whatever the tags say. What a reader typed
is not kept, but for a digest of it.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable
from dataclasses import astuple, fields, replace

from django.conf import settings
from django.core.cache import caches
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import get_language

from cms.languages.registry import Language
from pages.cache.tags import ANY, SEARCH, bump, stamp
from search.contracts import Hit, LanguageGroup, ResultPage, SearchQuery
from search.documents import VERSION
from search.eligibility import findable

logger = logging.getLogger(__name__)

#: Seconds.
_LONGEST = 600
#: Another release may keep other things of an answer.
_SHAPE = (VERSION, *(field.name for kind in (ResultPage, Hit, LanguageGroup, Language) for field in fields(kind)))


def changed() -> None:
    """Say that a search may find something else than before.

    Not in a transaction that has changed pages: it waits for whoever else says so, and they for those pages.
    """
    bump({SEARCH})


def kept(query: SearchQuery, find: Callable[[SearchQuery], ResultPage]) -> ResultPage:
    """The kept answer to ``query``, or that of ``find``, which is kept from the second time on.

    Only first pages without filters: whoever asks for ten thousand different things fills little. A kept
    answer costs two queries; any other two beside those of ``find``.
    """
    longest = min(settings.PAGE_CACHE_SECONDS, _LONGEST)
    if not longest or query.page != 1 or query.filters:
        return find(query)
    key = _key(query)
    before = stamp([ANY])
    answer = _read(key, before)
    if answer is not None and _all_public(answer):
        return replace(answer, query=query.text)
    answer = find(query)
    # A change meanwhile may have been seen in part. Of what the database answered in place of an engine
    # nobody is to hear when that is back. Other spellings have the reader's words in them.
    if not answer.degraded and not answer.suggestions and stamp([ANY]) == before:
        seconds = longest
        if answer.expires is not None:
            seconds = min(seconds, int((answer.expires - timezone.now()).total_seconds()))
        if seconds > 0:
            _write(key, (before, replace(answer, query="")), seconds)
    return answer


def _all_public(answer: ResultPage) -> bool:
    """Whether everybody may still read every page that an answer shows; one query, none where it shows none."""
    ids = {hit.page_id for hits in (answer.hits, *(group.hits for group in answer.also)) for hit in hits}
    return not ids or findable(Q(pk__in=ids)).count() == len(ids)


def _key(query: SearchQuery) -> str:
    # Some of an answer is said in the language of the page that asks.
    told = repr((_SHAPE, bool(settings.ELASTICSEARCH_URL), get_language(), astuple(query)))
    return f"search:{hashlib.sha256(told.encode()).hexdigest()}"


def _read(key: str, version: int) -> ResultPage | None:
    try:
        entry = caches["searches"].get(key)
    except Exception:  # a cache that is away, or what another release wrote: search goes on without it
        logger.warning("Kept answers can't be read.", exc_info=True)
        return None
    if isinstance(entry, tuple) and entry[0] == version and isinstance(entry[1], ResultPage):
        return entry[1]
    return None


def _write(key: str, entry: tuple[int, ResultPage], seconds: int) -> None:
    cache = caches["searches"]
    try:
        if not cache.add(f"{key}:asked", True, _LONGEST):
            cache.set(key, entry, seconds)
    except Exception:  # as above
        logger.warning("An answer can't be kept.", exc_info=True)
