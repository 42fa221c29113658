"""The forms of the memory's screens."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cms.languages.registry import BY_CODE
from cms.translation.memory.models import MemoryOrigin
from cms.translation.memory.tmx import LARGEST_UPLOAD


class SearchForm(forms.Form):
    """What of the memory is shown. ``languages``: those that may be."""

    language = forms.ChoiceField(label=_("Language"), required=False)
    q = forms.CharField(label=_("Words in the original or the translation"), max_length=200, required=False)
    origin = forms.ChoiceField(
        label=_("Origin"), required=False, choices=lambda: [("", _("All")), *MemoryOrigin.choices]
    )
    p = forms.IntegerField(min_value=1, max_value=10**6, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, languages: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["language"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  (declared above)
        field.choices = [(code, BY_CODE[code].autonym) for code in languages]


class UploadForm(forms.Form):
    """A TMX file."""

    file = forms.FileField(
        label=_("TMX file"),
        help_text=_("TMX 1.4 with Swedish as the source, at most 10 MB. Its texts count as approved by you."),
        widget=forms.FileInput(attrs={"accept": ".tmx,.xml"}),
    )

    def clean_file(self) -> UploadedFile[Any]:
        file: UploadedFile[Any] = self.cleaned_data["file"]
        if (file.size or 0) > LARGEST_UPLOAD:
            raise forms.ValidationError(
                gettext("The file is larger than %(size)d MB. Nothing was changed.")
                % {"size": LARGEST_UPLOAD // 1024 // 1024}
            )
        return file
