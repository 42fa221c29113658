from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig


class TranslationConfig(AppConfig):
    name = "cms.translation"
    label = "translation"

    def ready(self) -> None:
        from cms.access.doors.table import add_doors
        from cms.translation.doors import DOORS

        add_doors(DOORS)
        import_module("cms.translation.signals")
