"""Giving, changing and taking roles: the policy is asked, the rules hold, the native permissions follow.

Whoever changes an assignment for somebody goes through here: the screens, and what imports people.
"""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.access.actions import Action
from cms.access.models import RoleAssignment
from cms.access.people.decisions import may_change
from cms.access.policy import Decision, Denied, decide
from cms.access.sync import sync

ADMINISTRATOR = "site-administrator"


class Refused(PermissionDenied):
    """The policy said no; ``denied.reason`` says why."""

    def __init__(self, denied: Denied) -> None:
        super().__init__(denied.reason)
        self.denied = denied


def allowed(decision: Decision) -> None:
    """Raise :class:`Refused` unless the policy allows."""
    if isinstance(decision, Denied):
        raise Refused(decision)


def give(assignment: RoleAssignment, *, by: Any) -> None:
    """Save a new assignment. Raises :class:`Refused` or ``ValidationError``, with nothing written."""
    allowed(decide(by, Action.ASSIGN, assignment))
    _save(assignment)


def change(assignment: RoleAssignment, *, by: Any) -> None:
    """Save a changed assignment: what it was and what it becomes are both decided on."""
    with transaction.atomic():
        before = RoleAssignment.objects.select_related("county", "user").get(pk=assignment.pk)
        allowed(may_change(by, before))
        allowed(decide(by, Action.ASSIGN, assignment))
        if _administers(before) and not _administers(assignment):
            keep_an_administrator(before.user)
        _save(assignment)


def take(assignment: RoleAssignment, *, by: Any) -> None:
    """Delete an assignment. A provider's claim, if it still holds, gives it back at the next sign-in."""
    with transaction.atomic():
        allowed(decide(by, Action.ASSIGN, assignment))
        if _administers(assignment):
            keep_an_administrator(assignment.user)
        assignment.delete()
        sync()


def keep_an_administrator(leaving: Any) -> None:
    """Refuse, with ``ValidationError``, what would leave the site without a lasting administrator.

    In a transaction: the others' assignments are locked, so that two cannot take each other's role.
    """
    rows = standing_administrators().select_for_update()
    users = set(rows.values_list("user_id", flat=True))
    if users and not users - {leaving.pk}:
        raise ValidationError(
            _("This is the last site administrator. Give the role to another person first, without a last day.")
        )


def standing_administrators() -> QuerySet[RoleAssignment]:
    """The site administrators' assignments that hold today and have no last day."""
    return RoleAssignment.objects.current().filter(role=ADMINISTRATOR, ends_on__isnull=True)


def _administers(assignment: RoleAssignment) -> bool:
    """Whether this makes a lasting site administrator, by its role and days."""
    begun = assignment.starts_on is None or assignment.starts_on <= timezone.localdate()
    return assignment.role == ADMINISTRATOR and begun and assignment.ends_on is None


def _save(assignment: RoleAssignment) -> None:
    with transaction.atomic():
        # One at a time for each person: the same role sent twice is refused in words, the second time.
        get_user_model().objects.select_for_update().get(pk=assignment.user_id)
        assignment.full_clean()
        assignment.save()
        sync()
