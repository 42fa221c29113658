"""Hand what nobody decided in time to the next level; daily, by cron or a timer."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from cms.access.moderation.escalation import escalate


class Command(BaseCommand):
    help = "Hand tasks that have waited VAGVISARE_MODERATION_DAYS to the next level. Again does nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{escalate()} tasks escalated.")
