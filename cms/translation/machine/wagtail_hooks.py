"""Machine translation's addresses and its report in the menu."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from cms.translation.machine import doors, views


@hooks.register("register_admin_urls")
def admin_urls() -> list[URLPattern]:
    place = "translation/machine"
    return [
        path(f"{place}/", views.report, name="machine_report"),
        path(f"{place}/start/<int:record_id>/", views.start, name="machine_start"),
        path(f"{place}/<int:job_id>/", views.job_page, name="machine_job"),
        path(f"{place}/<int:job_id>/state/", views.job_state, name="machine_job_state"),
    ]


class _ReportItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(doors.report(request, {}))


@hooks.register("register_reports_menu_item")
def report_menu_item() -> MenuItem:
    return _ReportItem(
        _("Machine translation"), reverse("machine_report"), name="machine-translation", icon_name="cogs", order=700
    )
