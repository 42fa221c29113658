"""The last step of a workflow. Wagtail loads this module before its models: it imports none at the top."""

from __future__ import annotations

from typing import Any


def publish_approved(workflow_state: Any, user: Any = None) -> None:
    """Publish what was approved, and see :func:`cms.translation.moderation.publish_approved`."""
    from cms.translation import moderation

    moderation.publish_approved(workflow_state, user)
