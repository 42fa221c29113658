"""Files in: read, shown, confirmed, undone. A file belongs to who read it in."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from wagtail.admin import messages

from cms.access.actions import Action
from cms.access.policy import decide, may_somewhere
from cms.languages.registry import get
from cms.translation.exchange.compare import compare
from cms.translation.exchange.differences import differences
from cms.translation.exchange.downloads import languages_of
from cms.translation.exchange.formats import Format
from cms.translation.exchange.forms import UploadForm
from cms.translation.exchange.importing import KEPT, TAKEN, UNDONE, confirm, store, undo
from cms.translation.exchange.models import BatchStatus, ImportBatch
from cms.translation.exchange.rows import Compared, Outcome

_ROWS_PER_PAGE = 100
_BATCHES_PER_PAGE = 50
_ORDER = [Outcome.REFUSED, Outcome.FUZZY, Outcome.NEWER, Outcome.CHANGED, Outcome.NEW, Outcome.UNCHANGED]


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """The reader's own files, the form for another, and the languages whose work she may send out."""
    return _index(request, UploadForm())


def _index(request: HttpRequest, form: UploadForm, status: int = 200) -> HttpResponse:
    user: Any = request.user
    mine = ImportBatch.objects.filter(user=user).defer("refused")
    context = {
        "page_title": _("Translation files"),
        "header_icon": "download",
        "form": form if may_somewhere(request.user, Action.IMPORT) else None,
        "batches": Paginator(mine, _BATCHES_PER_PAGE).get_page(request.GET.get("page")),
        "languages": [get(code) for code in languages_of(request.user)],
        "formats": Format,
    }
    return TemplateResponse(request, "translation_exchange/index.html", context, status=status)


@require_POST
def upload(request: HttpRequest) -> HttpResponse:
    """Read a file and show what it would change; nothing is written but what is to be shown."""
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        return _index(request, form, status=422)
    preview = compare(form.rows, request.user, form.cleaned_data["language"])
    made = store(preview, request.user, form.cleaned_data["file"].name, form.format)
    return redirect("translation_exchange_batch", made.pk)


def _mine(request: HttpRequest, batch_id: int) -> ImportBatch:
    return get_object_or_404(ImportBatch, pk=batch_id, user_id=request.user.pk)


@require_GET
def batch(request: HttpRequest, batch_id: int) -> HttpResponse:
    """What the file changes, or has changed, row by row; what was refused first."""
    found = _mine(request, batch_id)
    rows = _rows(found)
    counts = {outcome: sum(row.outcome == outcome for row, *_rest in rows) for outcome in Outcome}
    page = Paginator(rows, _ROWS_PER_PAGE).get_page(request.GET.get("page"))
    shown = [
        {
            "row": row,
            "language": get(language) if language else None,
            "title": title,
            "difference": _difference(row),
        }
        for row, language, title in page.object_list
    ]
    results = [row.result for row, *_rest in rows]
    context = {
        "page_title": found.name,
        "header_icon": "download",
        "batch": found,
        "page": page,
        "shown": shown,
        "counts": [(outcome.label, counts[outcome]) for outcome in _ORDER if counts[outcome]],
        # What nobody can choose any more is taken in as it is.
        "takes": any(row.outcome in (Outcome.NEW, Outcome.CHANGED, Outcome.NEWER) for row, *_rest in rows),
        "taken": results.count(TAKEN) + results.count(KEPT) + results.count(UNDONE),
        "undone": results.count(UNDONE),
        "kept": results.count(KEPT),
        "left": sum(row.is_taken and not row.result for row, *_rest in rows),
        "reasons": [
            (part.record, part.reason) for part in found.parts.exclude(reason="").select_related("record__source__page")
        ],
        "Status": BatchStatus,
    }
    return TemplateResponse(request, "translation_exchange/batch.html", context)


def _difference(row: Compared) -> SafeString:
    """The text that is there with what the file takes from it and adds to it."""
    if row.outcome == Outcome.UNCHANGED:
        return format_html("{}", row.old)
    pattern = {"same": "{}", "gone": "<del>{}</del>", "added": "<ins>{}</ins>"}
    return mark_safe("".join(format_html(pattern[kind], words) for kind, words in differences(row.old, row.new)))


def _rows(found: ImportBatch) -> list[tuple[Compared, str, str]]:
    """The rows with language and title of their page; those that need a look first. Of a page that her role
    no longer reaches there are none: they say what its drafts say."""
    rows = [(Compared.from_json(row), "", "") for row in found.refused]
    for part in found.parts.select_related("record__source__page"):
        if not decide(found.user, Action.IMPORT, part.record):
            continue
        title = part.record.source.page.title if part.record.source.page is not None else ""
        rows += [(Compared.from_json(row), part.record.language, title) for row in part.rows]
    return sorted(rows, key=lambda each: (_ORDER.index(each[0].outcome), each[0].line))


@require_POST
def confirm_batch(request: HttpRequest, batch_id: int) -> HttpResponse:
    """Take in what was shown. The policy is asked again of each page."""
    return _start(request, batch_id, lambda found: confirm(found, set(request.POST.getlist("chosen"))))


@require_POST
def undo_batch(request: HttpRequest, batch_id: int) -> HttpResponse:
    """Take back what was taken in, where nobody has changed it since."""
    return _start(request, batch_id, undo)


def _start(request: HttpRequest, batch_id: int, start: Any) -> HttpResponse:
    found = _mine(request, batch_id)
    try:
        start(found)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("translation_exchange_batch", found.pk)
