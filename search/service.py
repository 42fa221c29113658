"""Search as views, the API and the editors' side see it."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import TypeVar

from django.apps import apps
from django.db.models import Q
from django.utils import timezone
from django.utils.text import capfirst
from wagtail.models import Page

from cms.languages.registry import BY_CODE, Language, get
from pages.addresses import address
from pages.reading import STEP, Version, ref_of
from search import analysis, curation, spelling
from search.backends.database import DatabaseBackend
from search.checking import Found, Ranked, checked
from search.contracts import (
    FALLBACK_WINDOW,
    FILTERS,
    GROUP_SIZE,
    PAGE_SIZE,
    SUGGESTIONS,
    WINDOW,
    BackendResult,
    EngineError,
    Hit,
    LanguageGroup,
    Question,
    ResultPage,
    SearchBackend,
    SearchQuery,
    Suggestion,
)
from search.engines import second_engine
from search.models import SearchRecord
from search.normalise import clean, words
from search.passages import Matcher, passage

logger = logging.getLogger(__name__)
T = TypeVar("T")

#: A language that readers of every other one type words of, also where nothing is shown in it.
_TYPED_TOO = "en"
#: Fewer hits are few, which the page says; as many are looked at to see whether another spelling finds any.
FEW = 3


def search(query: SearchQuery) -> ResultPage:
    """What answers ``query``. Raises ``KeyError`` for a language that the registry lacks.

    A page is found by its words in the reader's language and in those that this one falls back to,
    and shown once, in the best language that it has for her: among the hits if that is her own,
    else in that language's group. Costs at most fourteen queries, whatever is found.
    """
    language = get(query.language)
    text = clean(query.text)
    result = ResultPage(query=text, language=language, page=query.page)
    if not any(True for _ in words(text, language.code)):
        return result
    typed = {code: analysis.asked(text, code) for code in _asked_in(language)}
    asked = curation.expand(typed)
    plain = query.page == 1 and not query.filters
    pinned = curation.recommended(typed[language.code], language.code) if plain else []
    answers, degraded = _ask(_questions(query, language, asked))
    ranked = [(code, pk) for code, found in zip(asked, answers, strict=False) for pk in found.page_ids]
    wide = [(language.code, pk) for pk in answers[-1].page_ids] if query.filters else []
    found, everything, first = checked(
        [ranked, wide, [(code, pk) for pk in pinned for code in language.chain]], language
    )
    own = _with_first(first, [one for one in found if one.shown.code == language.code])
    start = (query.page - 1) * PAGE_SIZE
    shown = own[start : start + PAGE_SIZE]
    groups = _groups(_but(first, found), language) if query.page == 1 else {}
    hits = _hits([*shown, *(one for group in groups.values() for one in group)], language, asked)
    recommended = {one.shown.id for one in first}
    return ResultPage(
        query=text,
        language=language,
        total=len(own),
        page=query.page,
        pages=-(-len(own) // PAGE_SIZE),
        hits=[_marked(hits[one.shown.id], recommended) for one in shown],
        also=[LanguageGroup(get(code), [hits[one.shown.id] for one in group]) for code, group in groups.items()],
        facets=_facets(query, own, [one for one in everything if one.shown.code == language.code]),
        suggestions=_other_spellings(text, language, degraded) if plain else [],
        degraded=degraded,
        more=bool(own) and len(answers[0].page_ids) == WINDOW,
    )


def _asked_in(language: Language) -> tuple[str, ...]:
    """The languages whose words find a page for a reader of ``language``, hers first."""
    return tuple(dict.fromkeys((*language.chain, _TYPED_TOO)))


def _questions(query: SearchQuery, language: Language, asked: dict[str, tuple[analysis.Asked, ...]]) -> list[Question]:
    """A question for each language; with filters one more without them, for their numbers."""
    limits = dict.fromkeys(asked, FALLBACK_WINDOW) | {language.code: WINDOW}
    questions = [Question(code, words, limits[code], query.filters, query.near) for code, words in asked.items()]
    if query.filters:
        questions.append(Question(language.code, asked[language.code], WINDOW))
    return questions


def _answered(ask: Callable[[SearchBackend], T]) -> tuple[T, bool]:
    """The engine's answer, and whether the database had to stand in."""
    engine = second_engine()
    if engine is not None:
        try:
            return ask(engine), False
        except EngineError as error:
            logger.warning("The database answers in place of %s: %s", engine.name, error)
    return ask(DatabaseBackend()), engine is not None


def _ask(questions: Sequence[Question]) -> tuple[list[BackendResult], bool]:
    return _answered(lambda engine: engine.search(questions))


def _but(first: Sequence[Found], found: Iterable[Found]) -> list[Found]:
    paths = {one.shown.path for one in first}
    return [one for one in found if one.shown.path not in paths]


def _with_first(first: Sequence[Found], own: Iterable[Found]) -> list[Found]:
    return [*first, *_but(first, own)]


def _groups(found: Iterable[Found], language: Language) -> dict[str, list[Found]]:
    """The first of what the reader's language lacks, by the language that it is shown in."""
    groups: dict[str, list[Found]] = {code: [] for code in language.fallbacks}
    for one in found:
        if one.shown.code != language.code and len(groups[one.shown.code]) < GROUP_SIZE:
            groups[one.shown.code].append(one)
    return {code: group for code, group in groups.items() if group}


def _facets(query: SearchQuery, own: Sequence[Found], everything: Sequence[Found]) -> dict[str, dict[str, int]]:
    """How many of the pages each value of a filter would leave; one query."""
    ids = {one.shown.id for one in (*own, *everything)}
    if not ids:
        return {name: {} for name in FILTERS}
    rows = {
        row[0]: dict(zip(FILTERS, row[1:], strict=True))
        for row in SearchRecord.objects.filter(pk__in=ids).values_list("pk", *FILTERS)
    }
    chosen = query.filters
    facets = {}
    for name in FILTERS:
        rest = {other: value for other, value in chosen.items() if other != name}
        # What no filter narrowed is counted as it was found: the pages of the other languages are there too.
        pages = everything if chosen else own
        values = [rows[one.shown.id] for one in pages if one.shown.id in rows]
        facets[name] = dict(
            Counter(
                value[name] for value in values if value[name] and all(value[k] == wanted for k, wanted in rest.items())
            )
        )
    return facets


def _other_spellings(text: str, language: Language, degraded: bool) -> list[str]:
    """Another spelling, if some word is on no page and the other one finds what the public may read.

    Where the second engine did not answer the search it is not waited for again.
    """
    better = spelling.corrected(text, language)
    if better is None:
        return []
    # Each new word must itself stand on a page that is public now: it may be one of a page that has gone.
    questions, asked_for = [], []
    for word in better.words:
        for code in language.chain:
            words = tuple(replace(one, beginnings=(), ways=()) for one in analysis.asked(word, code))
            if words:
                questions.append(Question(code, words, FEW))
                asked_for.append(word)
    answers = DatabaseBackend().search(questions) if degraded else _ask(questions)[0]
    ranked: dict[str, list[tuple[str, int]]] = {word: [] for word in better.words}
    for word, question, answer in zip(asked_for, questions, answers, strict=True):
        ranked[word] += [(question.language, pk) for pk in answer.page_ids]
    return [better.text] if all(checked(ranked.values(), language)) else []


def _marked(hit: Hit, recommended: set[int]) -> Hit:
    return replace(hit, recommended=True) if hit.page_id in recommended else hit


def _hits(chosen: Sequence[Found], language: Language, asked: dict[str, tuple[analysis.Asked, ...]]) -> dict[int, Hit]:
    """These pages as hits, by id; two queries."""
    if not chosen:
        return {}
    rows = SearchRecord.objects.filter(pk__in=[one.shown.id for one in chosen])
    records = {pk: (text, machine) for pk, text, machine in rows.values_list("pk", "text", "machine_translated")}
    trails = _breadcrumbs([one.shown for one in chosen])
    matchers = {code: Matcher(asked[code], code) for code in language.chain}
    hits = {}
    for one in chosen:
        version = one.shown
        text, machine_translated = records.get(version.id, ("", False))
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
            found_in=BY_CODE[one.matched.code],
            type=model.content_type_name,
            type_label=capfirst(str(model._meta.verbose_name)),
            passage=passage(version.summary, text, matchers[version.code]),
            breadcrumb=trails[version.id],
            updated=ref.updated,
            machine_translated=machine_translated,
        )
    return hits


def _breadcrumbs(chosen: Iterable[Version]) -> dict[int, list[str]]:
    """The titles above each of these pages, topmost first, without the roots; one query."""
    wanted = list(chosen)
    # Level 2 are the roots of the trees.
    paths = {version.tree_path[:end] for version in wanted for end in range(3 * STEP, len(version.tree_path), STEP)}
    # What is above a page that anybody may read is not private; it may be unpublished, or have expired.
    current = Q(expire_at__isnull=True) | Q(expire_at__gt=timezone.now())
    titles = dict(Page.objects.filter(current, path__in=paths, live=True).values_list("path", "title")) if paths else {}
    return {
        version.id: [
            titles[version.tree_path[:end]]
            for end in range(3 * STEP, len(version.tree_path), STEP)
            if version.tree_path[:end] in titles
        ]
        for version in wanted
    }


def suggest(text: str, code: str) -> list[Suggestion]:
    """Pages whose titles begin as somebody types, in her language first; at most two queries.

    Raises ``KeyError`` for a language that the registry lacks.
    """
    language = get(code)
    text = clean(text)
    if not any(True for _ in words(text, code)):
        return []
    limits = dict.fromkeys(language.chain, SUGGESTIONS)
    limits[code] = 2 * SUGGESTIONS
    answers, _degraded = _answered(lambda engine: engine.suggest(text, limits))
    ranked: Ranked = [(code, pk) for code in language.chain for pk in answers[code].page_ids]
    (found,) = checked([ranked], language)
    # What is hers comes first, wherever the words stand.
    found.sort(key=lambda one: one.shown.code != language.code)
    return [
        Suggestion(one.shown.title, address(one.shown.path, code), BY_CODE[one.shown.code])
        for one in found[:SUGGESTIONS]
    ]
