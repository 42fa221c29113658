"""Addresses of installed packages that this site keeps closed."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, re_path
from django.utils.translation import gettext as _

#: Of wagtail-localize, below ``admin/localize/``. Ordering and updating hang on one global right and
#: publish without asking; converting makes alias pages, which this site does not have; the report and
#: the API show every county's pages to every editor. Translating itself stays open: it asks for the
#: right to edit the page.
_CLOSED = r"^admin/localize/(?:submit/|update/|page/|reports/|api/|translate/\d+/disable/)"


def closed(request: HttpRequest) -> HttpResponse:
    """Refuses everybody. Raises ``PermissionDenied``."""
    raise PermissionDenied(_("This function of a package is not used on this site."))


urlpatterns: list[URLPattern] = [re_path(_CLOSED, closed)]
