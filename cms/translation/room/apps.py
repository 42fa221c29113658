from __future__ import annotations

from django.apps import AppConfig


class RoomConfig(AppConfig):
    name = "cms.translation.room"
    label = "translation_room"

    def ready(self) -> None:
        from cms.access.doors.table import add_doors
        from cms.translation.room.doors import DOORS

        add_doors(DOORS)
