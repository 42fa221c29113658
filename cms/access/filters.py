"""The lists' filters by person: those who wrote where the user works, not everybody who has an account.

Wagtail offers every owner and every editor of the site, by name or e-mail address.
"""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import QuerySet
from django.http import HttpRequest
from wagtail.admin.views.pages.listing import PageFilterSet
from wagtail.admin.views.reports.audit_logging import LogEntriesView, SiteHistoryReportFilterSet
from wagtail.models import Page, PageLogEntry
from wagtail.permissions import policy_registry


def owners(request: HttpRequest) -> QuerySet[Any]:
    """Who owns a page that the user's explorer has."""
    pages = policy_registry.get_by_type(Page).explorable_instances(request.user)
    return get_user_model().objects.filter(pk__in=pages.order_by().values("owner_id"))


def editors(request: HttpRequest) -> QuerySet[Any]:
    """Who has edited a page that the user's explorer has."""
    entries = PageLogEntry.objects.viewable_by_user(request.user).filter(action="wagtail.edit")
    return get_user_model().objects.filter(pk__in=entries.order_by().values("user_id"))


class HistoryFilterSet(SiteHistoryReportFilterSet):
    """The site history's filters; Wagtail's own method for the people is called by nobody."""

    def get_users_queryset(self) -> Any:
        return self.get_user_choices()


def install() -> None:
    """Put them in place of Wagtail's."""
    PageFilterSet.base_filters["owner"].queryset = owners
    PageFilterSet.base_filters["edited_by"].queryset = editors
    LogEntriesView.filterset_class = HistoryFilterSet
