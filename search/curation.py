"""What editors gave: synonyms that widen a query, and pages that are recommended for it. At once, for every engine."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from django.db import transaction
from django.db.models import Q

from search.analysis import Asked, Together, asked, key, together
from search.models import BestBet, BestBetQuery, Synonyms, SynonymTerm

#: Words of the longest term that is looked for in a query.
LONGEST_TERM = 4
Words = Mapping[str, Sequence[Asked]]


def _key(text: str, language: str) -> str:
    return key(asked(text, language))[:255]


def keep_synonyms(synonyms: Synonyms) -> None:
    """Let the terms of these synonyms be found."""
    keys = dict.fromkeys(_key(term, synonyms.language) for term in synonyms.terms)
    with transaction.atomic():
        SynonymTerm.objects.filter(synonyms=synonyms).delete()
        SynonymTerm.objects.bulk_create(
            [SynonymTerm(synonyms=synonyms, language=synonyms.language, key=one) for one in keys if one]
        )


def keep_best_bet(best_bet: BestBet) -> None:
    """Let this page be recommended for its queries."""
    keys = dict.fromkeys(_key(line, best_bet.language) for line in best_bet.lines)
    with transaction.atomic():
        BestBetQuery.objects.filter(best_bet=best_bet).delete()
        BestBetQuery.objects.bulk_create(
            [BestBetQuery(best_bet=best_bet, language=best_bet.language, key=one) for one in keys if one]
        )


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
    groups = SynonymTerm.objects.filter(condition).values("synonyms")
    others: dict[str, dict[str, list[str]]] = {language: defaultdict(list) for language in words}
    by_group: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for group, language, term in SynonymTerm.objects.filter(synonyms__in=groups).values_list(
        "synonyms_id", "language", "key"
    ):
        by_group[group].append((language, term))
    for terms in by_group.values():
        for language, term in terms:
            others[language][term] += [other for _language, other in terms if other != term]
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
