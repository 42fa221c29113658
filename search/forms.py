"""What may be asked, by a reader or a program."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
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
from pages.reading import PageRef
from search.contracts import FILTERS, SearchQuery
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

#: For each filter the pages by its values, as ``ResultPage.facets``.
Facets = Mapping[str, Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class Choice:
    """A value of a filter. ``number`` is how many pages it would leave, None before anything is searched.

    ``language`` is that of the label where it is not the reader's.
    """

    value: str
    label: str
    language: Language | None = None
    number: int | None = None
    chosen: bool = False

    @property
    def isolated(self) -> str:
        """The label between the marks that do for text alone what ``<bdi>`` does for a document."""
        return f"\u2068{self.label}\u2069"


@dataclass(frozen=True, slots=True)
class Filter:
    """A filter as it is shown. ``every`` says what is searched without it."""

    name: str
    label: str
    every: str
    choices: list[Choice]
    errors: list[str]

    @property
    def chosen(self) -> Choice | None:
        return next((choice for choice in self.choices if choice.chosen), None)


#: By the name of the filter: its label, and what is said where nothing is chosen.
LABELS = {
    "type": (_("Kind of page"), _("Every kind")),
    "theme": (_("Theme"), _("Every theme")),
    "county": (_("County"), _("The whole country")),
    "municipality": (_("Municipality"), _("The whole county")),
}


def _types() -> list[Choice]:
    return [Choice(model.content_type_name, capfirst(str(model._meta.verbose_name))) for model in TYPES]


def theme_choices(refs: Iterable[PageRef]) -> list[Choice]:
    """The themes that a reader may choose between."""
    return [Choice(ref.path.rstrip("/"), ref.title, ref.language if ref.is_fallback else None) for ref in refs]


def _by_name(places: Iterable[County] | Iterable[Municipality], language: Language) -> list[Choice]:
    named = [Choice(place.code, place.name_in(language.code)) for place in places]
    return sorted(named, key=lambda choice: collation_key(choice.label, language.code))


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
    type = forms.ChoiceField(required=False)
    theme = forms.ChoiceField(required=False)
    county = forms.ChoiceField(required=False)
    municipality = forms.ChoiceField(required=False)
    near = forms.CharField(required=False)
    page = forms.IntegerField(required=False, min_value=1, max_value=LAST_PAGE)

    def __init__(self, language: Language, data: Mapping[str, Any], themes: Iterable[Choice]) -> None:
        """``themes`` are those that may be chosen, by their slugs."""
        given = {name: str(data.get(name, "")) for name in self.base_fields}
        # Cleaned before it is bound: what is shown again in the field is what was searched.
        super().__init__(given | {"q": clean(given["q"])}, use_required_attribute=False)
        self.language = language
        counties = list(County.objects.all())
        self._counties = {key: county.code for county in counties for key in (county.code, county.slug)}
        # Numbered like SCB's codes: the first two digits of a municipality's are its county's.
        county = given["county"] or given["municipality"][:2]
        within = Municipality.objects.filter(county_id=county) if county in self._counties.values() else ()
        self._choices = {
            "type": _types(),
            "theme": list(themes),
            "county": _by_name(counties, language),
            "municipality": _by_name(within, language),
        }
        for name, choices in self._choices.items():
            field = cast(forms.ChoiceField, self.fields[name])
            field.choices = [("", ""), *((choice.value, choice.label) for choice in choices)]

    def clean_near(self) -> str:
        """The code of the county, which may be named by its slug too."""
        near = str(self.cleaned_data["near"])
        if near and near not in self._counties:
            raise forms.ValidationError(_("There is no such county."))
        return self._counties.get(near, "")

    def asked(self) -> SearchQuery:
        """The search that the valid parameters ask for."""
        self.is_valid()
        valid = self.cleaned_data
        return SearchQuery(
            text=valid.get("q", ""),
            language=self.language.code,
            page=valid.get("page") or 1,
            near=valid.get("near", ""),
            **{name: valid.get(name, "") for name in FILTERS},
        )

    def filters(self, facets: Facets | None) -> list[Filter]:
        """The filters that leave something to choose; with ``facets`` without the values that leave no page."""
        chosen = self.asked().filters
        found = []
        for name in FILTERS:
            choices = [
                replace(choice, number=number, chosen=choice.value == chosen.get(name))
                for choice, number in self._numbered(name, facets)
                if number != 0 or choice.value == chosen.get(name)
            ]
            errors = [str(message) for message in self.errors.get(name, ())]
            if choices or errors:
                label, every = LABELS[name]
                found.append(Filter(name, str(label), str(every), choices, errors))
        return found

    def numbers(self, facets: Facets) -> dict[str, dict[str, int]]:
        """Of the numbers those of the types and counties that can be asked for; of themes and municipalities all."""
        known = {name: {choice.value for choice in self._choices[name]} for name in ("type", "county")}
        return {
            name: {value: number for value, number in counts.items() if name not in known or value in known[name]}
            for name, counts in facets.items()
        }

    def _numbered(self, name: str, facets: Facets | None) -> Iterator[tuple[Choice, int | None]]:
        counts = facets.get(name, {}) if facets is not None else None
        for choice in self._choices[name]:
            yield choice, counts.get(choice.value, 0) if counts is not None else None

    def sentences(self) -> list[str]:
        """What is wrong, a sentence each, with the parameter's name."""
        return [f"{name}: {message}" for name, messages in self.errors.items() for message in messages]
