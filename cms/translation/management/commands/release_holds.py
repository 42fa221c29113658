from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from cms.translation.holds import release_due


class Command(BaseCommand):
    help = "Publish the sources that waited for their translations and have them, or whose day has come."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{release_due()} published")
