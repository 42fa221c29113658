"""``search_rebuild``: build all that search knows anew from the pages."""

from __future__ import annotations

import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cms.languages.registry import CODES
from search.building import Progress, rebuild_index, rebuild_records
from search.contracts import EngineError
from search.curation import rebuild_keys
from search.editors.glossary import keep_concepts
from search.outbox import drain
from search.status import status

#: Seconds between two words of progress.
_QUIET = 10.0


class Command(BaseCommand):
    help = "Build the search index anew, for every language or one. Readers find pages meanwhile."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--language", choices=CODES, help="only this language")
        parser.add_argument("--needed", action="store_true", help="only languages whose index is missing, old or short")
        parser.add_argument(
            "--index", action="store_true", help="only Elasticsearch's index, from the database's records as they are"
        )

    def handle(
        self, *args: Any, language: str | None = None, needed: bool = False, index: bool = False, **options: Any
    ) -> None:
        chosen = [language] if language else list(CODES)
        if not index:
            # Of every language, needed or not: nothing is written where nothing differs.
            rebuild_keys(chosen)
            keep_concepts()
        if needed:
            states = status()
            chosen = [code for code in chosen if _is_needed(states[code])]
        failed = []
        for code in chosen:
            began = time.monotonic()
            try:
                number = 0 if index else rebuild_records(code, self._progress(code, "pages"))
                number = rebuild_index(code, self._progress(code, "documents")) or number
            except EngineError as error:
                failed.append(f"{code}: {error}")
                continue
            self.stdout.write(f"{code:4}{number:6} pages  {time.monotonic() - began:5.1f} s")
        if failed:
            raise CommandError("The database's index is built; Elasticsearch's is not:\n" + "\n".join(failed))
        if chosen:
            try:
                drain()
            except EngineError as error:
                raise CommandError(f"What changed meanwhile is not told yet, and stays noted: {error}") from error

    def _progress(self, code: str, what: str) -> Progress:
        said = time.monotonic()

        def say(done: int, of: int) -> None:
            nonlocal said
            if time.monotonic() - said > _QUIET:
                said = time.monotonic()
                self.stdout.write(f"{code:4}{done:6} of {of} {what}")
                self.stdout.flush()

        return say


def _is_needed(state: dict[str, Any]) -> bool:
    return bool(state["rebuild"] or state["degraded"] or state["outdated"] or state["indexed"] != state["expected"])
