"""``manage.py catalogs extract|check|compile|missing|fill``: the message catalogs, without GNU gettext."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from cms.languages.catalogs.check import check_catalogs
from cms.languages.catalogs.exchange import FillRefusedError, fill, missing
from cms.languages.catalogs.source import SourceUnreadableError, collect, messages_for
from cms.languages.catalogs.store import BrokenCatalogError, compile_catalog, merge
from cms.languages.registry import CODES


class Command(BaseCommand):
    help = "Keep the message catalogs in step with the source, check them and compile them."
    # It makes what the system checks look for.
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        for name, what in (
            ("extract", "read the messages out of the source into the catalogs, and compile them"),
            ("check", "report every message that is missing, empty, fuzzy, obsolete or broken"),
            ("compile", "make the .mo files that are older than their .po"),
        ):
            action = actions.add_parser(name, help=what)
            action.add_argument("--language", choices=CODES, action="append", help="only this one; may be repeated")
        action = actions.add_parser("missing", help="print the untranslated messages of a language as JSON")
        action.add_argument("--language", choices=CODES, required=True)
        action = actions.add_parser("fill", help="take translations from such a JSON file, all or none")
        action.add_argument("--language", choices=CODES, required=True)
        action.add_argument(
            "file",
            type=Path,
            help='JSON: what `missing` prints with msgstr filled in (a list for a plural), or {"msgid": "text"}',
        )

    def handle(self, *args: Any, **options: Any) -> None:
        self.root = Path(settings.BASE_DIR)
        self.folder = self.root / "locale"
        languages: list[str] | str | None = options["language"]
        codes = languages if isinstance(languages, list) else [languages] if languages else list(CODES)
        try:
            match options["action"]:
                case "extract":
                    self._extract(codes)
                case "check":
                    self._check(codes)
                case "compile":
                    self._compile(codes)
                case "missing":
                    self._missing(codes[0])
                case "fill":
                    self._fill(codes[0], options["file"])
        except SourceUnreadableError as error:
            raise CommandError(f"The source cannot be read for messages:\n{error}") from error
        except BrokenCatalogError as error:
            raise CommandError(str(error)) from error

    def _extract(self, codes: list[str]) -> None:
        collected = collect(self.root)
        for code in codes:
            change = merge(self.folder, code, messages_for(code, collected))
            self.stdout.write(
                f"{code}: {change.total} messages, {change.added} new, {change.removed} gone, "
                f"{change.untranslated} untranslated"
            )
        self._compile(codes)

    def _check(self, codes: list[str]) -> None:
        faults = check_catalogs(self.folder, collect(self.root), codes)
        for fault in faults:
            self.stdout.write(fault)
        if faults:
            raise CommandError(f"{len(faults)} faults in the catalogs.")
        self.stdout.write(f"The catalogs of {len(codes)} languages are complete.")

    def _compile(self, codes: list[str]) -> None:
        made = []
        for code in codes:
            try:
                if compile_catalog(self.folder, code):
                    made.append(code)
            except BrokenCatalogError as error:
                raise CommandError(f"locale/{code}/LC_MESSAGES/django.po: {error}") from error
        self.stdout.write(f"Compiled {', '.join(made)}." if made else "The compiled catalogs are up to date.")

    def _missing(self, code: str) -> None:
        shown = missing(self.folder, code)
        # One message a line: short to read and easy to cut into parts.
        messages = ",\n".join(json.dumps(message, ensure_ascii=False) for message in shown.pop("messages"))
        self.stdout.write(f'{json.dumps(shown)[:-1]}, "messages": [\n{messages}\n]}}')

    def _fill(self, code: str, file: Path) -> None:
        try:
            count = fill(self.folder, code, json.loads(file.read_text(encoding="utf-8")))
        except (OSError, UnicodeDecodeError, json.JSONDecodeError) as error:
            raise CommandError(f"{file}: {error}") from error
        except FillRefusedError as error:
            raise CommandError(
                "Nothing was written:\n" + "\n".join(f"{file.name}: {reason}" for reason in error.reasons)
            ) from error
        self.stdout.write(f"{code}: {count} messages filled.")
        self._compile([code])
