"""Publishing together: a source that waits for its translations."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.models import Page

from cms.access.actions import Action
from cms.access.policy import decide
from cms.languages.registry import BY_CODE
from cms.translation.following import is_source
from cms.translation.holds import give_up, hold, missing, open_hold, release
from cms.translation.screens.order import TARGETS


class HoldForm(forms.Form):
    """What is waited for."""

    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Wait for these languages"),
        choices=[(language.code, language.autonym) for language in TARGETS],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    until = forms.DateField(
        label=gettext_lazy("Publish at the latest on"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=gettext_lazy("On this day the page is published with the languages that are ready."),
    )

    def clean_until(self) -> Any:
        until = self.cleaned_data["until"]
        if until and until <= timezone.localdate():
            raise ValidationError(_("Choose a day to come."))
        return until


def hold_page(request: HttpRequest, page_id: int) -> HttpResponse:
    """Hold the page's draft, or see what it waits for; then publish it now, or wait no longer."""
    page = get_object_or_404(Page, pk=page_id)
    # A translation has its source's key, and so its hold: who publishes it publishes no source.
    if not is_source(page) or not decide(request.user, Action.PUBLISH, page):
        raise PermissionDenied
    held = open_hold(page.translation_key)
    form = HoldForm(request.POST if request.method == "POST" and held is None else None)
    if request.method == "POST":
        if held is not None:
            if request.POST.get("decision") == "release":
                release(held, request.user)
                messages.success(request, _("“%(title)s” is published.") % {"title": page.title})
            elif request.POST.get("decision") == "give-up":
                give_up(held, request.user)
                messages.success(
                    request, _("“%(title)s” waits no longer. Nothing was published.") % {"title": page.title}
                )
            return redirect("wagtailadmin_pages:edit", page.pk)
        if form.is_valid():
            try:
                hold(page.specific, form.cleaned_data["languages"], form.cleaned_data["until"], request.user)
            except ValidationError as error:
                form.add_error(None, error)
            else:
                messages.success(
                    request,
                    _("“%(title)s” waits for its translations. Order them if you have not.") % {"title": page.title},
                )
                return redirect("translation_hold", page.pk)
    context = {
        "page_title": _("Publish with the translations"),
        "header_icon": "globe",
        "page": page,
        "hold": held,
        "ready": held and [BY_CODE[t.record.language] for t in held.translations.select_related("record")],
        "waiting": held and [BY_CODE[code] for code in missing(held)],
        "form": form,
        "targets": TARGETS,
    }
    return TemplateResponse(request, "translation/hold.html", context)
