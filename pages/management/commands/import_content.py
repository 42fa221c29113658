"""``manage.py import_content DIR``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import ngettext

from pages.content.importer import import_tree
from pages.content.problems import ContentError


class Command(BaseCommand):
    help = "Import a content tree (docs/content-format.md): all of it, or nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("dir", type=Path, metavar="DIR", help="the folder of the tree")
        parser.add_argument("--dry-run", action="store_true", help="show what would change and write nothing")
        parser.add_argument(
            "--overwrite-drafts", action="store_true", help="write over what editors have changed and not published"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        verbosity = int(options["verbosity"])
        try:
            report = import_tree(
                options["dir"],
                dry_run=options["dry_run"],
                overwrite_drafts=options["overwrite_drafts"],
                progress=self._say if verbosity > 1 else None,
            )
        except ContentError as error:
            count = len(error.problems)
            self.stderr.write(str(error))
            self.stderr.write(
                ngettext("%(count)d problem; nothing was imported.", "%(count)d problems; nothing was imported.", count)
                % {"count": count}
            )
            sys.exit(1)
        if verbosity:
            for line in report.lines():
                self.stdout.write(line)

    def _say(self, line: str) -> None:
        self.stdout.write(line)
        # Somebody waits for it, perhaps through a pipe.
        self.stdout.flush()
