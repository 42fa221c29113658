"""The pages that were chosen, as hits: with their texts, the passage that was found and what stands above them."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from django.apps import apps
from django.db.models import Q
from django.utils import timezone
from django.utils.text import capfirst
from wagtail.models import Page

from cms.languages.registry import BY_CODE, Language
from pages.addresses import address
from pages.reading import STEP, local_date
from search.analysis import Asked
from search.checking import Found
from search.contracts import Hit
from search.models import SearchRecord
from search.passages import Matcher, passage

_COLUMNS = (
    "page_id",
    "page__path",
    "page__search_description",
    "page__last_published_at",
    "page__content_type__model",
    "machine_translated",
    "text",
)


class Hits(NamedTuple):
    """Hits by their pages' ids, and when a page that a breadcrumb names expires first."""

    by_id: dict[int, Hit]
    expires: datetime.datetime | None = None


def as_hits(chosen: Sequence[Found], language: Language, asked: Mapping[str, Sequence[Asked]]) -> Hits:
    """These pages as hits, without those that have gone since they were checked; two queries."""
    if not chosen:
        return Hits({})
    rows = SearchRecord.objects.filter(pk__in=[one.shown.id for one in chosen]).values_list(*_COLUMNS)
    texts = {pk: rest for pk, *rest in rows}
    trails, expires = _breadcrumbs({pk: tree_path for pk, (tree_path, *_) in texts.items()})
    matchers = {code: Matcher(asked[code], code) for code in language.chain}
    hits = {}
    for one in chosen:
        page = one.shown
        if page.id not in texts:
            continue
        _tree_path, summary, published, model_name, machine_translated, text = texts[page.id]
        model = apps.get_model("pages", model_name)
        hits[page.id] = Hit(
            page_id=page.id,
            path=page.path,
            url=address(page.path, language.code),
            title=page.title,
            summary=summary or "",
            language=BY_CODE[page.code],
            is_fallback=page.code != language.code,
            found_in=BY_CODE[one.matched.code],
            type=model.content_type_name,
            type_label=capfirst(str(model._meta.verbose_name)),
            passage=passage(summary or "", text, matchers[page.code]),
            breadcrumb=trails[page.id],
            updated=local_date(published),
            machine_translated=machine_translated,
        )
    return Hits(hits, expires)


def _above(tree_path: str) -> list[str]:
    """The places in the tree above this one, topmost first, without the roots (the first two levels)."""
    return [tree_path[:end] for end in range(3 * STEP, len(tree_path), STEP)]


def _breadcrumbs(tree_paths: Mapping[int, str]) -> tuple[dict[int, list[str]], datetime.datetime | None]:
    """The titles above each of these pages, topmost first, and when one of them expires first; one query."""
    wanted = {path for tree_path in tree_paths.values() for path in _above(tree_path)}
    # What is above a page that anybody may read is not private; it may be unpublished, or have expired.
    current = Q(expire_at__isnull=True) | Q(expire_at__gt=timezone.now())
    found = Page.objects.filter(current, path__in=wanted, live=True) if wanted else Page.objects.none()
    titles, ends = {}, []
    for path, title, expires in found.order_by().values_list("path", "title", "expire_at"):
        titles[path] = title
        ends += [expires] if expires else []
    trails = {
        pk: [titles[path] for path in _above(tree_path) if path in titles] for pk, tree_path in tree_paths.items()
    }
    return trails, min(ends, default=None)
