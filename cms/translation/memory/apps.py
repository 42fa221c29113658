from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig


class MemoryConfig(AppConfig):
    name = "cms.translation.memory"
    label = "translation_memory"

    def ready(self) -> None:
        from cms.access.doors.table import add_doors
        from cms.translation.memory.doors import DOORS

        add_doors(DOORS)
        import_module("cms.translation.memory.receivers")
