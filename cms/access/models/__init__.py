"""What the database keeps about access."""

from __future__ import annotations

from cms.access.models.assignments import RoleAssignment, RoleAssignmentQuerySet
from cms.access.models.audit import AuditEntry
from cms.access.models.identity import ClaimMapping, IdentityProvider
from cms.access.models.moderation import Escalation, ModerationTask, NotificationChoice

__all__ = [
    "AuditEntry",
    "ClaimMapping",
    "Escalation",
    "IdentityProvider",
    "ModerationTask",
    "NotificationChoice",
    "RoleAssignment",
    "RoleAssignmentQuerySet",
]
