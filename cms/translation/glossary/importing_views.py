"""A file is given, its difference looked at, and then it is let in or not."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from wagtail.admin import messages

from cms.access.doors.middleware import refuse
from cms.access.policy import Denied
from cms.languages.registry import CODES
from cms.translation.glossary.forms import UploadForm, sent
from cms.translation.glossary.importing import Difference, apply, compare
from cms.translation.glossary.models import PendingImport, name_of_language
from cms.translation.glossary.permissions import may_change, may_import
from cms.translation.glossary.rows import LARGEST, FileRefusedError
from cms.translation.glossary.trail import trail


def upload(request: HttpRequest) -> HttpResponse:
    """At ``import/``: takes a file as far as showing what it would change."""
    decision = may_import(request.user)
    if isinstance(decision, Denied):
        return refuse(request, decision)
    user: Any = request.user
    form = UploadForm(sent(request), request.FILES or None)
    faults: list[Any] = []
    if form.is_valid():
        file = form.cleaned_data["file"]
        # One byte more than is taken says that it is too large.
        content = file.read(LARGEST + 1)
        try:
            compare(file.name, content)
        except FileRefusedError as refused:
            faults = refused.faults
        else:
            with transaction.atomic():
                PendingImport.objects.filter(user=user).delete()
                pending = PendingImport.objects.create(user=user, name=file.name[:200], content=content)
            return redirect("glossary_import_preview", pending.pk)
    title = _("Import")
    context = {
        "form": form,
        "faults": faults,
        "breadcrumbs_items": trail(here=title),
        "header_title": title,
        "header_icon": "upload",
    }
    return render(request, "glossary/upload.html", context)


def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """What the file would change; with its ``digest`` sent, exactly that is done."""
    decision = may_import(request.user)
    if isinstance(decision, Denied):
        return refuse(request, decision)
    pending = get_object_or_404(PendingImport, pk=pk, user_id=request.user.pk)
    try:
        found = compare(pending.name, bytes(pending.content))
    except FileRefusedError as refused:
        # It was right when it came; the glossary is another now.
        return _preview(request, pending, Difference((), 0), refused.faults)
    refusals = _refusals(request.user, found)
    if request.method != "POST":
        return _preview(request, pending, found, [], refusals)
    if refusals:
        return refuse(request, refusals[0][1])
    if request.POST.get("digest") != found.digest:
        messages.warning(request, _("The glossary was changed meanwhile. Look at the differences again."))
        return redirect("glossary_import_preview", pk)
    try:
        with transaction.atomic():
            apply(found, about=pending.name, actor=request.user)
            pending.delete()
    except FileRefusedError as refused:
        return _preview(request, pending, found, refused.faults)
    messages.success(request, _("The file has been imported."))
    return redirect("glossary_index")


def _refusals(user: Any, found: Difference) -> list[tuple[str, Denied]]:
    """The languages that the file changes and ``user`` may not, by name, with the policy's decision."""
    decisions = [(code, may_change(user, code)) for code in CODES if code in found.languages]
    return [(name_of_language(code), decision) for code, decision in decisions if isinstance(decision, Denied)]


def _preview(
    request: HttpRequest,
    pending: PendingImport,
    found: Difference,
    faults: list[Any],
    refusals: list[tuple[str, Denied]] | None = None,
) -> HttpResponse:
    context = {
        "pending": pending,
        "found": found,
        "faults": faults,
        "refusals": refusals or [],
        "breadcrumbs_items": trail(here=_("Import")),
        "header_title": _("What the file would change"),
        "header_icon": "upload",
    }
    return render(request, "glossary/preview.html", context)
