"""The files' addresses and menu item."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from cms.access.actions import Action
from cms.access.policy import may_somewhere
from cms.translation.exchange import downloads, views


@hooks.register("register_admin_urls")
def admin_urls() -> list[URLPattern]:
    place, name = "translation/exchange", "translation_exchange"
    return [
        path(f"{place}/", views.index, name=f"{name}_index"),
        path(f"{place}/record/<int:record_id>/<str:kind>/", downloads.record, name=f"{name}_record"),
        path(f"{place}/order/<int:order_id>/<str:language>/<str:kind>/", downloads.order, name=f"{name}_order"),
        path(f"{place}/language/<str:language>/<str:kind>/", downloads.language, name=f"{name}_language"),
        path(f"{place}/upload/", views.upload, name=f"{name}_upload"),
        path(f"{place}/<int:batch_id>/", views.batch, name=f"{name}_batch"),
        path(f"{place}/<int:batch_id>/confirm/", views.confirm_batch, name=f"{name}_confirm"),
        path(f"{place}/<int:batch_id>/undo/", views.undo_batch, name=f"{name}_undo"),
    ]


class ExchangeMenuItem(MenuItem):
    """Shown to whoever may take in files somewhere."""

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(may_somewhere(request.user, Action.IMPORT))


@hooks.register("register_translation_menu_item")
def menu_item() -> MenuItem:
    return ExchangeMenuItem(
        _("Translation files"),
        reverse_lazy("translation_exchange_index"),
        name="translation-files",
        icon_name="download",
        order=531,
    )
