"""Print the demo accounts."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from cms.editorial.demo import ACCOUNTS


class Command(BaseCommand):
    help = "Print the demo accounts and their password (development only)."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("The demo accounts exist in development only.")
        for account in ACCOUNTS:
            self.stdout.write(f"  {account.email}")
        self.stdout.write(f"  password: {settings.DEMO_PASSWORD}")
