from __future__ import annotations

from django.apps import AppConfig


class EditorialConfig(AppConfig):
    name = "cms.editorial"
    label = "editorial"

    def ready(self) -> None:
        from cms.access.doors.rules import everybody
        from cms.access.doors.table import add_doors

        add_doors({"overview": everybody})
