"""Files out: of a page, an order, a language. Each is recorded before it leaves."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from wagtail.admin import messages

from cms.access.actions import Action
from cms.access.audit import log
from cms.access.audit.events import Event
from cms.access.policy import decide, scopes_for
from cms.access.scopes import Scope
from cms.languages.registry import CODES, SOURCE
from cms.translation.exchange.formats import Format
from cms.translation.exchange.service import export
from cms.translation.models import Order, TranslationRecord
from cms.translation.states import State


def _records() -> QuerySet[TranslationRecord]:
    return TranslationRecord.objects.select_related("source__page", "page", "item__order").order_by("source_id")


def record(request: HttpRequest, record_id: int, kind: str) -> HttpResponse:
    """One page in one language."""
    one = get_object_or_404(_records(), pk=record_id)
    return _file(request, [one], kind, name=one.source.page.slug if one.source.page else str(one.pk))


def order(request: HttpRequest, order_id: int, language: str, kind: str) -> HttpResponse:
    """What an order asks for in a language."""
    get_object_or_404(Order, pk=order_id)
    records = _records().filter(items__order_id=order_id, language=_target(language)).distinct()
    return _file(request, records, kind, name=f"order-{order_id}")


def language(request: HttpRequest, language: str, kind: str) -> HttpResponse:
    """What has work to do in a language."""
    return _file(request, needing_work(_target(language)), kind, name="queue")


def needing_work(language: str) -> QuerySet[TranslationRecord]:
    """The records that ``TranslationRecord.needs_work`` is true of."""
    asked = Q(item__isnull=False) & ~Q(state=State.IN_REVIEW)
    return _records().filter(Q(returned=True) | Q(live=True, outdated__gt=0) | asked, language=language)


def _target(language: str) -> str:
    if language not in CODES or language == SOURCE:
        raise Http404
    return language


def _file(request: HttpRequest, records: Any, kind: str, name: str) -> HttpResponse:
    if kind not in Format.values:
        raise Http404
    format_ = Format(kind)
    asked = list(records)
    allowed = [one for one in asked if decide(request.user, Action.EXPORT, one)]
    if asked and not allowed:
        raise PermissionDenied
    try:
        data = b"".join(export(allowed, format_))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("translation_exchange_index")
    _record(allowed, format_, name)
    response = HttpResponse(data, content_type=format_.content_type)
    file_name = f"{name}-{allowed[0].language}-{timezone.localdate():%Y-%m-%d}.{format_.extension}"
    response["Content-Disposition"] = f'attachment; filename="{file_name}"'
    return response


def _record(records: list[TranslationRecord], kind: Format, name: str) -> None:
    scopes = {one.access_scope for one in records}
    page = records[0].page or records[0].source.page
    log.record(
        Event.EXPORTED,
        about=log.address_of(page) if len(records) == 1 and page is not None else f"{name} ({records[0].language})",
        scope=scopes.pop() if len(scopes) == 1 else Scope(records[0].language),
        format=kind.value,
        pages=len(records),
    )


def languages_of(user: Any) -> list[str]:
    """The languages whose work ``user`` may send out: those of which she may some page's."""
    return [
        code
        for code in CODES
        if code != SOURCE and any(decide(user, Action.EXPORT, scope) for scope in _scopes(user, code))
    ]


def _scopes(user: Any, code: str) -> set[Scope]:
    return {Scope(code)} | {scope for scope in scopes_for(user, Action.EXPORT) if scope.language == code}
