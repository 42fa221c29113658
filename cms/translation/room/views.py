"""The room's page, and the preview of what is made in it."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_GET
from wagtail.models import Page

from cms.access.actions import Action
from cms.access.naming import name_of
from cms.access.policy import decide
from cms.access.scopes import split_url_path
from cms.languages.registry import BY_CODE
from cms.translation.exchange.formats import Format
from cms.translation.following import ensure_target
from cms.translation.localize import draft_of, ensure_translation
from cms.translation.models import TranslationRecord
from cms.translation.room.access import Standing, may_enter, standing_of
from cms.translation.room.aids import term_data
from cms.translation.room.discussion import mentionable
from cms.translation.room.labels import labels
from cms.translation.room.page import Standing as TextStanding
from cms.translation.room.page import build, languages_to_look_at


def _record(request: HttpRequest, record_id: int) -> TranslationRecord:
    records = TranslationRecord.objects.select_related("source__page", "page", "item__order")
    record = get_object_or_404(records, pk=record_id)
    if not may_enter(request.user, record):
        raise PermissionDenied
    return record


@require_GET
def room(request: HttpRequest, record_id: int) -> HttpResponse:
    """Source and translation side by side; the same queries for any number of texts."""
    record = _record(request, record_id)
    look = request.GET.get("look", "")
    look = look if look in languages_to_look_at(record) else ""
    standing = standing_of(request.user, record)
    page = record.source.page
    built = build(record, look=look, user=request.user)
    context = {
        "page_title": page.title if page else str(record.source_id),
        "record": record,
        "language": BY_CODE[record.language],
        "look": BY_CODE[look] if look else None,
        "looks": [BY_CODE[code] for code in languages_to_look_at(record)],
        "room": built,
        "filters": [(one.value, one.label, built.counts[one.value]) for one in TextStanding],
        "standing": standing,
        "returned": _why_returned(record),
        "address": address_of(record),
        "actions": _actions(request.user, record, standing),
        "formats": Format.choices if decide(request.user, Action.EXPORT, record) else [],
        "script": {
            "record": record.pk,
            "root": reverse("translation_room", args=[record.pk]),
            "writes": standing.writes,
            "labels": labels(),
            "people": [{"id": person.pk, "name": name_of(person)} for person in mentionable(record)],
            "terms": {key: term_data(found) for key, found in built.terms.items()},
        },
    }
    return TemplateResponse(request, "translation_room/room.html", context)


def _why_returned(record: TranslationRecord) -> str:
    """What the reviewer said who sent it back; empty where nobody did."""
    workflow = record.page.current_workflow_state if record.returned and record.page is not None else None
    state = workflow.current_task_state if workflow is not None else None
    return str(state.specific.get_comment()) if state is not None else ""


def address_of(record: TranslationRecord) -> str:
    """The public address that the translation has or will have: that of its source, in its language."""
    page = record.page or record.source.page
    parts = split_url_path(page.url_path) if page is not None else None
    return f"/{record.language}/{parts[1]}" if parts else ""


def _actions(user: Any, record: TranslationRecord, standing: Standing) -> dict[str, str]:
    """The addresses of what may be done with the whole translation now, by what it is."""
    wanted: dict[str, bool] = {
        "translation_review": record.in_review and bool(decide(user, Action.MODERATE, record)),
        "translation_send": standing.writes and not record.in_review and bool(decide(user, Action.SUBMIT, record)),
        "translation_publish": standing.writes and not record.in_review and bool(decide(user, Action.PUBLISH, record)),
        "machine_start": standing.writes and bool(record.untranslated),
    }
    return {name: reverse(name, args=[record.pk]) for name, is_open in wanted.items() if is_open}


@require_GET
def preview(request: HttpRequest, record_id: int) -> HttpResponse:
    """The page as it would be with the texts of now. What is not translated stands there in Swedish.

    A page that is not there yet is made to be looked at, and taken back.
    """
    record = _record(request, record_id)
    is_new = record.page is None
    with transaction.atomic():
        try:
            ensure_target(record)
        except Page.DoesNotExist:
            raise Http404 from None
        translation = ensure_translation(record.source_id, record.language)
        if translation is None:
            page = record.page.specific if record.page else None
            if page is None:
                raise Http404
            page = page.get_latest_revision_as_object()
        else:
            page = draft_of(translation).page
        response: HttpResponse = page.make_preview_request(request, page.default_preview_mode)
        if is_new:
            transaction.set_rollback(True)
    return response
