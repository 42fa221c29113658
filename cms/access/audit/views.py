"""The audit log's page and its CSV."""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterator
from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.mixins import Echo
from wagtail.admin.views.reports import ReportView
from wagtail.admin.widgets.button import Button

from cms.access.actions import Action
from cms.access.audit.events import Event
from cms.access.audit.filters import AuditFilterSet
from cms.access.audit.log import record
from cms.access.audit.visible import Words, visible_to
from cms.access.models.audit import AuditEntry
from cms.access.policy import scopes_for
from cms.access.scopes import Scope

#: Rows that an export reads at a time.
_CHUNK = 2000
#: What makes a spreadsheet take a cell for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_HEADINGS = (
    _("Time"),
    _("Event"),
    _("Person"),
    _("E-mail"),
    _("Roles then"),
    _("About"),
    _("County"),
    _("Language"),
    _("Details"),
)


class AuditView(ReportView):
    """The entries that the reader may see, newest first."""

    model = AuditEntry
    page_title = _("Audit log")
    header_icon = "history"
    results_template_name = "access/audit_results.html"
    index_url_name = "audit"
    index_results_url_name = "audit_results"
    filterset_class = AuditFilterSet
    default_ordering = ("-time", "-pk")
    verbose_name_plural = _("entries")
    paginate_by = 50
    # Wagtail's own spreadsheets are not recorded and may hold formulas.
    list_export: tuple[str, ...] = ()

    def get_queryset(self) -> QuerySet[AuditEntry]:
        return visible_to(self.request.user).order_by(*self.default_ordering)

    def filter_queryset(self, queryset: QuerySet[AuditEntry]) -> QuerySet[AuditEntry]:
        # A filter that is wrong shows its message, and not entries that nobody asked for.
        return super().filter_queryset(queryset) if self.filters.is_valid() else queryset.none()

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        # An export answers with a file, or with the page that says which filter is wrong.
        export, self.is_export = request.GET.get("export") == "csv", False
        if export and self.filters.is_valid():
            return self._csv(self.get_filtered_queryset())
        response: HttpResponseBase = super().get(request, *args, **kwargs)
        return response

    @cached_property
    def columns(self) -> list[Column]:
        words = Words()
        return [
            DateColumn("time", label=_("Time"), width="12%"),
            Column("event", label=_("Event"), accessor=words.event),
            Column("person", label=_("Person"), accessor=words.actor),
            Column("roles", label=_("Roles then"), accessor=words.roles),
            TitleColumn("about", label=_("About"), accessor=words.about),
            Column("county", label=_("County"), accessor=words.county),
            Column("language", label=_("Language"), accessor=words.language),
            Column("detail", label=_("Details"), accessor=words.detail),
        ]

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        buttons = list(super().header_more_buttons)
        return [*buttons, Button(_("Download CSV"), url=self.csv_export_url, icon_name="download", priority=100)]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        form = self.filters.form
        context["problems"] = [
            f"{form.fields[name].label}: {message}" for name, messages in form.errors.items() for message in messages
        ]
        return context

    def _csv(self, entries: QuerySet[AuditEntry]) -> StreamingHttpResponse:
        # Recorded before a row leaves, and read up to that entry, so that the file is what the entry counts.
        newest = entries.order_by("-pk").values_list("pk", flat=True).first() or 0
        entries = entries.filter(pk__lte=newest)
        counties = {scope.county_slug for scope in scopes_for(self.request.user, Action.AUDIT)}
        scope = Scope("", counties.pop()) if len(counties) == 1 else None
        query = self.request.GET.copy()
        for name in ("export", self.page_kwarg):
            query.pop(name, None)
        record(
            Event.EXPORTED,
            actor=self.request.user,
            about="audit.csv",
            scope=scope,
            entries=entries.count(),
            filters=query.urlencode(),
        )
        lines = in_language(csv_lines(entries), translation.get_language())
        response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="audit-{timezone.localdate():%Y-%m-%d}.csv"'
        return response


def in_language(lines: Iterator[bytes], language: str) -> Iterator[bytes]:
    """``lines``, each made in ``language``: they are asked for when the view's language is over."""
    while True:
        with translation.override(language):
            line = next(lines, None)
        if line is None:
            return
        yield line


def csv_lines(entries: QuerySet[AuditEntry]) -> Iterator[bytes]:
    """The entries as lines of a CSV file in UTF-8, the headings first."""
    words = Words()
    writer = csv.writer(Echo())
    # Without the mark, Excel reads UTF-8 as something else.
    yield codecs.BOM_UTF8
    yield writer.writerow([str(heading) for heading in _HEADINGS])
    for entry in entries.iterator(chunk_size=_CHUNK):
        cells = (
            timezone.localtime(entry.time).isoformat(timespec="seconds"),
            words.event(entry),
            words.actor(entry),
            entry.actor_email,
            words.roles(entry),
            words.about(entry),
            words.county(entry),
            words.language(entry),
            words.detail(entry),
        )
        yield writer.writerow([without_formula(cell) for cell in cells])


def without_formula(cell: str) -> str:
    """The text, so that a spreadsheet takes it for a text."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
