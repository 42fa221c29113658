from __future__ import annotations

from django.apps import AppConfig


class EditorialConfig(AppConfig):
    name = "cms.editorial"
    label = "editorial"

    def ready(self) -> None:
        from cms.access.doors.table import add_doors
        from cms.editorial.coverage.doors import DOORS

        add_doors(DOORS)
