"""The filters of the audit log's page."""

from __future__ import annotations

from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet

from cms.access.audit.events import event_choices
from cms.access.audit.visible import counties_of
from cms.access.models.audit import AuditEntry
from cms.languages.django import django_languages


class _Form(forms.Form):
    def clean_time(self) -> slice | None:
        period: slice | None = self.cleaned_data["time"]
        if period and period.start and period.stop and period.stop < period.start:
            raise forms.ValidationError(_("The last day is before the first."))
        return period


class AuditFilterSet(WagtailFilterSet):
    """Kind, person, county, language, days, and words in what an entry is about."""

    event = django_filters.MultipleChoiceFilter(
        label=_("Event"), choices=event_choices, widget=forms.CheckboxSelectMultiple
    )
    person = django_filters.CharFilter(
        label=_("Person"), method="by_person", help_text=_("Part of a name or an e-mail address")
    )
    county = django_filters.ChoiceFilter(label=_("County"), choices=(), empty_label=_("All"))
    language = django_filters.ChoiceFilter(label=_("Language"), choices=django_languages, empty_label=_("All"))
    time = django_filters.DateFromToRangeFilter(label=_("Days"), widget=DateRangePickerWidget)
    about = django_filters.CharFilter(label=_("About"), lookup_expr="icontains")

    class Meta:
        model = AuditEntry
        fields: tuple[str, ...] = ()
        form = _Form

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # A county that the reader may not read of is no choice of hers, whatever the address says.
        choices = [(county.slug, county.short_name) for county in counties_of(self.request.user)]
        self.filters["county"].extra["choices"] = choices

    def by_person(self, entries: QuerySet[AuditEntry], name: str, value: str) -> QuerySet[AuditEntry]:
        return entries.filter(Q(actor_name__icontains=value) | Q(actor_email__icontains=value))
