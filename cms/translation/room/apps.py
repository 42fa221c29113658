from __future__ import annotations

from django.apps import AppConfig


class RoomConfig(AppConfig):
    name = "cms.translation.room"
    label = "translation_room"
