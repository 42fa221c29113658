"""Terms: what a concept is called in each language."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig


class GlossaryConfig(AppConfig):
    name = "cms.translation.glossary"
    label = "glossary"

    def ready(self) -> None:
        from cms.access.doors.table import add_doors
        from cms.translation.glossary.doors import DOORS

        add_doors(DOORS)
        import_module("cms.translation.glossary.signals")
