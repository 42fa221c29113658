"""Write the checks' table for the documentation, and count what they find in the translations of now."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from cms.languages.registry import CODES, SOURCE
from cms.translation.checks import CHECKS, findings_of
from cms.translation.checks.table import table
from cms.translation.localize import units_of
from cms.translation.models import TranslationRecord


class Command(BaseCommand):
    help = "document: the checks as a table. report [LANGUAGE]: what they find in the working texts, counted."

    def add_arguments(self, parser: CommandParser) -> None:
        commands = parser.add_subparsers(dest="command", required=True)
        commands.add_parser("document", help="Print the checks as a Markdown table.")
        report = commands.add_parser("report", help="Check the working texts of all translations.")
        report.add_argument("language", nargs="?", choices=[code for code in CODES if code != SOURCE])
        report.add_argument("--each", metavar="CODE", help="Print each finding of this check.")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["command"] == "document":
            self.stdout.write(table())
            return
        records = TranslationRecord.objects.filter(started=True).select_related("source__page")
        if options["language"]:
            records = records.filter(language=options["language"])
        counts: Counter[tuple[str, str, str]] = Counter()
        for record in records.order_by("language", "source__page__path"):
            units = {unit.id: unit for unit in units_of(record.source_id, record.language, earlier=False)}
            for unit_id, findings in findings_of(record, list(units.values())).items():
                for finding in findings:
                    counts[finding.check, finding.severity, record.language] += 1
                    if finding.check == options["each"]:
                        self.stdout.write(f"{record} {finding.severity}: {finding.message}")
                        self.stdout.write(f"  {units[unit_id].source}\n  {units[unit_id].text}")
        for code in CHECKS:
            for severity in ("error", "warning"):
                found = {language: counts[code, severity, language] for language in CODES}
                if any(found.values()):
                    told = ", ".join(f"{language} {count}" for language, count in found.items() if count)
                    self.stdout.write(f"{code} {severity}: {told}")
