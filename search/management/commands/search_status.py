"""``search_status``: what is indexed, for a person or a program."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from search.service import status


class Command(BaseCommand):
    help = "Say for each language how many pages can be found, how many are indexed, and by which engine."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="for programs: an object by language code")

    def handle(self, *args: Any, **options: Any) -> None:
        by_language = status()
        if options["json"]:
            self.stdout.write(json.dumps(by_language, indent=2))
            return
        for code, row in by_language.items():
            note = ", degraded" if row["degraded"] else ""
            self.stdout.write(f"{code:4}{row['indexed']:6} of {row['expected']} pages ({row['engine']}{note})")
