from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from cms.translation.records import rebuild


class Command(BaseCommand):
    help = "Make the records of published pages that have none, from content."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{rebuild()} records made")
