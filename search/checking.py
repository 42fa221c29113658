"""What of the engines' answers may be shown: asked of the database, every time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from django.db.models import Q
from wagtail.models import Page

from cms.languages.registry import Language
from pages.reading import Version, best, in_chain, versions
from search.eligibility import FINDABLE


class Found(NamedTuple):
    """A page that was found: the version that has the words, and the one that the reader is shown."""

    matched: Version
    shown: Version


#: A page that an engine found, and the language that it was asked in; best first.
Ranked = Sequence[tuple[str, int]]


def checked(answers: Iterable[Ranked], language: Language) -> list[list[Found]]:
    """Of each answer what the public may read now, every page once; at most one query for all of them."""
    ranked = list(answers)
    every = {pair for answer in ranked for pair in answer}
    condition = Q(pk__in={pk for _, pk in every})
    elsewhere = {pk for code, pk in every if code != language.code}
    if elsewhere:
        keys = Page.objects.filter(pk__in=elsewhere).values("translation_key")
        condition |= Q(translation_key__in=keys) & in_chain(language)
    found = versions(condition & FINDABLE) if every else []
    by_id = {version.id: version for version in found}
    by_path: dict[str, dict[str, Version]] = {}
    for version in found:
        by_path.setdefault(version.path, {})[version.code] = version
    return [list(_once(answer, language, by_id, by_path)) for answer in ranked]


def _once(
    answer: Ranked, language: Language, by_id: dict[int, Version], by_path: dict[str, dict[str, Version]]
) -> Iterable[Found]:
    seen: set[str] = set()
    for code, pk in answer:
        matched = by_id.get(pk)
        # An engine that is behind may still have a page under the language of another tree.
        if matched is None or matched.code != code or matched.path in seen:
            continue
        shown = best(language, by_path[matched.path])
        if shown is not None:
            seen.add(matched.path)
            yield Found(matched, shown)
