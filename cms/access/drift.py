"""What the site administrators see on their start page where the database and the roles differ."""

from __future__ import annotations

from typing import Any

from wagtail.admin.ui.components import Component

from cms.access.sync import drift

_SHOWN = 20


class DriftPanel(Component):
    """Permissions that somebody gave or took by hand; empty where there are none."""

    order = 50
    template_name = "access/drift.html"

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        found = drift()
        return {
            "count": len(found.missing) + len(found.surplus),
            "missing": found.missing[:_SHOWN],
            "surplus": found.surplus[:_SHOWN],
        }
