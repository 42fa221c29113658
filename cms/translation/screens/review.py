"""Sending, reviewing, publishing: what a person does with a whole translation."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST
from wagtail.admin import messages

from cms.access.actions import Action
from cms.access.models.moderation import may_moderate
from cms.access.policy import decide
from cms.languages.registry import BY_CODE
from cms.translation.following import ensure_target
from cms.translation.holds import open_hold, waiting
from cms.translation.localize import ensure_translation, is_translation, note_errors, to_translation
from cms.translation.models import TranslationRecord
from cms.translation.moderation import publish_translation, send_for_review, why_not
from cms.translation.review import approve, lines_of, refuse_errors, send_back
from cms.translation.wording import word_diff


def _record(record_id: int) -> TranslationRecord:
    return get_object_or_404(TranslationRecord.objects.select_related("source__page", "page"), pk=record_id)


@require_POST
def send(request: HttpRequest, record_id: int) -> HttpResponse:
    """Send the texts of now for review."""
    record = _record(record_id)
    if not decide(request.user, Action.SUBMIT, record):
        raise PermissionDenied
    return _hand_in(request, record, publishes=False)


@require_POST
def publish(request: HttpRequest, record_id: int) -> HttpResponse:
    """Publish the texts of now: reviewed, or with ``as_machine`` as the machine's that they are."""
    record = _record(record_id)
    if not decide(request.user, Action.PUBLISH, record):
        raise PermissionDenied
    return _hand_in(request, record, publishes=True)


def _hand_in(request: HttpRequest, record: TranslationRecord, *, publishes: bool) -> HttpResponse:
    if not record.source.live:
        messages.error(request, _("The original is not published. Nothing was changed."))
        return redirect("translation_queue")
    # Begun where nobody did; none where the page is written by hand.
    if ensure_translation(record.source_id, record.language) is None:
        raise PermissionDenied
    page = ensure_target(record).specific
    reason = why_not(page, request.user)
    if reason:
        messages.error(request, reason)
        return redirect("translation_room", record.pk)
    try:
        if publishes:
            refuse_errors(record)
            as_machine = request.POST.get("as_machine") == "1"
            missing = publish_translation(page, request.user, as_machine=as_machine)
            done = _("“%(title)s” is published.")
            if waiting(record):
                done = _("“%(title)s” is approved, and is published together with its original.")
        else:
            missing = send_for_review(page, request.user)
            done = _("“%(title)s” is sent for review.")
    except ValidationError as error:
        translation = to_translation(page)
        if translation is not None:
            note_errors(translation, error)
        for message in error.messages:
            messages.error(request, message)
        return redirect("translation_room", record.pk)
    messages.success(request, done % {"title": page.title})
    if missing:
        text = ngettext(
            "%(count)d text is not translated: the Swedish one stands there.",
            "%(count)d texts are not translated: the Swedish ones stand there.",
            missing,
        )
        messages.warning(request, text % {"count": missing})
    return redirect("translation_queue")


def review(request: HttpRequest, record_id: int) -> HttpResponse:
    """What was sent, text by text and page beside page, and the decision."""
    record = _record(record_id)
    if record.page is None or not record.in_review or not may_moderate(request.user, record.page):
        if record.page is not None and not may_moderate(request.user, record.page):
            raise PermissionDenied
        messages.info(request, _("This translation is not in review any more."))
        return redirect("translation_queue")
    if not is_translation(record.page):
        # Written by hand, it is read and decided on where it was written.
        return redirect("wagtailadmin_pages:edit", record.page.pk)
    if request.method == "POST":
        try:
            _decide(request, record)
        except ValidationError as error:
            for message in error.messages:
                messages.error(request, message)
        else:
            return redirect("translation_queue")
    lines = lines_of(record)
    everything = request.GET.get("all") == "1"
    state = record.page.current_workflow_state
    context = {
        "page_title": _("Review"),
        "header_icon": "globe",
        "record": record,
        "language": BY_CODE[record.language],
        "lines": [(line, word_diff(line.published, line.unit.text)) for line in lines if everything or line.is_changed],
        "unchanged": sum(not line.is_changed for line in lines),
        "everything": everything,
        "errors": [(line, fault) for line in lines for fault in line.errors],
        "task_state": record.page.current_workflow_task_state,
        "sent_by": state.requested_by if state else None,
        "hold": open_hold(record.source_id),
        "is_machine": record.machine_texts,
    }
    return TemplateResponse(request, "translation/review.html", context)


def _decide(request: HttpRequest, record: TranslationRecord) -> None:
    comment = request.POST.get("comment", "").strip()
    title = {"title": record.page.title if record.page is not None else ""}
    if request.POST.get("decision") == "approve":
        approve(record, request.user, comment)
        if waiting(record):
            messages.success(
                request, _("“%(title)s” is approved, and is published together with its original.") % title
            )
        else:
            messages.success(request, _("“%(title)s” is published.") % title)
    elif request.POST.get("decision") == "send-back":
        send_back(record, request.user, comment)
        messages.success(request, _("“%(title)s” is sent back to the translator.") % title)
    else:
        raise ValidationError(_("Choose what you decide."))
