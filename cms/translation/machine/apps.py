from __future__ import annotations

from django.apps import AppConfig


class MachineConfig(AppConfig):
    name = "cms.translation.machine"
    label = "machine_translation"

    def ready(self) -> None:
        from cms.access.doors.table import add_doors
        from cms.translation.machine.doors import DOORS

        add_doors(DOORS)
