"""What is measured: of each query a number from 0 to 1, of each kind their mean."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from search import analysis
from search.evaluation.queries import Judged

DEPTH = 10


@dataclass(frozen=True, slots=True)
class Answer:
    """What a search gave: the reading paths of its hits, the reader's language first, and other spellings."""

    paths: Sequence[str]
    suggestions: Sequence[str] = ()


#: Answers a query in the language that is measured.
Ask = Callable[[str], Answer]


@dataclass
class Measured:
    """The means of a language, by the name of the measure, and the queries that did not do their best."""

    means: dict[str, float] = field(default_factory=dict)
    numbers: dict[str, int] = field(default_factory=dict)
    missed: list[tuple[Judged, float]] = field(default_factory=list)


def reciprocal_rank(paths: Sequence[str], wanted: Iterable[str]) -> float:
    """One by the rank of the first right page among the first ten; 0 where there is none."""
    right = set(wanted)
    return next((1 / rank for rank, path in enumerate(paths[:DEPTH], start=1) if path in right), 0.0)


def recall(paths: Sequence[str], wanted: Sequence[str]) -> float:
    """How many of the right pages are among the first ten."""
    return len(set(paths[:DEPTH]) & set(wanted)) / len(set(wanted))


def _same(one: str, other: str, language: str) -> bool:
    return analysis.spell(one, language) == analysis.spell(other, language)


def _of(query: Judged, answer: Answer, language: str) -> dict[str, float]:
    """What a query counts for each of the measures of its kind."""
    if query.kind == "known":
        rank = reciprocal_rank(answer.paths, query.pages)
        return {"known MRR@10": rank, "known success@1": float(rank == 1)}
    if query.kind in ("inflected", "variant", "compound"):
        return {f"{query.kind} recall@10": recall(answer.paths, query.pages)}
    if query.kind == "typo":
        return {"typo suggested": float(any(_same(one, query.suggestion, language) for one in answer.suggestions[:1]))}
    if query.kind == "cross":
        return {"cross success@10": float(reciprocal_rank(answer.paths, query.pages) > 0)}
    return {"not kept out": float(not set(answer.paths) & set(query.pages))}


def measure(queries: Iterable[Judged], language: str, ask: Ask) -> Measured:
    """Ask every query and take the means."""
    values: dict[str, list[float]] = defaultdict(list)
    result = Measured()
    for query in queries:
        got = _of(query, ask(query.text), language)
        for name, value in got.items():
            values[name].append(value)
        if min(got.values()) < 1:
            result.missed.append((query, min(got.values())))
    result.means = {name: sum(numbers) / len(numbers) for name, numbers in values.items()}
    result.numbers = {name: len(numbers) for name, numbers in values.items()}
    return result
