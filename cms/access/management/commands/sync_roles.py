"""Make Django's groups what the roles say, or with ``--check`` only tell where they differ."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from cms.access import sync
from cms.access.audit.events import Event
from cms.access.audit.log import record


class Command(BaseCommand):
    help = "Make Django's groups, page and collection permissions and workflows what the roles say."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="Change nothing; exit 1 where they differ.")

    def handle(self, *args: Any, **options: Any) -> None:
        found = sync.drift() if options["check"] else sync.sync()
        if found:
            event = Event.DRIFT_FOUND if options["check"] else Event.DRIFT_MENDED
            record(event, about="sync_roles", missing=len(found.missing), surplus=len(found.surplus))
        for grant in found.missing:
            self.stdout.write(f"{'missing' if options['check'] else 'added'}: {grant}")
        for grant in found.surplus:
            self.stdout.write(f"{'surplus' if options['check'] else 'removed'}: {grant}")
        if options["check"] and found:
            raise CommandError(f"{len(found.missing)} missing, {len(found.surplus)} surplus. Run sync_roles.")
