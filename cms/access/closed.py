"""Addresses of installed packages that this site keeps closed, or asks more at than the package does."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, re_path
from django.utils.translation import gettext as _
from wagtail.admin.auth import require_admin_access
from wagtail.admin.views import chooser
from wagtail.admin.views.bulk_action import index as bulk_action
from wagtail.models import Page

from cms.access.sight import knowable, may_work_in

#: Of wagtail-localize, below ``admin/localize/``. Ordering and updating hang on one global right and
#: publish without asking; converting makes alias pages, which this site does not have; the report and
#: the API show every county's pages to every editor. Translating itself stays open: it asks for the
#: right to edit the page.
_LOCALIZE = r"^admin/localize/(?:submit/|update/|page/|reports/|api/|translate/\d+/disable/)"
#: Of Wagtail. Its API shows every collection's files to every editor, and its actions know nothing of
#: the pages that the trees hang on and make aliases; its editor uses neither. These reports name
#: every county's drafts. Giving a group by hand would hold until the roles are next synchronised.
_WAGTAIL = (
    r"^admin/(?:api/main/(?:images|documents)/|api/main/pages/\d+/action/"
    r"|reports/(?:locked|workflow|workflow_tasks|page-types-usage)/"
    r"|bulk/auth/user/assign_role/|pages/\d+/convert_alias/)"
)


def closed(request: HttpRequest) -> HttpResponse:
    """Refuses everybody. Raises ``PermissionDenied``."""
    raise PermissionDenied(_("This function of a package is not used on this site."))


@require_admin_access
def browse(request: HttpRequest, parent_page_id: int) -> HttpResponse:
    """The page chooser below a page that the user may know of. Raises ``PermissionDenied``."""
    if not knowable(Page.objects.filter(pk=parent_page_id), request.user).exists():
        raise PermissionDenied
    return chooser.BrowseView.as_view()(request, parent_page_id)


def _numbers(values: list[str]) -> set[int]:
    return {int(value) for value in values if value.isdecimal()}


@require_admin_access
def chosen(request: HttpRequest) -> HttpResponse:
    """The page chooser's answer for pages that the user may know of. Raises ``PermissionDenied``."""
    wanted = _numbers(request.GET.getlist("id"))
    if knowable(Page.objects.filter(pk__in=wanted), request.user).count() != len(wanted):
        raise PermissionDenied
    return chooser.ChosenMultipleView.as_view()(request)


@require_admin_access
def bulk_pages(request: HttpRequest, action: str) -> HttpResponse:
    """A bulk action on pages of the user's own part: Wagtail's names the others' pages. Raises ``PermissionDenied``."""
    ids = request.GET.getlist("id")
    asked = _numbers(request.GET.getlist("childOf")) if "all" in ids else _numbers(ids)
    if not asked or not may_work_in(asked, request.user):
        raise PermissionDenied
    return bulk_action(request, "wagtailcore", "page", action)


urlpatterns: list[URLPattern] = [
    re_path(_LOCALIZE, closed),
    re_path(_WAGTAIL, closed),
    path("admin/choose-page/<int:parent_page_id>/", browse),
    path("admin/choose-page/chosen-multiple/", chosen),
    path("admin/bulk/wagtailcore/page/<str:action>/", bulk_pages),
]
