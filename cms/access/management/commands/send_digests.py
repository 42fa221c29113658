"""Send the daily mail to who chose one; once a day, by cron or a timer."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cms.access.moderation.digest import send_digests


class Command(BaseCommand):
    help = "Send the daily mail about moderation to who chose one. A second run in the same day sends nothing new."

    def handle(self, *args: Any, **options: Any) -> None:
        result = send_digests()
        self.stdout.write(f"{result.sent} digests sent.")
        if result.failed:
            raise CommandError(f"{result.failed} digests could not be sent; the next run tries again.")
