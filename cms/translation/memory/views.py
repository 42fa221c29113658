"""The memory's screens: what it holds, a file of it, a file into it, a text taken out."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe
from wagtail.admin import messages

from cms.access.actions import Action
from cms.access.audit.events import Event
from cms.access.audit.log import record
from cms.access.naming import name_of
from cms.access.policy import decide
from cms.access.scopes import Scope
from cms.languages.registry import BY_CODE, SOURCE
from cms.translation.memory import tmx
from cms.translation.memory.decisions import may_forget, may_read, readable
from cms.translation.memory.forms import SearchForm, UploadForm
from cms.translation.memory.models import NATIONAL, MemoryEntry
from cms.translation.memory.store import forget

_A_PAGE = 50


def _found(language: str, words: str, origin: str) -> QuerySet[MemoryEntry]:
    entries = MemoryEntry.objects.filter(language=language).select_related("source", "reviewer")
    if words:
        entries = entries.filter(Q(source__plain__icontains=words) | Q(text__icontains=words))
    if origin:
        entries = entries.filter(origin=origin)
    return entries.order_by("-approved_at", "-pk")


def _own_language(language: str) -> Scope:
    """The scope of a language that is translated into. Raises ``Http404`` for another."""
    if language not in BY_CODE or language == SOURCE:
        raise Http404
    return Scope(language)


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The approved texts of one language, newest first, a page at a time."""
    languages = readable(request.user)
    if not may_read(request.user):
        raise PermissionDenied
    form = SearchForm(request.GET, languages=languages)
    asked = form.cleaned_data if form.is_valid() else {}
    language = asked.get("language") or languages[0]
    entries = _found(language, asked.get("q", ""), asked.get("origin", "")) if form.is_valid() else None
    page = Paginator(MemoryEntry.objects.none() if entries is None else entries, _A_PAGE).get_page(asked.get("p") or 1)
    query = request.GET.copy()
    query.pop("p", None)
    context = {
        "form": form,
        "language": BY_CODE[language],
        "source": BY_CODE[SOURCE],
        "page": page,
        "query": query.urlencode(),
        "rows": [_row(request.user, entry) for entry in page],
        "may_export": decide(request.user, Action.EXPORT, Scope(language)),
        "may_import": decide(request.user, Action.PUBLISH, Scope(language)),
    }
    return TemplateResponse(request, "translation_memory/index.html", context)


def _row(user: Any, entry: MemoryEntry) -> dict[str, Any]:
    return {
        "entry": entry,
        "reviewer": name_of(entry.reviewer),
        "domain": _("the whole country") if entry.domain == NATIONAL else entry.domain,
        "delete": reverse("translation_memory_delete", args=[entry.pk]) if may_forget(user, entry) else "",
    }


@require_safe
def export(request: HttpRequest, language: str) -> HttpResponseBase:
    """The memory of a language as a TMX file."""
    scope = _own_language(language)
    if not decide(request.user, Action.EXPORT, scope):
        raise PermissionDenied
    name = f"memory-{language}-{timezone.localdate():%Y-%m-%d}.tmx"
    entries = MemoryEntry.objects.filter(language=language).count()
    record(Event.EXPORTED, actor=request.user, about=name, scope=scope, format="tmx", entries=entries)
    response = StreamingHttpResponse(tmx.write(language), content_type="application/x-tmx+xml; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def import_file(request: HttpRequest, language: str) -> HttpResponse:
    """The form for a TMX file, and what came of it."""
    scope = _own_language(language)
    if not decide(request.user, Action.PUBLISH, scope):
        raise PermissionDenied
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            with transaction.atomic():
                imported = tmx.read(file, language, request.user)
                record(
                    Event.IMPORTED,
                    actor=request.user,
                    about=file.name,
                    scope=scope,
                    format="tmx",
                    added=imported.kept.added,
                    replaced=imported.kept.replaced,
                )
        except ValidationError as error:
            form.add_error("file", error.messages)
        else:
            _say(request, imported)
            return redirect(f"{reverse('translation_memory_index')}?language={language}")
    context = {"form": form, "language": BY_CODE[language]}
    status = 400 if form.errors else 200
    return TemplateResponse(request, "translation_memory/import.html", context, status=status)


def _say(request: HttpRequest, imported: tmx.Imported) -> None:
    kept = imported.kept
    messages.success(
        request,
        _("The file is read. New: %(added)d. Instead of an older text: %(replaced)d. There already: %(same)d.")
        % {"added": kept.added, "replaced": kept.replaced, "same": kept.same},
    )
    for reason, count in imported.refused.items():
        text = ngettext("%(count)d text was left out: %(reason)s.", "%(count)d texts were left out: %(reason)s.", count)
        messages.warning(request, text % {"count": count, "reason": reason})


def delete(request: HttpRequest, pk: int) -> HttpResponse:
    """The question whether a text is to be taken out, and what follows on the answer."""
    entry = get_object_or_404(MemoryEntry.objects.select_related("source", "reviewer"), pk=pk)
    if not may_forget(request.user, entry):
        raise PermissionDenied
    back = f"{reverse('translation_memory_index')}?language={entry.language}"
    if request.method == "POST":
        forget(entry)
        messages.success(request, _("The text is no longer in the memory. The pages stay as they are."))
        return redirect(back)
    context = {
        "row": _row(request.user, entry),
        "language": BY_CODE[entry.language],
        "source": BY_CODE[SOURCE],
        "back": back,
    }
    return TemplateResponse(request, "translation_memory/delete.html", context)
