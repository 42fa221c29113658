"""Which providers of machine translation the settings name, and what each can do."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cms.languages.registry import LANGUAGES, SOURCE
from cms.translation.machine import budget
from cms.translation.machine.providers import Provider, ProviderError, Setup, candidates, make, setups


class Command(BaseCommand):
    help = "Ask each provider of machine translation what it can do, and say which language goes to which."

    def handle(self, *args: Any, **options: Any) -> None:
        if not setups():
            self.stdout.write("VAGVISARE_MACHINE names no provider.")
            return
        broken = 0
        for setup in setups():
            provider = make(setup)
            try:
                pairs = provider.languages()
            except ProviderError as error:
                broken += 1
                self.stdout.write(f"{setup.name} ({setup.kind}): {error}")
                continue
            self._say(setup, provider, {target for source, target in pairs if source == SOURCE})
        if broken:
            raise CommandError(f"{broken} of {len(setups())} providers can't be used.")

    def _say(self, setup: Setup, provider: Provider, targets: set[str]) -> None:
        self.stdout.write(f"{setup.name} ({setup.kind}): answers")
        for language in LANGUAGES:
            if language.code == SOURCE:
                continue
            line = f"  {SOURCE} → {language.code}: "
            if language.code not in targets:
                line += "can't"
            elif setup.name not in [one.name for one in candidates(language.code)]:
                line += "can, but the settings send this language elsewhere"
            else:
                line += f"{budget.left(setup, language.code)} characters left this month"
                note = provider.note(language.code)
                line += f". {note}" if note else ""
            self.stdout.write(line)
