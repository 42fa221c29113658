"""``manage.py translation_memory``: what is published into the memory, and TMX files out and in."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from cms.access.audit.events import Event
from cms.access.audit.log import record
from cms.access.scopes import Scope
from cms.languages.registry import CODES, SOURCE
from cms.translation.memory import store, tmx


class Command(BaseCommand):
    help = "Keeps what is published and reviewed in the translation memory; exports and imports TMX 1.4."

    def add_arguments(self, parser: CommandParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        actions.add_parser("fill", help="keep what is published and reviewed already; can be run again")
        for name, text in (("export", "write the file"), ("import", "read the file, as approved by nobody known")):
            action = actions.add_parser(name, help=text)
            action.add_argument("language", choices=[code for code in CODES if code != SOURCE])
            action.add_argument("file", type=Path, help="- is standard output" if name == "export" else "")

    def handle(self, *args: Any, **options: Any) -> None:
        quiet = not int(options["verbosity"])
        if options["action"] == "fill":
            kept = store.fill()
            said = f"New: {kept.added}. Replaced: {kept.replaced}. There already: {kept.same}."
        elif options["action"] == "export":
            said = self._export(options["language"], options["file"])
            quiet = quiet or str(options["file"]) == "-"
        else:
            said = self._import(options["language"], options["file"])
        if not quiet:
            self.stdout.write(said)

    def _export(self, language: str, path: Path) -> str:
        record(Event.EXPORTED, about=path.name, scope=Scope(language), format="tmx")
        if str(path) == "-":
            sys.stdout.buffer.writelines(tmx.write(language))
            return ""
        try:
            with path.open("wb") as file:
                file.writelines(tmx.write(language))
        except OSError as error:
            raise CommandError(str(error)) from error
        return f"Written: {path}."

    def _import(self, language: str, path: Path) -> str:
        try:
            with path.open("rb") as file:
                imported = tmx.read(file, language, None, largest=tmx.LARGEST_FILE)
        except OSError as error:
            raise CommandError(str(error)) from error
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        kept = imported.kept
        record(Event.IMPORTED, about=path.name, scope=Scope(language), format="tmx", added=kept.added)
        left = "".join(f" Left out, {reason}: {count}." for reason, count in imported.refused.items())
        return f"New: {kept.added}. Replaced: {kept.replaced}. There already: {kept.same}.{left}"
