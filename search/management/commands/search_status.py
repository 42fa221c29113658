"""``search_status``: what is indexed, for a person or a program."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from search.models import SearchChange
from search.status import status


class Command(BaseCommand):
    help = "Say for each language what can be found, what is indexed and by which engine, and what waits or went wrong."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="for programs: an object by language code")

    def handle(self, *args: Any, **options: Any) -> None:
        by_language = status()
        if options["json"]:
            self.stdout.write(json.dumps(by_language, indent=2))
            return
        for code, row in by_language.items():
            notes = [row["engine"]]
            notes += ["degraded"] if row["degraded"] else []
            notes += ["being built"] if row["building"] else []
            notes += [f"{row['outdated']} of another version: search_rebuild"] if row["outdated"] else []
            notes += [row["error"]] if row["error"] else []
            self.stdout.write(f"{code:4}{row['indexed']:6} of {row['expected']} pages ({', '.join(notes)})")
        shared = next(iter(by_language.values()))
        if shared["waiting"]:
            self.stdout.write(f"{shared['waiting']} changes wait, the oldest for {shared['lag']} s")
        for change in SearchChange.objects.filter(set_aside=True).order_by("id")[:20]:
            self.stdout.write(f"set aside: page {change.page_id}, {change.attempts} attempts: {change.error}")
