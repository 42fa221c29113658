"""The translator's queue, with what waits for review where she reviews too."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.db.models import Sum
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from cms.languages.registry import BY_CODE, LANGUAGES, SOURCE
from cms.translation.queue import task_of, to_review, to_translate

ROWS_PER_PAGE = 50


def queue(request: HttpRequest) -> HttpResponse:
    """What waits for the user; the same number of queries however much it is."""
    mine = request.GET.get("all") != "1"
    language = request.GET.get("language", "")
    language = language if language in BY_CODE else ""
    records = to_translate(request.user, mine=mine, language=language)
    page = Paginator(records, ROWS_PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page_title": _("Translations"),
        "header_icon": "globe",
        "tasks": [(task_of(record), BY_CODE[record.language]) for record in page.object_list],
        "page": page,
        "words": records.aggregate(words=Sum("words_left"))["words"] or 0,
        "reviews": [(record, BY_CODE[record.language]) for record in to_review(request.user)[:ROWS_PER_PAGE]],
        "mine": mine,
        "language": language,
        "languages": [one for one in LANGUAGES if one.code != SOURCE],
    }
    return TemplateResponse(request, "translation/queue.html", context)
