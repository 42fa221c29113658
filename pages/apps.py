from __future__ import annotations

from django.apps import AppConfig


class PagesConfig(AppConfig):
    name = "pages"

    def ready(self) -> None:
        from pages.cache import signals  # noqa: F401  (connects what changes which cached pages)
