"""Make the site ready to serve: database, reference data, trees, roles, demo, translations, static files."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand

from cms.access.sync import sync
from cms.editorial.demo import load_demo
from cms.translation.records import rebuild
from pages.cache.tags import SITE, bump
from pages.tree import ensure_trees


class Command(BaseCommand):
    """Everything between an installed package and a served site, in one process; run at each start.

    Each step does nothing where nothing is to be done, so a second run takes a few seconds.
    """

    help = "Migrate, load reference data, make trees and roles, load the demo (in development), collect static files."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        self._say("Database")
        call_command("migrate", interactive=False, verbosity=0)
        self._say("Counties, municipalities and postal codes")
        call_command("load_geography", stdout=self.stdout)
        if settings.DEMO:
            self._say("Demo content and accounts")
            load_demo(self._detail)
        else:
            self._say("Trees and roles")
            ensure_trees()
            sync()
        self._say("Translations")
        self._detail(f"{rebuild()} records made")
        call_command("glossary", "load", stdout=self.stdout)
        call_command("translation_memory", "fill", stdout=self.stdout)
        self._say("Search")
        call_command("search_rebuild", needed=True, stdout=self.stdout)
        call_command("drafts_index", needed=True, stdout=self.stdout)
        if not getattr(settings, "WHITENOISE_USE_FINDERS", False):
            self._say("Static files")
            call_command("collectstatic", interactive=False, verbosity=0)
        # A new release may render the same content otherwise.
        bump({SITE})

    def _say(self, what: str) -> None:
        self.stdout.write(self.style.MIGRATE_HEADING(what))

    def _detail(self, what: str) -> None:
        self.stdout.write(f"  {what}")
