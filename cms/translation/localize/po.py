"""Wagtail-localize's PO files, out and in, with what a file can be wrong in said to the translator."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page
from wagtail_localize.models import StringTranslation, Translation
from wagtail_localize.views.edit_translation import download_pofile, upload_pofile

from cms.access.audit.events import Event
from cms.access.audit.log import address_of, record
from cms.access.scopes import scope_of


def download(request: HttpRequest, translation_id: int) -> HttpResponse:
    """The translation's texts as a PO file."""
    response: HttpResponse = download_pofile(request, translation_id)
    if response.status_code == 200:
        _record(Event.EXPORTED, translation_id)
    return response


def upload(request: HttpRequest, translation_id: int) -> HttpResponse:
    """Texts from a PO file into the translation; what can't be read is refused with a message."""
    began = timezone.now()
    try:
        response: HttpResponse = upload_pofile(request, translation_id)
    except (KeyError, OSError, ValueError):
        # No header that names the translation, not a PO file at all, or not in its encoding.
        messages.error(request, _("This is not a PO file of this translation. Nothing was changed."))
        target = _target(translation_id)
        return redirect("wagtailadmin_pages:edit", target.pk) if target else redirect("wagtailadmin_home")
    written = StringTranslation.objects.filter(last_translated_by=request.user, updated_at__gte=began)
    if written.exists():
        _record(Event.IMPORTED, translation_id)
    return response


def _target(translation_id: int) -> Page | None:
    found = Translation.objects.filter(pk=translation_id).select_related("source").first()
    if found is None:
        return None
    return Page.objects.filter(translation_key=found.source.object_id, locale_id=found.target_locale_id).first()


def _record(event: Event, translation_id: int) -> None:
    page = _target(translation_id)
    if page is not None:
        record(event, about=address_of(page), scope=scope_of(page), format="po")
