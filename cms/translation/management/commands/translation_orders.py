from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from cms.translation.ordering.orders import go_on


class Command(BaseCommand):
    help = "Carry out the orders of translations that were cut off."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{go_on()} carried out")
