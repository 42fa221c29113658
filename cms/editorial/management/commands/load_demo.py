"""Load the demo content and accounts."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from cms.editorial.demo import load_demo


class Command(BaseCommand):
    help = "Load the demo content and accounts (development only)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--again", action="store_true", help="Import the content again, over what was edited since."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("The demo has accounts with a known password. It is for development only.")
        load_demo(self.stdout.write, again=options["again"])
