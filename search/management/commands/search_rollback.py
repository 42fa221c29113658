"""``search_rollback``: let the index before the last rebuild answer again."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cms.languages.registry import CODES
from search.building import roll_back
from search.contracts import EngineError
from search.outbox import drain


class Command(BaseCommand):
    help = "Let Elasticsearch's index from before the last rebuild answer again, brought up to date."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--language", choices=CODES, help="only this language")

    def handle(self, *args: Any, language: str | None = None, **options: Any) -> None:
        failed = []
        for code in [language] if language else CODES:
            try:
                self.stdout.write(f"{code:4}{roll_back(code)}")
                drain()
            except EngineError as error:
                failed.append(f"{code}: {error}")
        if failed:
            raise CommandError("\n".join(failed))
