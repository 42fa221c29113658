"""Where editors search: the admin's page search, and the explorer's."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Page as PaginatedPage
from django.db.models import Case, F, Q, QuerySet, Value, When
from wagtail import hooks
from wagtail.admin.ui.tables.pages import NavigateToChildrenColumn, PageTitleColumn, ParentPageColumn
from wagtail.admin.views.generic.base import BaseListingView
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.views.pages.bulk_actions.page_bulk_action import PageBulkAction
from wagtail.admin.views.pages.listing import ExplorableIndexView, PageListingMixin
from wagtail.admin.views.pages.search import SearchView
from wagtail.models import Page
from wagtail.permissions import policy_registry

from cms.languages.registry import BY_CODE
from pages.addresses import address
from search.drafts.filters import PageSearchFilters
from search.drafts.finding import MOST, Answer, Found, find, languages_of
from search.drafts.models import DraftRecord
from search.eligibility import FINDABLE
from search.passages import Matcher, passage

#: Pages that the explorer finds at most below a page: the order is told to the database, page by page.
MOST_IN_EXPLORER = 200


def explorable(user: Any) -> QuerySet[Page]:
    """The pages that the user's explorer has, without the root of them all."""
    own = policy_registry.get_by_type(Page).explorable_instances(user).order_by().values("pk")
    pages: QuerySet[Page] = Page.objects.filter(depth__gt=1, pk__in=own)
    return pages


class FoundPages(list[int]):
    """The ids of the pages that were found; says to the paginator of what they are."""

    model = Page


class FoundTitleColumn(PageTitleColumn):
    """The title as in every list; below it the address, and where the words stand."""

    cell_template_name = "search_drafts/title_cell.html"


class PageSearchView(PageListingMixin, PermissionCheckedMixin, BaseListingView):
    """Wagtail's page search, answered by the site's own index of published pages and drafts.

    At most ``MOST`` pages, best first; without words those that were changed last.
    """

    any_permission_required = SearchView.any_permission_required
    paginate_by = 20
    page_title = SearchView.page_title
    header_icon = "search"
    index_url_name = SearchView.index_url_name
    index_results_url_name = SearchView.index_results_url_name
    is_searchable = True
    verbose_name = Page._meta.verbose_name
    verbose_name_plural = Page._meta.verbose_name_plural
    filterset_class = PageSearchFilters
    template_name = "wagtailadmin/pages/search.html"
    results_template_name = "search_drafts/results.html"
    columns = [
        FoundTitleColumn(column.name, label=column.label, sort_key="title", classname="title")
        if isinstance(column, PageTitleColumn)
        else column
        for column in PageListingMixin.base_columns
        # The address below the title says where a page is.
        if not isinstance(column, ParentPageColumn)
    ] + [NavigateToChildrenColumn("navigate", width="10%")]

    answer = Answer()

    def get_queryset(self) -> FoundPages:
        """What was found, in its order."""
        return FoundPages(self._found())

    def _found(self) -> list[int]:
        user = self.request.user
        pages = self.filter_queryset(explorable(user).filter(FINDABLE))
        if not self.is_searching:
            if not self.ordering:
                pages = pages.order_by(F("latest_revision_created_at").desc(nulls_last=True), "pk")
            return list(self.order_queryset(pages).values_list("pk", flat=True)[:MOST])
        language = self.filters.language
        self.answer = find(self.search_query, user, [language] if language else languages_of(user), pages)
        ids = [one.page_id for one in self.answer.found]
        if self.ordering and ids:
            return list(self.order_queryset(Page.objects.filter(pk__in=ids)).values_list("pk", flat=True))
        return ids

    def paginate_queryset(self, queryset: FoundPages, page_size: int) -> tuple[Any, Any, Any, bool]:
        """The pages themselves of the one part that is shown."""
        paginator, part, _ids, several = super().paginate_queryset(queryset, page_size)
        shown = self._pages(part)
        part.object_list = shown
        return paginator, part, shown, several

    def _pages(self, part: PaginatedPage[int]) -> list[Page]:
        ids = list(part.object_list)
        pages = {page.pk: page for page in self.annotate_queryset(Page.objects.filter(pk__in=ids))}
        found = {one.page_id: one for one in self.answer.found}
        chosen = [pages[pk] for pk in ids if pk in pages]
        hits = [found[page.pk] for page in chosen if page.pk in found]
        records = DraftRecord.objects.in_bulk([hit.record for hit in hits])
        matchers = {code: Matcher(words, code) for code, words in self.answer.asked.items()}
        for page in chosen:
            hit = found.get(page.pk)
            page.found = _shown(page, hit, records.get(hit.record) if hit else None, matchers)
        return chosen

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"most": MOST if context["items_count"] >= MOST else 0}


def _shown(page: Page, hit: Found | None, record: DraftRecord | None, matchers: dict[str, Matcher]) -> dict[str, Any]:
    """What a row says besides the title."""
    language = getattr(page, "language", None)
    shown: dict[str, Any] = {"address": address(page.reading_path, language.code) if language else ""}
    if hit is not None and record is not None and hit.language in matchers:
        shown |= {
            "passage": passage(record.summary, record.text, matchers[hit.language]),
            "language": BY_CODE[hit.language],
            "draft": not record.live,
            "by_source": language is not None and hit.language != language.code,
        }
    return shown


def ranked(pages: QuerySet[Page], ids: list[int], *, by_relevance: bool) -> QuerySet[Page]:
    """Those of ``pages`` with these ids; in their order, if asked for."""
    found = pages.filter(pk__in=ids)
    if not by_relevance or not ids:
        return found
    place = Case(*(When(pk=pk, then=Value(number)) for number, pk in enumerate(ids)), default=Value(len(ids)))
    return found.order_by(place)


class ExplorerView(ExplorableIndexView):
    """Wagtail's explorer, whose search finds by the site's own index too."""

    def search_queryset(self, queryset: QuerySet[Page]) -> QuerySet[Page]:
        for hook in hooks.get_hooks("construct_explorer_page_queryset"):
            queryset = hook(self.parent_page, queryset, self.request)
        if not self.is_searching:
            return queryset
        user = self.request.user
        pages = Page.objects.filter(pk__in=queryset.order_by().values("pk"))
        answer = find(self.search_query, user, languages_of(user), pages)
        ids = [one.page_id for one in answer.found[:MOST_IN_EXPLORER]]
        return ranked(queryset, ids, by_relevance=not self.is_explicitly_ordered)


def listed(action: PageBulkAction, parent_id: int | None) -> QuerySet[Page]:
    """What «all in the listing» means to a bulk action: the pages that the explorer shows."""
    user = action.request.user
    query = action.request.GET.get("q", "").strip()
    pages = Page.objects.all()
    if parent_id is not None:
        parent = pages.get(pk=parent_id)
        pages = parent.get_descendants() if query else parent.get_children()
    if query:
        among = explorable(user).filter(pk__in=pages.order_by().values("pk"))
        found = find(query, user, languages_of(user), among).found[:MOST_IN_EXPLORER]
        pages = pages.filter(Q(pk__in=[one.page_id for one in found]))
    return pages.values_list("pk", flat=True)
