"""The forms of what editors give to search."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.widgets import AdminPageChooser
from wagtail.models import Page

from cms.languages.registry import BY_CODE, get
from search.editors.checks import faults_of, isolated, queries_faults
from search.eligibility import findable
from search.models import BestBet, Synonyms


def language_choices(codes: Sequence[str]) -> list[tuple[str, str]]:
    """These languages by their own names."""
    return [(code, BY_CODE[code].autonym) for code in codes]


class PublicPageChooser(AdminPageChooser):
    """Wagtail's chooser, which names no page but public ones: a form can be sent any number."""

    def get_instance(self, value: Any) -> Any:
        pk = value.pk if isinstance(value, Page) else value
        known = str(pk).isdecimal() and findable(Q(pk=pk)).exists()
        return super().get_instance(value) if known else None


class _WordsForm(forms.ModelForm[Any]):
    """Words of one language. Its language is chosen when they are added, and stays."""

    #: The field whose lines are in the language.
    words_field = ""

    def __init__(self, *args: Any, languages: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            del self.fields["language"]
            only = self.instance.language
        else:
            self.fields["language"] = forms.ChoiceField(label=_("Language"), choices=language_choices(languages))
            only = languages[0] if len(languages) == 1 else ""
        attrs: dict[str, Any] = {"rows": 6, "dir": "auto"}
        if only in BY_CODE:
            attrs |= {"lang": get(only).tag, "dir": get(only).direction}
        self.fields[self.words_field].widget = forms.Textarea(attrs=attrs)

    @property
    def language(self) -> str:
        """The language of the valid form's words; empty where none was chosen."""
        return self.instance.language if self.instance.pk else self.cleaned_data.get("language", "")

    def lines(self) -> list[str]:
        """What was given, line by line."""
        written = self.cleaned_data.get(self.words_field, "").splitlines()
        return [line for text in written if (line := " ".join(text.split()))]


class SynonymsForm(_WordsForm):
    """Words that find what each other finds."""

    words_field = "words"

    class Meta:
        model = Synonyms
        fields = ("language", "words", "note")

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if self.language and "words" in cleaned:
            for fault in faults_of(self.lines(), self.language, self.instance.pk):
                self.add_error("words", fault)
            cleaned["words"] = "\n".join(self.lines())
        return cleaned


class BestBetForm(_WordsForm):
    """A page that is shown first for certain searches."""

    words_field = "queries"
    page = forms.ModelChoiceField(
        label=gettext_lazy("Page"),
        queryset=Page.objects.none(),
        widget=PublicPageChooser,
        error_messages={"invalid_choice": gettext_lazy("This page is not public, so that nobody would find it.")},
    )

    class Meta:
        model = BestBet
        fields = ("language", "queries", "page", "sort_order")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["page"].queryset = findable(Q())
        fields["sort_order"].help_text = _(
            "Where several pages are recommended for the same search, the lowest number comes first."
        )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.language:
            return cleaned
        if "queries" in cleaned:
            for fault in queries_faults(self.lines(), self.language):
                self.add_error("queries", fault)
            cleaned["queries"] = "\n".join(self.lines())
        page = cleaned.get("page")
        if page is not None:
            self._check_page(page)
        return cleaned

    def _check_page(self, page: Page) -> None:
        code, language = page.locale.language_code, get(self.language)
        if code not in language.chain:
            said = {"language": BY_CODE[code].autonym if code in BY_CODE else code}
            readable = ", ".join(isolated(BY_CODE[one].autonym) for one in language.chain)
            said = {name: isolated(text) for name, text in said.items()} | {"languages": readable}
            self.add_error(
                "page",
                _("This page is in %(language)s. Readers of this language are shown pages in: %(languages)s.") % said,
            )
        elif BestBet.objects.filter(language=language.code, page=page).exclude(pk=self.instance.pk).exists():
            self.add_error("page", _("This page is recommended in this language already: add the searches there."))


class FilterForm(forms.Form):
    """What a list is narrowed to."""

    q = forms.CharField(label=gettext_lazy("Search"), required=False, max_length=100)
    language = forms.ChoiceField(label=gettext_lazy("Language"), required=False)

    def __init__(self, *args: Any, languages: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["language"].choices = [("", _("All")), *language_choices(languages)]
        self._languages = languages

    @property
    def languages(self) -> list[str]:
        """The languages that are listed: the chosen one, or all that may be. None where the form is wrong."""
        if not self.is_valid():
            return []
        chosen = self.cleaned_data["language"]
        return [chosen] if chosen else list(self._languages)

    @property
    def wanted(self) -> str:
        """What a row must have in it, case folded; nothing where the form is wrong."""
        return " ".join(self.cleaned_data["q"].casefold().split()) if self.is_valid() else ""


class ReportForm(FilterForm):
    """Which searches that found little are listed."""

    week = forms.ChoiceField(label=gettext_lazy("Week from"), required=False)

    def __init__(self, *args: Any, weeks: Sequence[tuple[datetime.date, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["q"]
        fields: dict[str, Any] = self.fields
        fields["week"].choices = [("", _("All")), *((day.isoformat(), label) for day, label in weeks)]

    @property
    def monday(self) -> datetime.date | None:
        """The Monday of the week that was chosen."""
        chosen = self.cleaned_data.get("week") if self.is_valid() else None
        return datetime.date.fromisoformat(chosen) if chosen else None
