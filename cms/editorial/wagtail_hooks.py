"""What the editor's side adds to Wagtail's menus."""

from __future__ import annotations

from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from cms.editorial.coverage.views import coverage_csv, overview


@hooks.register("register_admin_urls")
def admin_urls() -> list[URLPattern]:
    return [
        path("overview/", overview, name="overview"),
        path("overview/coverage.csv", coverage_csv, name="coverage_csv"),
    ]


@hooks.register("register_admin_menu_item")
def overview_menu_item() -> MenuItem:
    return MenuItem(_("Overview"), reverse("overview"), name="overview", icon_name="table", order=150)
