"""The site's own search in the place of Wagtail's."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import HttpRequest
from wagtail import hooks
from wagtail.admin.views.pages.bulk_actions.page_bulk_action import PageBulkAction
from wagtail.admin.viewsets.pages import PageViewSet
from wagtail.models import Page

from search.drafts.chooser import found_by_ours
from search.drafts.views import ExplorerView, PageSearchView, listed


class SitePageViewSet(PageViewSet):
    """Every page's views, with our two searches."""

    search_view_class = PageSearchView
    index_view_class = ExplorerView


@hooks.register("register_admin_viewset")
def register_pages() -> PageViewSet:
    # After Wagtail's own (order -1), in whose place it comes.
    return SitePageViewSet()


# After that of the access rules: what it leaves is searched.
@hooks.register("construct_page_chooser_queryset", order=10)
def search_in_the_chooser(pages: QuerySet[Page], request: HttpRequest) -> QuerySet[Page]:
    return found_by_ours(pages, request.user)


# What a bulk action takes for the whole list must be what the list shows.
PageBulkAction.get_all_objects_in_listing_query = listed
