"""The filter of the coverage."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cms.editorial.coverage.sources import NATIONAL, UNPUBLISHED, Sections, Wanted
from cms.languages.registry import LANGUAGES, SOURCE
from cms.translation.states import State


class CoverageForm(forms.Form):
    """Which pages, and in which order. What is wrong in one field leaves the others as they are."""

    where = forms.ChoiceField(label=_("Where"), required=False)
    theme = forms.ChoiceField(label=_("Theme"), required=False)
    tree = forms.CharField(
        label=_("Address begins with"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"placeholder": "att-bo/", "dir": "ltr", "size": 16}),
    )
    language = forms.ChoiceField(label=_("Language"), required=False)
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[("", _("All")), *State.choices, (UNPUBLISHED, _("not published"))],
    )
    sort = forms.ChoiceField(
        label=_("Sort by"),
        required=False,
        choices=[
            ("", _("As in the tree")),
            ("title", _("Title")),
            ("outdated", _("Most outdated")),
            ("words", _("Most words left")),
            ("deadline", _("Nearest deadline")),
        ],
    )

    def __init__(self, *args: Any, sections: Sections, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["where"].choices = [("", _("The whole site")), (NATIONAL, _("National pages")), *sections.counties]
        fields["theme"].choices = [("", _("All")), *sections.themes]
        languages = [(language.code, language.autonym) for language in LANGUAGES if language.code != SOURCE]
        fields["language"].choices = [("", _("All")), *languages]

    @property
    def wanted(self) -> Wanted:
        """The filter, without what is wrong in it."""
        self.is_valid()
        return Wanted(**self.cleaned_data)

    @property
    def is_narrowed(self) -> bool:
        """Whether it asks for less than everything."""
        wanted = self.wanted
        return any((wanted.where, wanted.theme, wanted.tree, wanted.language, wanted.state))
