from __future__ import annotations

from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "search"

    def ready(self) -> None:
        from cms.access.doors.table import add_doors
        from search import signals  # noqa: F401  (connects what changes what is found)
        from search.editors import glossary  # noqa: F401  (connects the glossary's terms)
        from search.editors import signals as _editors  # noqa: F401  (connects what editors change)
        from search.editors.permissions import DOORS

        add_doors(DOORS)
