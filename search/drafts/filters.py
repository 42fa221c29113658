"""What editors narrow a search of the admin by."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django_filters import ChoiceFilter
from wagtail.admin.filters import MultipleContentTypeFilter, WagtailFilterSet
from wagtail.models import Page, get_page_content_types

from cms.languages.registry import get
from search.drafts.finding import languages_of

_STATES = {
    "live": Q(live=True, has_unpublished_changes=False),
    "changed": Q(live=True, has_unpublished_changes=True),
    "draft": Q(live=False),
}


def _in_state(pages: QuerySet[Page], name: str, value: str) -> QuerySet[Page]:
    return pages.filter(_STATES[value])


class PageSearchFilters(WagtailFilterSet):
    """The language, of those that the user has pages in; the state; the type."""

    locale = ChoiceFilter(
        field_name="locale__language_code",
        label=_("Language"),
        empty_label=_("Every language"),
        choices=[],
        widget=forms.RadioSelect,
    )
    state = ChoiceFilter(
        label=_("State"),
        empty_label=_("Every state"),
        choices=[("live", _("published")), ("changed", _("published, with changes")), ("draft", _("draft"))],
        method=_in_state,
        widget=forms.RadioSelect,
    )
    content_type = MultipleContentTypeFilter(
        label=_("Kind of page"),
        queryset=lambda request: get_page_content_types(include_base_page_type=False),
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Page
        # Only what is named above.
        fields: tuple[str, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        codes = languages_of(self.request.user)
        self.filters["locale"].extra["choices"] = [(code, get(code).autonym) for code in codes]

    @property
    def language(self) -> str:
        """The code of the chosen language; empty where it is any."""
        return str(self.form.cleaned_data.get("locale") or "") if self.is_valid() else ""
