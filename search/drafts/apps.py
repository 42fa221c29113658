from __future__ import annotations

from django.apps import AppConfig


class DraftsConfig(AppConfig):
    name = "search.drafts"
    label = "search_drafts"

    def ready(self) -> None:
        from search.drafts import signals  # noqa: F401  (connects what changes what editors find)
