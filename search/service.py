"""Search as views, the API and the editors' side see it."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from django.apps import apps
from django.db.models import Q
from django.utils.text import capfirst
from wagtail.models import Page

from cms.languages.registry import BY_CODE, CODES, Language, get
from pages.addresses import address
from pages.reading import STEP, Version, best, in_chain, ref_of, versions
from search.backends.database import DatabaseBackend
from search.contracts import (
    FALLBACK_WINDOW,
    GROUP_SIZE,
    PAGE_SIZE,
    WINDOW,
    BackendResult,
    EngineError,
    Hit,
    LanguageGroup,
    ResultPage,
    SearchQuery,
)
from search.eligibility import FINDABLE, findable_counts
from search.indexing import second_engine
from search.models import SearchRecord
from search.normalise import clean, words
from search.passages import Matcher, passage

logger = logging.getLogger(__name__)


class _Found(NamedTuple):
    """A page that was found: the version that has the words, and the one that the reader is shown."""

    matched: Version
    shown: Version


def search(query: SearchQuery) -> ResultPage:
    """What answers ``query``. Raises ``KeyError`` for a language that the registry lacks.

    A page is found by its words in the reader's language and in those that this one falls back to,
    and shown once, in the best language that it has for her: among the hits if that is her own,
    else in that language's group. Costs at most seven queries, whatever is found.
    """
    language = get(query.language)
    text = clean(query.text)
    result = ResultPage(query=text, language=language, page=query.page)
    if not any(True for _ in words(text, language.code)):
        return result
    answers, degraded = _ask(query, text, language)
    by_language = _checked(answers, language)
    own = by_language[language.code]
    start = (query.page - 1) * PAGE_SIZE
    shown = own[start : start + PAGE_SIZE]
    groups = {code: by_language[code][:GROUP_SIZE] for code in language.fallbacks} if query.page == 1 else {}
    hits = _hits([*shown, *(found for group in groups.values() for found in group)], text, language)
    return ResultPage(
        query=text,
        language=language,
        total=len(own),
        page=query.page,
        pages=-(-len(own) // PAGE_SIZE),
        hits=[hits[found.shown.id] for found in shown],
        also=[
            LanguageGroup(get(code), [hits[found.shown.id] for found in group])
            for code, group in groups.items()
            if group
        ],
        degraded=degraded,
    )


def _ask(query: SearchQuery, text: str, language: Language) -> tuple[dict[str, BackendResult], bool]:
    """The engine's answer for each language of the chain, and whether the database had to stand in."""
    asked = SearchQuery(text, query.language, query.county, query.municipality, query.type)
    limits = dict.fromkeys(language.fallbacks, FALLBACK_WINDOW) | {language.code: WINDOW}
    engine = second_engine()
    if engine is not None:
        try:
            return engine.search(asked, limits), False
        except EngineError as error:
            logger.warning("The database answers a search in place of %s: %s", engine.name, error)
    return DatabaseBackend().search(asked, limits), engine is not None


def _checked(answers: Mapping[str, BackendResult], language: Language) -> dict[str, list[_Found]]:
    """What of the answers the public may read now, each page once, by the language that it is shown in."""
    ranked = [(code, pk) for code in language.chain for pk in answers[code].page_ids]
    condition = Q(pk__in=[pk for _, pk in ranked])
    elsewhere = [pk for code, pk in ranked if code != language.code]
    if elsewhere:
        keys = Page.objects.filter(pk__in=elsewhere).values("translation_key")
        condition |= Q(translation_key__in=keys) & in_chain(language)
    found = versions(condition & FINDABLE) if ranked else []
    by_id = {version.id: version for version in found}
    by_path: dict[str, dict[str, Version]] = {}
    for version in found:
        by_path.setdefault(version.path, {})[version.code] = version
    result: dict[str, list[_Found]] = {code: [] for code in language.chain}
    seen: set[str] = set()
    for code, pk in ranked:
        matched = by_id.get(pk)
        # An engine that is behind may still have a page under the language of another tree.
        if matched is None or matched.code != code or matched.path in seen:
            continue
        shown = best(language, by_path[matched.path])
        if shown is not None:
            seen.add(matched.path)
            result[shown.code].append(_Found(matched, shown))
    return result


def _hits(chosen: list[_Found], text: str, language: Language) -> dict[int, Hit]:
    """These pages as hits, by id; two queries."""
    if not chosen:
        return {}
    records = SearchRecord.objects.in_bulk([found.shown.id for found in chosen])
    trails = _breadcrumbs([found.shown for found in chosen])
    matchers = {code: Matcher(text, code) for code in language.chain}
    hits = {}
    for found in chosen:
        version, record = found.shown, records.get(found.shown.id)
        ref = ref_of(version, language)
        model = apps.get_model("pages", f"{version.type}page")
        hits[version.id] = Hit(
            page_id=version.id,
            path=version.path,
            url=address(version.path, language.code),
            title=version.title,
            summary=version.summary,
            language=ref.language,
            is_fallback=ref.is_fallback,
            found_in=BY_CODE[found.matched.code],
            type=model.content_type_name,
            type_label=capfirst(str(model._meta.verbose_name)),
            passage=passage(version.summary, record.text if record else "", matchers[version.code]),
            breadcrumb=trails[version.id],
            updated=ref.updated,
            machine_translated=bool(record and record.machine_translated),
        )
    return hits


def _breadcrumbs(chosen: Iterable[Version]) -> dict[int, list[str]]:
    """The titles above each of these pages, topmost first, without the roots; one query."""
    wanted = list(chosen)
    # Level 2 are the roots of the trees.
    paths = {version.tree_path[:end] for version in wanted for end in range(3 * STEP, len(version.tree_path), STEP)}
    titles = {version.tree_path: version.title for version in versions(Q(path__in=paths))} if paths else {}
    return {
        version.id: [
            titles[version.tree_path[:end]]
            for end in range(3 * STEP, len(version.tree_path), STEP)
            if version.tree_path[:end] in titles
        ]
        for version in wanted
    }


def status() -> dict[str, dict[str, object]]:
    """For each language: the pages that can be found, the records that there are, by which engine, how it is."""
    engine = second_engine()
    degraded = engine is not None and not engine.healthy()
    answering = DatabaseBackend() if engine is None or degraded else engine
    expected = findable_counts()
    return {
        code: {
            "expected": expected.get(code, 0),
            "indexed": answering.count(code),
            "engine": answering.name,
            "degraded": degraded,
        }
        for code in CODES
    }
