"""``manage.py audit_purge``."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from cms.access.audit.purge import purge


class Command(BaseCommand):
    help = "Delete the audit log's entries that are older than VAGVISARE_AUDIT_DAYS, and record it. For a daily timer."

    def handle(self, *args: Any, **options: Any) -> None:
        count = purge(settings.AUDIT_DAYS)
        if int(options["verbosity"]):
            self.stdout.write(f"{count} entries older than {settings.AUDIT_DAYS} days deleted.")
