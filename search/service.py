"""Search as views, the API and the editors' side see it."""

from __future__ import annotations

import datetime
import logging
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import TypeVar

from cms.languages.registry import BY_CODE, LANGUAGES, Language, get
from pages.addresses import address
from pages.models import ThemePage
from pages.reading import in_chain
from pages.visibility import public
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
    nothing,
)
from search.engines import second_engine
from search.hits import as_hits
from search.keeping import kept
from search.normalise import clean, words

logger = logging.getLogger(__name__)
T = TypeVar("T")

#: A language that readers of every other one type words of, also where nothing is shown in it.
_TYPED_TOO = "en"
#: Fewer hits are few, which the page says; as many are looked at to see whether another spelling finds any.
FEW = 3


def warm() -> None:
    """Load what the first reader would wait for: every language's dictionaries, and the engine's client."""
    for language in LANGUAGES:
        analysis.asked(language.autonym, language.code)
    second_engine()


def search(query: SearchQuery) -> ResultPage:
    """What answers ``query``, kept for whoever asks the same.

    Raises ``KeyError`` for a language that the registry lacks.
    """
    return kept(replace(query, text=clean(query.text)), find)


def find(query: SearchQuery) -> ResultPage:
    """What answers ``query``, asked anew.

    A page is found by its words in the reader's language and in those that this one falls back to,
    and shown once, in the best language that it has for her: among the hits if that is her own,
    else in that language's group. Costs at most a dozen queries, whatever is found.
    """
    language, text = get(query.language), query.text
    result = ResultPage(query=text, language=language, page=query.page)
    if not any(True for _ in words(text, language.code)):
        return result
    typed = {code: analysis.asked(text, code) for code in _asked_in(language)}
    asked = curation.expand(typed)
    beside = _Beside(query, language, typed[language.code])
    answers, degraded = _ask(_questions(query, language, asked), beside.load)
    ranked = [(code, pk) for code, found in zip(asked, answers, strict=False) for pk in found.page_ids]
    wide = [(language.code, pk) for pk in answers[-1].page_ids] if query.filters else []
    pinned = [(code, pk) for pk in beside.pinned for code in language.chain]
    found, everything, first = checked([ranked, wide, pinned], language)
    own = _with_first(first, [one for one in found if one.shown.code == language.code])
    start = (query.page - 1) * PAGE_SIZE
    shown = own[start : start + PAGE_SIZE]
    groups = _groups(_but(first, found), language) if query.page == 1 else {}
    hits, expires = as_hits([*shown, *(one for group in groups.values() for one in group)], language, asked)
    recommended = {one.shown.id for one in first}
    return ResultPage(
        query=text,
        language=language,
        total=len(own),
        page=query.page,
        pages=-(-len(own) // PAGE_SIZE),
        hits=[_marked(hit, recommended) for hit in _of(shown, hits)],
        also=[LanguageGroup(get(code), list(_of(group, hits))) for code, group in groups.items()],
        facets=_facets(query, own, [one for one in everything if one.shown.code == language.code], beside.themes),
        suggestions=_other_spellings(beside.correction, language, degraded),
        degraded=degraded,
        more=bool(own) and len(answers[0].page_ids) == WINDOW,
        expires=_first_end([expires, *beside.themes.values()], found, everything, first),
    )


class _Beside:
    """What a search asks the database whatever an engine finds: once, while that is waited for or when it is wanted."""

    def __init__(self, query: SearchQuery, language: Language, typed: Sequence[analysis.Asked]) -> None:
        self._query, self._language, self._typed = query, language, typed
        self._plain = query.page == 1 and not query.filters

    @cached_property
    def pinned(self) -> list[int]:
        """The pages that editors recommend."""
        return curation.recommended(self._typed, self._language.code) if self._plain else []

    @cached_property
    def correction(self) -> spelling.Correction | None:
        """Another spelling of a word that no page has."""
        return spelling.corrected(self._query.text, self._language) if self._plain else None

    @cached_property
    def themes(self) -> dict[str, datetime.datetime | None]:
        """``themes_of`` the reader's language."""
        return themes_of(self._language)

    def load(self) -> None:
        """Ask for all of it."""
        _ = self.pinned, self.correction, self.themes


def _first_end(others: Iterable[datetime.datetime | None], *found: Iterable[Found]) -> datetime.datetime | None:
    """When something of an answer expires first."""
    ends = [*others, *(page.expires for answer in found for one in answer for page in one)]
    return min((end for end in ends if end), default=None)


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


def _ask(questions: Sequence[Question], meanwhile: Callable[[], None] = nothing) -> tuple[list[BackendResult], bool]:
    return _answered(lambda engine: engine.search(questions, meanwhile))


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


def themes_of(language: Language) -> dict[str, datetime.datetime | None]:
    """The slugs of the themes that this reader may be shown, and when each expires; one query."""
    pages = public(ThemePage.objects.filter(in_chain(language))).order_by("expire_at")
    return dict(pages.values_list("slug", "expire_at"))


def _facets(
    query: SearchQuery, own: Sequence[Found], everything: Sequence[Found], themes: Collection[str]
) -> dict[str, dict[str, int]]:
    """How many of the pages each value of a filter would leave; of themes those that can be shown."""
    chosen = query.filters
    # What no filter narrowed is counted as it was found: the pages of the other languages are there too.
    pages = [one.shown for one in (everything if chosen else own)]
    facets = {}
    for name in FILTERS:
        rest = [(other, value) for other, value in chosen.items() if other != name]
        left = [page for page in pages if all(getattr(page, other) == value for other, value in rest)]
        values = (getattr(page, name) for page in left)
        facets[name] = dict(Counter(value for value in values if value and (name != "theme" or value in themes)))
    return facets


def _other_spellings(better: spelling.Correction | None, language: Language, degraded: bool) -> list[str]:
    """Another spelling, if some word is on no page and the other one finds what the public may read.

    Where the second engine did not answer the search it is not waited for again.
    """
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


def _of(chosen: Iterable[Found], hits: Mapping[int, Hit]) -> Iterator[Hit]:
    return (hits[one.shown.id] for one in chosen if one.shown.id in hits)


def _marked(hit: Hit, recommended: set[int]) -> Hit:
    return replace(hit, recommended=True) if hit.page_id in recommended else hit


def suggest(text: str, code: str) -> list[Suggestion]:
    """Pages whose titles begin as somebody types, in her language first.

    One query, and on the database one more for each language of the chain. Raises ``KeyError`` for a
    language that the registry lacks.
    """
    language, text = get(code), clean(text)
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
