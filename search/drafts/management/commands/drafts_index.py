"""``drafts_index``: build anew what editors find pages and drafts by."""

from __future__ import annotations

import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from search.drafts.indexing import needed as is_needed
from search.drafts.indexing import rebuild

#: Seconds between two words of progress.
_QUIET = 10.0


class Command(BaseCommand):
    help = "Build anew what editors find pages and drafts by in the admin. They find them meanwhile."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--needed", action="store_true", help="only if pages are missing or a release changed it")
        parser.add_argument("--check", action="store_true", help="build nothing; fail if it is needed")

    def handle(self, *args: Any, needed: bool = False, check: bool = False, **options: Any) -> None:
        if check:
            if is_needed():
                raise CommandError("What editors find differs from the pages. Run drafts_index.")
            return
        if needed and not is_needed():
            return
        began = said = time.monotonic()

        def say(done: int, of: int) -> None:
            nonlocal said
            if time.monotonic() - said > _QUIET:
                said = time.monotonic()
                self.stdout.write(f"drafts {done:6} of {of} pages")
                self.stdout.flush()

        number = rebuild(say)
        self.stdout.write(f"drafts {number:6} pages  {time.monotonic() - began:5.1f} s")
