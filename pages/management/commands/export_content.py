"""``manage.py export_content DIR``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from pages.content.exporter import export_tree
from pages.content.problems import ContentError


class Command(BaseCommand):
    help = "Export the published pages as a content tree (docs/content-format.md)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("dir", type=Path, metavar="DIR", help="a new or empty folder")
        parser.add_argument(
            "--language", action="append", dest="languages", metavar="CODE", help="only this language; may be repeated"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            report = export_tree(options["dir"], languages=options["languages"])
        except ContentError as error:
            self.stderr.write(str(error))
            sys.exit(1)
        if int(options["verbosity"]):
            for line in report.lines():
                self.stdout.write(line)
