"""The forms of the glossary's screens."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext_lazy as _

from cms.languages.django import target_languages
from cms.languages.registry import SOURCE, get
from cms.translation.glossary.entries import Entry, Terms, tidy
from cms.translation.glossary.models import LONGEST_KEY, Status, language_choices


def sent(request: HttpRequest) -> QueryDict | None:
    """What a form is given: what was sent, be it nothing, or ``None`` where the form is only shown."""
    return request.POST if request.method == "POST" else None


class TermsField(forms.CharField):
    """Terms of a language, one a line; the value is a tuple of them."""

    def __init__(self, *, language: str = SOURCE, **kwargs: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": 4}), **kwargs)
        self.speak(language)

    def speak(self, language: str) -> None:
        """Be written in ``language``, from its side."""
        self.widget.attrs |= {"lang": get(language).tag, "dir": get(language).direction}

    def to_python(self, value: Any) -> Any:
        return tuple(filter(None, (tidy(line) for line in str(value or "").splitlines())))

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, tuple) else value


class TermsForm(forms.Form):
    """A concept's terms in one language."""

    approved = TermsField(
        label=_("Approved terms"),
        required=False,
        help_text=_("One a line. The first is the one that translators are to take."),
    )
    forbidden = TermsField(
        label=_("Forbidden terms"), required=False, help_text=_("One a line: words that must not be used for this.")
    )
    inflected = TermsField(
        label=_("Inflected forms"),
        required=False,
        help_text=_("One a line: forms of the approved terms that are not found by themselves."),
    )
    #: What was there when the form was shown, so that nobody writes over another's work.
    shown = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, TermsField):
                field.speak(language)

    @property
    def terms(self) -> Terms:
        """What the valid form says."""
        values = self.cleaned_data
        return Terms(values["approved"], values["forbidden"], values["inflected"])


class ConceptForm(TermsForm):
    """A concept with its Swedish terms."""

    definition = forms.CharField(
        label=_("Definition"), widget=forms.Textarea(attrs={"rows": 3, "lang": SOURCE}), help_text=_("In Swedish")
    )
    source = forms.CharField(label=_("Source"), max_length=200, help_text=_("The authority whose definition it is"))
    source_url = forms.URLField(label=_("Address of the source"), max_length=500, required=False, assume_scheme="https")
    status = forms.ChoiceField(
        label=_("Status"), choices=Status.choices, help_text=_("A proposed concept is shown, and checked by nothing.")
    )

    field_order = ("key", "approved", "inflected", "forbidden", "definition", "source", "source_url", "status", "shown")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, language=SOURCE, **kwargs)
        self.fields["approved"].label = _("Swedish terms")
        self.fields["approved"].required = True

    def over(self, entry: Entry) -> Entry:
        """``entry`` with what the valid form says of it."""
        values = self.cleaned_data
        terms = {code: entry.of(code) for code in entry.terms}
        return Entry(
            entry.key, tidy(values["definition"]), tidy(values["source"]), values["source_url"], values["status"], terms
        ).with_terms(SOURCE, self.terms)


class NewConceptForm(ConceptForm):
    """A concept that isn't there yet."""

    key = forms.SlugField(
        label=_("Key"), max_length=LONGEST_KEY, help_text=_("A lasting name in a–z, 0–9 and hyphens: folkbokforing")
    )


class SearchForm(forms.Form):
    """What the list is narrowed to."""

    q = forms.CharField(label=_("Search"), required=False, max_length=200, strip=True)
    language = forms.ChoiceField(
        label=_("Language"), required=False, choices=lambda: [("", _("All")), *target_languages()]
    )
    status = forms.ChoiceField(label=_("Status"), required=False, choices=[("", _("All")), *Status.choices])
    missing = forms.BooleanField(label=_("Only without a term in the language"), required=False)


class ExportForm(forms.Form):
    """What is written to a file."""

    format = forms.ChoiceField(choices=[("csv", "CSV"), ("tbx", "TBX")])
    language = forms.MultipleChoiceField(required=False, choices=language_choices)


class UploadForm(forms.Form):
    """A file with concepts and terms."""

    file = forms.FileField(
        label=_("File"), widget=forms.FileInput(attrs={"accept": ".csv,.tbx"}), help_text=_("CSV in UTF-8, or TBX")
    )
