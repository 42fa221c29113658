from __future__ import annotations

from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "cms.translation.exchange"
    label = "translation_exchange"

    def ready(self) -> None:
        from cms.access.doors.table import add_doors
        from cms.translation.exchange.doors import DOORS

        add_doors(DOORS)
