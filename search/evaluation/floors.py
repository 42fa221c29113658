"""What the search of the demo content must reach; measured, and a little below it, so that what gets worse is seen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

#: By measure: for every language, and for those that have their own.
_OURS: dict[str, dict[str, float]] = {
    "known MRR@10": {"": 0.96},
    "inflected recall@10": {"": 0.93},
    "variant recall@10": {"": 0.97},
    "compound recall@10": {"": 0.8, "sv": 0.97},
    "typo suggested": {"": 0.85},
    "cross success@10": {"": 0.97},
    "not kept out": {"": 1.0},
}
#: By engine.
FLOORS: dict[str, dict[str, dict[str, float]]] = {
    "database": _OURS,
    "elasticsearch": _OURS,
}


def below(engine: str, language: str, means: Mapping[str, float]) -> Iterator[str]:
    """A sentence for each mean of a language that lies below its floor."""
    for name, by_language in FLOORS.get(engine, {}).items():
        floor = by_language.get(language, by_language[""])
        if name in means and means[name] < floor:
            yield f"{language}: {name} is {means[name]:.3f}, the floor is {floor}"
