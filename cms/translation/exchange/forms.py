"""The form with which a file is read in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _

from cms.languages.django import target_languages
from cms.translation.exchange.formats import Format
from cms.translation.exchange.guard import Upload
from cms.translation.exchange.service import read
from cms.translation.exchange.texts import Row


class UploadForm(forms.Form):
    """A file and, if wanted, the language that it must be of. ``rows`` and ``format`` are what was read."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("XLIFF 1.2 or 2.1, PO or CSV, at most 10 MB. You are shown what it changes before it does."),
        max_length=200,
        widget=forms.ClearableFileInput(attrs={"accept": ".xlf,.xliff,.po,.csv"}),
    )
    language = forms.ChoiceField(label=_("Language"), required=False, choices=())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _gettext("as the file says")), *target_languages()]
        self.fields["language"].choices = choices  # type: ignore[attr-defined]
        self.rows: list[Row] = []
        self.format = Format.CSV

    def clean_file(self) -> Upload:
        file: Upload = self.cleaned_data["file"]
        self.format, self.rows = read(file)
        return file
