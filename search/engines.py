"""Which engine answers: the database's, or a second one that the settings name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from django.conf import settings

from search.contracts import Document, SearchBackend


class SecondEngine(SearchBackend, Protocol):
    """An engine beside the database: what it finds in is built from the records and told of changes."""

    def tell(self, documents: Sequence[Document], gone: Iterable[int], building: dict[str, str]) -> dict[int, str]:
        """Add these documents, forget these pages; also in the indices that are being built, by language.

        Returns the pages whose documents the engine refused, and why.
        """

    def version(self, language: str) -> str:
        """The version of the index that answers for ``language``; empty where there is none."""

    def create(self, language: str) -> str:
        """Make a new, empty index, and return its name."""

    def exists(self, index: str) -> bool:
        """Whether there is such an index."""

    def fill(self, index: str, documents: Iterable[Document]) -> None:
        """Add documents to an index that is being built."""

    def count_in(self, index: str) -> int:
        """How many documents an index has that is being built."""

    def compare(self, index: str, stamps: dict[int, str]) -> list[str]:
        """What an index that was built lacks of these pages, or has otherwise: sentences, none if it is right."""

    def swap(self, language: str, index: str) -> None:
        """Let a built index answer, in one step; the one before is kept, older ones go."""

    def roll_back(self, language: str) -> str:
        """Let the index before answer again, and return its name. Raises ``EngineError`` if there is none."""

    def drop(self, index: str) -> None:
        """Delete an index; one that is missing is passed over."""


def second_engine() -> SecondEngine | None:
    """The engine beside the database, where the settings name one."""
    if not settings.ELASTICSEARCH_URL:
        return None
    # Its client is heavy, and most installations never need it.
    from search.backends.elasticsearch import ElasticsearchBackend

    return ElasticsearchBackend()
