"""``search_verify``: compare what is indexed with the pages, and mend it."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cms.languages.registry import CODES
from search.building import mend_index, wrong_in_index, wrong_in_records
from search.contracts import EngineError
from search.indexing import refresh
from search.outbox import drain
from search.tally import forget_old


class Command(BaseCommand):
    help = (
        "Compare records and index with the pages, page by page, and mend what differs; delete the counts of "
        "searches that are older than a year. For a nightly timer."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--language", choices=CODES, help="only this language")
        parser.add_argument("--check", action="store_true", help="mend nothing; fail if something differs")

    def handle(self, *args: Any, language: str | None = None, check: bool = False, **options: Any) -> None:
        found = 0
        if not check:
            forget_old()
        try:
            for code in [language] if language else CODES:
                found += self._verify(code, check)
            if not check:
                drain()
        except EngineError as error:
            raise CommandError(f"Elasticsearch could not be compared or mended: {error}") from error
        if check and found:
            raise CommandError(f"{found} differ.")

    def _verify(self, code: str, check: bool) -> int:
        records = wrong_in_records(code)
        if records and not check:
            refresh(records)
        number = len(wrong_in_index(code)) if check else mend_index(code)
        self.stdout.write(f"{code:4}{len(records):6} records and {number} in Elasticsearch differed")
        return len(records) + number
