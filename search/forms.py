"""What may be asked, by a reader or a program."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, cast

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from cms.geography.models import County, Municipality
from cms.languages.collation import collation_key
from cms.languages.registry import Language
from pages.models import (
    ArticlePage,
    BasePage,
    CountyPage,
    EntrancePage,
    LocalPage,
    NewsPage,
    ProfessionalPage,
    StandardPage,
    ThemePage,
)
from search.contracts import SearchQuery
from search.normalise import LONGEST_QUERY, clean

#: The kinds of pages that a reader tells apart.
TYPES: tuple[type[BasePage], ...] = (
    ArticlePage,
    EntrancePage,
    ThemePage,
    NewsPage,
    LocalPage,
    CountyPage,
    StandardPage,
    ProfessionalPage,
)
#: Pages of results beyond this are not asked for by anyone.
LAST_PAGE = 1000

Choices = list[tuple[str, Any]]


def _types() -> Choices:
    return [(model.content_type_name, capfirst(str(model._meta.verbose_name))) for model in TYPES]


def _by_name(places: Iterator[County] | Iterator[Municipality], language: Language) -> Choices:
    named = [(place.code, place.name_in(language.code)) for place in places]
    return sorted(named, key=lambda choice: collation_key(choice[1], language.code))


class SearchForm(forms.Form):
    """The parameters of a search. One query, and one more where a county or municipality is given.

    What is wrong with one of them leaves the others valid: ``asked`` passes over it.
    """

    q = forms.CharField(
        label=_("What are you looking for?"),
        required=False,
        max_length=LONGEST_QUERY,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    county = forms.ChoiceField(label=_("County"), required=False)
    municipality = forms.ChoiceField(label=_("Municipality"), required=False)
    type = forms.ChoiceField(label=_("Kind of page"), required=False)
    page = forms.IntegerField(required=False, min_value=1, max_value=LAST_PAGE, widget=forms.HiddenInput)

    def __init__(self, language: Language, data: Mapping[str, Any]) -> None:
        given = {name: str(data.get(name, "")) for name in self.base_fields}
        # Cleaned before it is bound: what is shown again in the field is what was searched.
        super().__init__(given | {"q": clean(given["q"])}, use_required_attribute=False)
        self.language = language
        # Numbered like SCB's codes: the first two digits of a municipality's are its county's.
        county = given["county"] or given["municipality"][:2]
        counties = _by_name(County.objects.iterator(), language)
        self._choose("county", _("The whole country"), counties)
        self._choose("type", _("Every kind"), _types())
        if county in dict(counties):
            found = Municipality.objects.filter(county_id=county).iterator()
            self._choose("municipality", _("The whole county"), _by_name(found, language))
        elif given["municipality"]:
            self._choose("municipality", _("The whole county"), [])
        else:
            del self.fields["municipality"]

    def _choose(self, name: str, empty: Any, choices: Choices) -> None:
        cast(forms.ChoiceField, self.fields[name]).choices = [("", empty), *choices]

    def asked(self) -> SearchQuery:
        """The search that the valid parameters ask for."""
        self.is_valid()
        valid = self.cleaned_data
        return SearchQuery(
            text=valid.get("q", ""),
            language=self.language.code,
            county=valid.get("county", ""),
            municipality=valid.get("municipality", ""),
            type=valid.get("type", ""),
            page=valid.get("page") or 1,
        )

    def sentences(self) -> list[str]:
        """What is wrong, a sentence each, with the parameter's name."""
        return [f"{name}: {message}" for name, messages in self.errors.items() for message in messages]
