"""How the translations stand, for a person or a program; with ``--record`` once a day, by cron or a timer."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from cms.editorial.coverage.totals import Totals, add_orders, totals
from cms.editorial.coverage.trend import record_day, status_of
from cms.translation.models import SourceRecord
from cms.translation.states import State


class Command(BaseCommand):
    help = "Say how the translations of the published pages stand, by language."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="as JSON")
        parser.add_argument("--record", action="store_true", help="keep today's counts, for the plot of the last year")

    def handle(self, *args: Any, **options: Any) -> None:
        found = totals()
        add_orders(found)
        today = timezone.localdate()
        if options["record"]:
            record_day(today, found)
        if options["json"]:
            sources = SourceRecord.objects.filter(live=True).count()
            status = {"date": today.isoformat(), "sources": sources, "languages": status_of(found)}
            self.stdout.write(json.dumps(status, indent=2))
        elif options["record"]:
            self.stdout.write(f"The counts of {today} are kept.")
        else:
            self.stdout.write("\n".join(_table(found)))


def _table(found: list[Totals]) -> list[str]:
    """The totals as lines of text, the headings first."""
    head = ["language", *State.values, "words left", "overdue", "machine", "outdated"]
    rows = [head]
    for total in found:
        counts = [str(total.states[state]) for state in State.values]
        shares = ["–" if value is None else f"{value} %" for value in (total.machine_percent, total.outdated_percent)]
        rows.append([total.language.code, *counts, str(total.words_left), str(total.overdue), *shares])
    widths = [max(len(row[column]) for row in rows) for column in range(len(head))]
    return ["  ".join(cell.rjust(width) for cell, width in zip(row, widths, strict=True)) for row in rows]
