from __future__ import annotations

from django.apps import AppConfig


class MachineConfig(AppConfig):
    name = "cms.translation.machine"
    label = "machine_translation"
