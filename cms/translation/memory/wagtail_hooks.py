"""The memory's addresses and menu item."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from cms.translation.memory import views
from cms.translation.memory.decisions import readable


@hooks.register("register_admin_urls")
def admin_urls() -> list[URLPattern]:
    base = "translation/memory"
    return [
        path(f"{base}/", views.index, name="translation_memory_index"),
        path(f"{base}/<slug:language>/export/", views.export, name="translation_memory_export"),
        path(f"{base}/<slug:language>/import/", views.import_file, name="translation_memory_import"),
        path(f"{base}/delete/<int:pk>/", views.delete, name="translation_memory_delete"),
    ]


class MemoryMenuItem(MenuItem):
    """Shown to whoever translates."""

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(readable(request.user))


@hooks.register("register_translation_menu_item")
def menu_item() -> MenuItem:
    address = reverse_lazy("translation_memory_index")
    return MemoryMenuItem(_("Translation memory"), address, name="translation-memory", icon_name="history", order=570)
