"""Starting machine translation, seeing how far it has come, and what it used."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin import messages

from cms.access.actions import Action
from cms.access.policy import Decision, Denied, decide
from cms.languages.registry import BY_CODE, LANGUAGES, SOURCE
from cms.translation.alignment import place
from cms.translation.machine import budget
from cms.translation.machine.doors import scopes_of
from cms.translation.machine.models import MachineJob, Usage
from cms.translation.machine.providers import ProviderError, candidates, note_of, setup_of
from cms.translation.machine.service import is_left_lying
from cms.translation.machine.service import request as request_job
from cms.translation.models import TranslationRecord
from cms.translation.work import why_closed

_JOBS_PER_PAGE = 50


def _ask(decision: Decision) -> None:
    if isinstance(decision, Denied):
        raise PermissionDenied(decision.reason)


@require_POST
def start(request: HttpRequest, record_id: int) -> HttpResponse:
    """Have a machine write what a translation lacks."""
    record = get_object_or_404(TranslationRecord.objects.select_related("source", "page"), pk=record_id)
    _ask(decide(request.user, Action.EDIT, record))
    closed = why_closed(record, request.user)
    if closed:
        messages.error(request, closed)
        return redirect("translation_room", record.pk)
    try:
        job = request_job(record, request.user)
    except ProviderError as error:
        messages.error(request, str(error))
        return redirect("machine_report")
    return redirect("machine_job", job.pk)


def _job(request: HttpRequest, job_id: int) -> MachineJob:
    jobs = MachineJob.objects.select_related("record__source__page", "record__page", "requested_by")
    job = get_object_or_404(jobs, pk=job_id)
    _ask(decide(request.user, Action.REPORTS) or decide(request.user, Action.EDIT, job))
    return job


def job_page(request: HttpRequest, job_id: int) -> HttpResponse:
    """How far a job has come, and what it discarded."""
    job = _job(request, job_id)
    setup = setup_of(job.provider)
    page = job.record.source.page
    source = page.specific if page is not None else None
    context = {
        "job": job,
        "language": BY_CODE[job.record.language],
        "title": str(job.record.source),
        "discarded": [
            item | {"place": place(source, item["path"]) if source is not None else item["path"]}
            for item in job.discarded
        ],
        "note": note_of(setup, job.record.language) if setup else "",
        "may_start": bool(decide(request.user, Action.EDIT, job)) and (not job.is_open or is_left_lying(job)),
        "state_url": reverse("machine_job_state", args=[job.pk]),
        "page_title": _("Machine translation"),
    }
    return TemplateResponse(request, "machine/job.html", context)


def job_state(request: HttpRequest, job_id: int) -> JsonResponse:
    """How far a job has come, for the page's script."""
    job = _job(request, job_id)
    return JsonResponse(
        {
            "status": job.status,
            "label": job.get_status_display(),
            "done": job.done,
            "total": job.total,
            "discarded": len(job.discarded),
            "error": job.error,
            "open": job.is_open,
        }
    )


def _visible_jobs(user: Any) -> QuerySet[MachineJob]:
    jobs = MachineJob.objects.select_related("record__source__page", "requested_by")
    if decide(user, Action.REPORTS):
        return jobs
    mine = Q(pk__in=[])
    for scope in scopes_of(user):
        mine |= Q(record__language=scope.language, record__source__county_slug=scope.county_slug or "")
    return jobs.filter(mine)


def report(request: HttpRequest) -> HttpResponse:
    """The jobs, what was discarded, and what is left of the budgets; of the languages that the reader works with."""
    reports = decide(request.user, Action.REPORTS)
    codes = {scope.language for scope in scopes_of(request.user)}
    if not reports and not codes:
        _ask(reports)
    used = {(row.provider, row.language): row.characters for row in Usage.objects.filter(month=budget.this_month())}
    budgets = [
        {
            "language": language,
            "provider": setup.name,
            "used": used.get((setup.name, language.code), 0),
            "left": max(setup.budget - used.get((setup.name, language.code), 0), 0),
            "budget": setup.budget,
        }
        for language in LANGUAGES
        if language.code != SOURCE and (reports or language.code in codes)
        for setup in candidates(language.code)
    ]
    page = Paginator(_visible_jobs(request.user), _JOBS_PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "budgets": budgets,
        "jobs": [(job, BY_CODE[job.record.language]) for job in page.object_list],
        "page": page,
        "page_title": _("Machine translation"),
    }
    return TemplateResponse(request, "machine/report.html", context)
