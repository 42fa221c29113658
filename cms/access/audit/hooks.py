"""The audit log's addresses and menu item."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from cms.access.actions import Action
from cms.access.audit.views import AuditView
from cms.access.doors.rules import somewhere
from cms.access.doors.table import add_doors
from cms.access.policy import may_somewhere

add_doors({"audit": somewhere(Action.AUDIT), "audit_results": somewhere(Action.AUDIT)})


@hooks.register("register_admin_urls")
def audit_urls() -> list[URLPattern]:
    return [
        path("audit/", AuditView.as_view(), name="audit"),
        path("audit/results/", AuditView.as_view(results_only=True), name="audit_results"),
    ]


class AuditMenuItem(MenuItem):
    """Shown to whoever may read some of the log."""

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(may_somewhere(request.user, Action.AUDIT))


@hooks.register("register_reports_menu_item")
def audit_menu_item() -> MenuItem:
    return AuditMenuItem(_("Audit log"), reverse_lazy("audit"), name="audit", icon_name="history", order=50)
