"""The addresses and the menu entries of the translators' screens."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem
from wagtail.admin.widgets import Button
from wagtail.models import Page

from cms.access.actions import Action
from cms.access.policy import decide, may_somewhere
from cms.translation.following import is_source
from cms.translation.screens import hold, order, queue, review

#: Where the parts of the translators' desk register their entries.
menu = Menu(register_hook_name="register_translation_menu_item")


class OrdersItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(may_somewhere(request.user, Action.ORDER))


@hooks.register("register_admin_urls")
def admin_urls() -> list[URLPattern]:
    return [
        path("translation/", queue.queue, name="translation_queue"),
        path("translation/order/", order.order, name="translation_order"),
        path("translation/orders/", order.orders, name="translation_orders"),
        path("translation/orders/<int:order_id>/", order.order_detail, name="translation_order_detail"),
        path("translation/hold/<int:page_id>/", hold.hold_page, name="translation_hold"),
        path("translation/<int:record_id>/send/", review.send, name="translation_send"),
        path("translation/<int:record_id>/publish/", review.publish, name="translation_publish"),
        path("translation/<int:record_id>/review/", review.review, name="translation_review"),
    ]


@hooks.register("register_admin_menu_item")
def translation_menu() -> MenuItem:
    return SubmenuMenuItem(gettext_lazy("Translations"), menu, name="translations", icon_name="globe", order=160)


@hooks.register("register_translation_menu_item")
def queue_item() -> MenuItem:
    return MenuItem(
        gettext_lazy("Queue"), reverse("translation_queue"), name="translation-queue", icon_name="list-ul", order=10
    )


@hooks.register("register_translation_menu_item")
def orders_item() -> MenuItem:
    return OrdersItem(
        gettext_lazy("Orders"), reverse("translation_orders"), name="translation-orders", icon_name="mail", order=20
    )


@hooks.register("register_page_header_buttons")
def page_buttons(page: Page, user: Any, **_kwargs: Any) -> Iterator[Button]:
    """What can be done about a Swedish page's translations, in the menu of its editor and its list."""
    if not is_source(page):
        return
    if page.live and decide(user, Action.ORDER, page):
        address = reverse("translation_order")
        yield Button(_("Order translations"), f"{address}?page={page.pk}", icon_name="globe", priority=60)
        if page.numchild:
            yield Button(
                _("Order translations of all pages below"),
                f"{address}?page={page.pk}&below=1",
                icon_name="globe",
                priority=61,
            )
    if page.live and decide(user, Action.PUBLISH, page):
        yield Button(
            _("Publish with the translations"),
            reverse("translation_hold", args=[page.pk]),
            icon_name="time",
            priority=62,
        )
