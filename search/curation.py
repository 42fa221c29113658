"""What editors gave: synonyms that widen a query, and pages that are recommended for it. At once, for every engine."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from search.analysis import Asked, Together, asked, key, spell, together
from search.keeping import changed
from search.models import BestBet, BestBetQuery, Synonyms, SynonymTerm
from search.stopwords import is_stopword

#: Words of the longest term that is looked for in a query.
LONGEST_TERM = 4
Words = Mapping[str, Sequence[Asked]]


def key_of(text: str, language: str) -> str:
    """What a term of editors is known by; empty where it has no word that can be searched."""
    return key(asked(text, language))[:255]


def says_nothing(text: str, language: str) -> bool:
    """Whether a term has only words that a query is not searched for."""
    return all(is_stopword(word, language) for word in spell(text, language))


def keep_synonyms(synonyms: Synonyms) -> None:
    """Let the terms of these synonyms be found."""
    keys = dict.fromkeys(key_of(term, synonyms.language) for term in synonyms.terms)
    rows = [SynonymTerm(synonyms=synonyms, language=synonyms.language, key=one) for one in keys if one]
    _replace(SynonymTerm.objects.filter(synonyms=synonyms), rows)


def keep_best_bet(best_bet: BestBet) -> None:
    """Let this page be recommended for its queries."""
    keys = dict.fromkeys(key_of(line, best_bet.language) for line in best_bet.lines)
    rows = [BestBetQuery(best_bet=best_bet, language=best_bet.language, key=one) for one in keys if one]
    _replace(BestBetQuery.objects.filter(best_bet=best_bet), rows)


def _replace(stored: QuerySet[Any], rows: Sequence[SynonymTerm | BestBetQuery]) -> None:
    """Write ``rows`` in the place of ``stored``, where they differ."""
    if sorted(stored.values_list("language", "key")) != sorted((row.language, row.key) for row in rows):
        with transaction.atomic():
            stored.delete()
            stored.model._default_manager.bulk_create(rows)
            changed()


def rebuild_keys(languages: Collection[str]) -> None:
    """Analyse what editors gave in these languages anew, as a new release may do it otherwise."""
    for synonyms in Synonyms.objects.filter(language__in=languages):
        keep_synonyms(synonyms)
    for best_bet in BestBet.objects.filter(language__in=languages):
        keep_best_bet(best_bet)


def _spans(words: Sequence[Asked]) -> dict[tuple[int, int], str]:
    """The key of each run of words, by where it begins and ends."""
    return {
        (start, end): key(words[start:end])
        for start in range(len(words))
        for end in range(start + 1, min(start + LONGEST_TERM, len(words)) + 1)
    }


def expand(words: Words) -> dict[str, tuple[Asked, ...]]:
    """The words of a query in each language, with what editors say means the same; one query."""
    spans = {language: _spans(found) for language, found in words.items()}
    condition = Q(pk__in=[])
    for language, runs in spans.items():
        if runs:
            condition |= Q(language=language, key__in=set(runs.values()))
    asked_for = SynonymTerm.objects.filter(condition)
    groups = Q(synonyms__in=asked_for.values("synonyms")) | Q(concept__in=asked_for.values("concept"))
    others: dict[str, dict[str, list[str]]] = {language: defaultdict(list) for language in words}
    by_group: dict[tuple[int | None, int | None, str], list[tuple[str, str]]] = defaultdict(list)
    for synonyms, concept, language, term in SynonymTerm.objects.filter(groups, language__in=words).values_list(
        "synonyms_id", "concept_id", "language", "key"
    ):
        by_group[synonyms, concept, language].append((language, term))
    for terms in by_group.values():
        for language, term in terms:
            known = others[language][term]
            known += [other for _language, other in terms if other != term and other not in known]
    return {language: tuple(_expanded(found, spans[language], others[language])) for language, found in words.items()}


def _way(term: str) -> Together:
    return tuple((token,) for token in term.split())


def _expanded(
    words: Sequence[Asked], spans: Mapping[tuple[int, int], str], others: Mapping[str, list[str]]
) -> list[Asked]:
    result: list[Asked] = []
    start = 0
    while start < len(words):
        # The longest term wins: "svenska för invandrare" before "svenska".
        ends = range(min(start + LONGEST_TERM, len(words)), start, -1)
        end = next((end for end in ends if others.get(spans[start, end])), start + 1)
        run = words[start:end]
        ways = tuple(_way(term) for term in others.get(spans[start, end], ()))
        if len(run) == 1:
            result.append(replace(run[0], ways=run[0].ways + ways) if ways else run[0])
        else:
            written = " ".join(word.exact for word in run)
            result.append(Asked(written, (), (), (together(run), *ways)))
        start = end
    return result


def recommended(words: Sequence[Asked], language: str) -> list[int]:
    """The pages that editors recommend for a query, in their order; one query."""
    if not words:
        return []
    found = BestBetQuery.objects.filter(language=language, key=key(words)[:255])
    return list(found.order_by("best_bet__sort_order", "best_bet_id").values_list("best_bet__page_id", flat=True))
