"""Remind translators and reviewers by mail; once a day, by cron or a timer."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cms.editorial.reminders import send_reminders


class Command(BaseCommand):
    help = "Mail translators and reviewers what is new, due in three days, overdue or returned; of each once."

    def handle(self, *args: Any, **options: Any) -> None:
        result = send_reminders()
        self.stdout.write(f"{result.sent} reminders sent.")
        if result.failed:
            raise CommandError(f"{result.failed} reminders could not be sent; the next run tries again.")
