"""The glossary's addresses and menu item."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from cms.access.doors.rules import everybody
from cms.translation.glossary import views


@hooks.register("register_admin_urls")
def admin_urls() -> list[URLPattern]:
    place = "translation/glossary"
    return [
        path(f"{place}/", views.index, name="glossary_index"),
        path(f"{place}/add/", views.add, name="glossary_add"),
        path(f"{place}/export/", views.export, name="glossary_export"),
        path(f"{place}/import/", views.upload, name="glossary_import"),
        path(f"{place}/import/<int:pk>/", views.preview, name="glossary_import_preview"),
        path(f"{place}/concept/<slug:key>/", views.concept, name="glossary_concept"),
        path(f"{place}/concept/<slug:key>/edit/", views.edit, name="glossary_edit"),
        path(f"{place}/concept/<slug:key>/<str:language>/", views.terms, name="glossary_terms"),
    ]


class GlossaryMenuItem(MenuItem):
    """Shown to everybody with a role."""

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(everybody(request, {}))


@hooks.register("register_translation_menu_item")
def menu_item() -> MenuItem:
    return GlossaryMenuItem(
        _("Glossary"), reverse_lazy("glossary_index"), name="glossary", icon_name="openquote", order=530
    )
