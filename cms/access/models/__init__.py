"""What the database keeps about access."""

from __future__ import annotations

from cms.access.models.assignments import RoleAssignment, RoleAssignmentQuerySet
from cms.access.models.moderation import ModerationTask

__all__ = ["ModerationTask", "RoleAssignment", "RoleAssignmentQuerySet"]
