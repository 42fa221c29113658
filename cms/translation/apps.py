from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig


class TranslationConfig(AppConfig):
    name = "cms.translation"
    label = "translation"

    def ready(self) -> None:
        from cms.access.doors.table import add_doors
        from cms.translation.doors import DOORS
        from cms.translation.screens.doors import DOORS as SCREENS

        add_doors(DOORS | SCREENS)
        import_module("cms.translation.signals")
