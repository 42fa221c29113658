"""The doors of machine translation."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from cms.access.actions import Action
from cms.access.doors.rules import Rule
from cms.access.policy import Allowed, Decision, decide, scopes_for
from cms.access.scopes import Scope
from cms.languages.registry import SOURCE
from cms.translation.machine.models import MachineJob
from cms.translation.models import TranslationRecord


def scopes_of(user: Any) -> set[Scope]:
    """The scopes whose translations the user may edit by a role of her own."""
    return {scope for scope in scopes_for(user, Action.EDIT) if scope.language != SOURCE}


def start(request: HttpRequest, kwargs: dict[str, Any]) -> Decision:
    """Who may edit the translation. That it isn't there is the view's to say."""
    record = TranslationRecord.objects.select_related("source").filter(pk=kwargs["record_id"]).first()
    return Allowed() if record is None else decide(request.user, Action.EDIT, record)


def job(request: HttpRequest, kwargs: dict[str, Any]) -> Decision:
    """Who may edit the translation, and who reads reports."""
    found = MachineJob.objects.select_related("record__source").filter(pk=kwargs["job_id"]).first()
    if found is None:
        return Allowed()
    return decide(request.user, Action.REPORTS) or decide(request.user, Action.EDIT, found)


def report(request: HttpRequest, kwargs: dict[str, Any]) -> Decision:
    """Who reads reports, and who edits translations; the view shows her own."""
    decision = decide(request.user, Action.REPORTS)
    if not decision and scopes_of(request.user):
        return Allowed()
    return decision


DOORS: dict[str, Rule] = {
    "machine_start": start,
    "machine_job": job,
    "machine_job_state": job,
    "machine_report": report,
}
