"""``manage.py glossary load|export FILE|import FILE``."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cms.languages.registry import CODES
from cms.translation.glossary import csvfile, tbx
from cms.translation.glossary.entries import entries
from cms.translation.glossary.importing import apply, compare
from cms.translation.glossary.loading import load
from cms.translation.glossary.rows import FileRefusedError


class Command(BaseCommand):
    help = "Load the project's glossary, or write it to a CSV or TBX file, or take such a file."

    def add_arguments(self, parser: ArgumentParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        actions.add_parser("load", help="load the glossary that is part of the project; what was edited stays")
        action = actions.add_parser("export", help="write the glossary to a file")
        action.add_argument("file", type=Path, help="its name ends in .csv or .tbx")
        action.add_argument("--language", choices=CODES, action="append", help="only this one; may be repeated")
        action = actions.add_parser("import", help="show what a file would change")
        action.add_argument("file", type=Path, help="its name ends in .csv or .tbx")
        action.add_argument("--confirm", action="store_true", help="and change it")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            match options["action"]:
                case "load":
                    self._load()
                case "export":
                    self._export(options["file"], options["language"] or CODES)
                case "import":
                    self._import(options["file"], confirmed=options["confirm"])
        except (OSError, FileRefusedError) as error:
            raise CommandError(f"Nothing was written:\n{error}") from error

    def _load(self) -> None:
        done = load()
        self.stdout.write(
            f"Glossary: {done.made} concepts made, {done.renewed} renewed, {done.same} as they were, "
            f"{done.edited} left because they were edited."
        )

    def _export(self, file: Path, languages: Iterable[str]) -> None:
        writers = {".csv": csvfile.write, ".tbx": tbx.write}
        if file.suffix not in writers:
            raise CommandError("The file's name must end in .csv or .tbx.")
        found = entries().values()
        file.write_bytes(writers[file.suffix](found, languages))
        self.stdout.write(f"{len(found)} concepts written.")

    def _import(self, file: Path, *, confirmed: bool) -> None:
        found = compare(file.name, file.read_bytes())
        for change in found.changes:
            self.stdout.write(f"{change.after.key}:" if change.before else f"{change.after.key} (new):")
            for detail in change.details:
                where = f"{detail.language} {detail.label}".strip()
                self.stdout.write(f"  {where}: {detail.before or '–'} → {detail.after or '–'}")
        self.stdout.write(f"{len(found.changes)} concepts differ, {found.same} are the same.")
        if confirmed and found.changes:
            apply(found, about=file.name)
            self.stdout.write("Done.")
        elif found.changes:
            self.stdout.write("Nothing was written. Add --confirm to take it.")
