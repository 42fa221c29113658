"""What the engines' tests tell them and ask them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from search.analysis import asked
from search.contracts import Question, Record, SearchBackend
from search.indexing import keep


def put(engine: SearchBackend, records: Sequence[Record]) -> None:
    """Give the engine these records, as a change of their pages does."""
    documents = keep(records)
    if engine.name != "database":
        engine.index(documents)


def question(text: str, language: str = "sv", *, near: str = "", **filters: Any) -> Question:
    """What a reader of one language asks."""
    return Question(language, tuple(asked(text, language)), 50, filters, near)
