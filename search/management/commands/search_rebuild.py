"""``search_rebuild``: build the index anew from the pages."""

from __future__ import annotations

import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cms.languages.registry import CODES
from search.contracts import EngineError
from search.indexing import drain, rebuild


class Command(BaseCommand):
    help = "Build the search index anew, for every language or one. Readers find pages meanwhile."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--language", choices=CODES, help="only this language")

    def handle(self, *args: Any, language: str | None = None, **options: Any) -> None:
        failed = []
        for code in [language] if language else CODES:
            began = time.monotonic()
            try:
                number = rebuild(code)
            except EngineError as error:
                failed.append(f"{code}: {error}")
                continue
            self.stdout.write(f"{code:4}{number:6} pages  {time.monotonic() - began:5.1f} s")
        if failed:
            raise CommandError("The database's index is built; Elasticsearch's is not:\n" + "\n".join(failed))
        # Changes that came meanwhile, and those that could not be told earlier.
        drain()
