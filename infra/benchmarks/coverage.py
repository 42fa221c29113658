"""``make bench``: what the coverage costs with 5,000 pages in eleven languages, beside wagtail-localize's report.

Every page has a row in the tree of every language, a source's record, and ten translations' records in
all states; a tenth is ordered. wagtail-localize has its own rows of the same pages, with four texts each.
Its report is closed on this site (it shows every editor every county's pages), so that its view is
called here as who installed the site; it lists 20 rows, the coverage 50 with eleven languages each.
"""

from __future__ import annotations

import datetime
import os
import shutil
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

import django

if TYPE_CHECKING:
    from wagtail.models import Page

PAGES = 5_000
THEMES = 10
PER_COUNTY = 100
TEXTS = 4
ROUNDS = 7
LIMIT_QUERIES = 10
LIMIT_MILLISECONDS = 200.0
#: The goal holds for each of these.
FILTERS = (
    "",
    "where=skane",
    "theme=tema-1",
    "language=ar&state=outdated",
    "sort=outdated",
    "language=ar&sort=words",
    "sort=deadline&state=missing",
    "page=90",
)
_HASHES = [f"{number:016x}" for number in range(12)]


def _parents() -> list[tuple[Page, int]]:
    """Published pages to fill, in Swedish, with how many pages each is to get."""
    from wagtail.models import Page

    from cms.geography.models import County
    from pages.addresses import url_path
    from pages.models import ThemePage

    home = Page.objects.get(url_path=url_path("", "sv"))
    counties = list(County.objects.all())
    for number in range(THEMES):
        home.add_child(instance=ThemePage(title=f"Tema {number}", slug=f"tema-{number}", locale=home.locale))
    national = (PAGES - PER_COUNTY * len(counties)) // THEMES
    found = [(page, national) for page in Page.objects.filter(depth=3, url_path__startswith=home.url_path)]
    local = Page.objects.filter(url_path__in=[url_path(f"lan/{county.slug}/", "sv") for county in counties])
    return found + [(page, PER_COUNTY) for page in local]


def _rows(parent: Page, count: int, content_type: Any, locale: Any, keys: list[uuid.UUID]) -> Iterator[Page]:
    from django.utils import timezone
    from wagtail.models import Page

    now = timezone.now()
    for number, key in enumerate(keys, start=1):
        yield Page(
            title=f"Sida {number} om något som har en ganska lång rubrik",
            draft_title=f"Sida {number} om något som har en ganska lång rubrik",
            slug=f"sida-{number}",
            path=Page._get_path(parent.path, parent.depth + 1, number),
            depth=parent.depth + 1,
            url_path=f"{parent.url_path}sida-{number}/",
            translation_key=key,
            locale=locale,
            content_type=content_type,
            search_description="En sammanfattning av sidan i en mening eller två, så som den brukar se ut. " * 2,
            first_published_at=now,
            last_published_at=now,
            live=True,
        )


def fill() -> int:
    """Pages, records and orders; returns how many sources were made."""
    from django.contrib.contenttypes.models import ContentType
    from django.db import transaction

    from pages.models import ArticlePage

    content_type = ContentType.objects.get_for_model(ArticlePage)
    with transaction.atomic():
        sources = [source for parent, count in _parents() for source in _fill_below(parent, count, content_type)]
        _fill_localize(sources, content_type)
    return len(sources)


def _fill_below(parent: Page, count: int, content_type: Any) -> list[Page]:
    from wagtail.models import Locale, Page

    from cms.access.scopes import scope_of
    from cms.languages.registry import CODES, SOURCE
    from cms.translation.models import SourceRecord

    keys = [uuid.uuid4() for _number in range(count)]
    locales = {locale.language_code: locale for locale in Locale.objects.all()}
    pages = Page.objects.bulk_create(_rows(parent, count, content_type, locales[SOURCE], keys))
    scope = scope_of(parent)
    sources = SourceRecord.objects.bulk_create(
        SourceRecord(
            translation_key=page.translation_key,
            page=page,
            county_slug=(scope.county_slug or "") if scope else "",
            segments=[[hash_, hash_, 12] for hash_ in _HASHES],
            words=144,
            live=True,
        )
        for page in pages
    )
    for number, code in enumerate(code for code in CODES if code != SOURCE):
        # A tree beside the Swedish one: all that lists of pages must step over.
        tree = f"{'L' if scope and scope.county_slug else 'N'}{number:03d}"
        root = Page(path=f"{parent.path[:4]}{tree}{parent.path[8:]}", depth=parent.depth)
        root.url_path = parent.url_path.replace(f"-{SOURCE}/", f"-{code}/", 1)
        translated = Page.objects.bulk_create(_rows(root, count, content_type, locales[code], keys))
        _fill_records(sources, translated, code, number)
    return pages


def _fill_records(sources: list[Any], pages: list[Page], code: str, shift: int) -> None:
    from cms.translation.models import ItemStatus, Order, OrderItem, TranslationRecord
    from cms.translation.states import State

    states = list(State)
    records = []
    for number, (source, page) in enumerate(zip(sources, pages, strict=True), start=shift):
        state = states[number % len(states)]
        live = state not in (State.MISSING, State.IN_PROGRESS)
        records.append(
            TranslationRecord(
                source=source,
                language=code,
                page=page if live else None,
                state=state,
                live=live,
                machine=state == State.MACHINE,
                made_from=_HASHES if live else [],
                outdated=number % 7 if state == State.OUTDATED else 0,
                words_left=0 if live else 144,
            )
        )
    records = TranslationRecord.objects.bulk_create(records)
    today = datetime.datetime.now(tz=datetime.UTC).date()
    order = Order.objects.create(token=uuid.uuid4().hex, deadline=today + datetime.timedelta(days=shift - 2))
    ordered = [record for record in records if not record.live][::4]
    items = OrderItem.objects.bulk_create(
        OrderItem(order=order, record=record, status=ItemStatus.OPEN) for record in ordered
    )
    for record, item in zip(ordered, items, strict=True):
        record.item = item
    TranslationRecord.objects.bulk_update(ordered, ["item"], batch_size=500)


def _fill_localize(pages: list[Page], content_type: Any) -> None:
    """The same pages as wagtail-localize knows them: its source, its translations, the texts."""
    from django.apps import apps
    from wagtail.models import Locale

    models: dict[str, Any] = {model.__name__: model for model in apps.get_app_config("wagtail_localize").get_models()}
    locales = list(Locale.objects.all())
    swedish = next(locale for locale in locales if locale.language_code == "sv")
    objects = models["TranslatableObject"].objects.bulk_create(
        models["TranslatableObject"](translation_key=page.translation_key, content_type=content_type) for page in pages
    )
    sources = models["TranslationSource"].objects.bulk_create(
        models["TranslationSource"](
            object=thing,
            specific_content_type=content_type,
            locale=swedish,
            object_repr=page.title,
            content_json="{}",
            created_at=page.first_published_at,
            last_updated_at=page.last_published_at,
        )
        for thing, page in zip(objects, pages, strict=True)
    )
    models["Translation"].objects.bulk_create(
        (
            models["Translation"](source=source, target_locale=locale)
            for source in sources
            for locale in locales
            if locale != swedish
        ),
        batch_size=2_000,
    )
    strings = [
        models["String"].objects.create(locale=swedish, data=f"Text {number}", data_hash=uuid.uuid4())
        for number in range(TEXTS)
    ]
    contexts = models["TranslationContext"].objects.bulk_create(
        models["TranslationContext"](object=thing, path="title", path_id=uuid.uuid4()) for thing in objects
    )
    models["StringSegment"].objects.bulk_create(
        (
            models["StringSegment"](source=source, string=string, context=context, order=number, attrs="{}")
            for source, context in zip(sources, contexts, strict=True)
            for number, string in enumerate(strings)
        ),
        batch_size=2_000,
    )


def measured(question: Callable[[], Any]) -> tuple[int, float]:
    """Queries of a call, and the milliseconds of its quickest round: what it costs where nothing else runs."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        question()
    times = []
    for _round in range(ROUNDS):
        began = time.perf_counter()
        question()
        times.append((time.perf_counter() - began) * 1e3)
    return len(captured), min(times)


def _show(user_id: int, query: str) -> None:
    """The data and the HTML of the coverage, without Wagtail's page around it, for a user who just came."""
    from django.contrib.auth import get_user_model
    from django.http import QueryDict
    from django.template.loader import render_to_string

    from cms.editorial.coverage.views import context_of, coverage_of

    parameters = QueryDict(query)
    user = get_user_model()(pk=user_id)
    render_to_string("editorial/coverage/content.html", context_of(coverage_of(user, parameters), parameters))


def _export(user_id: int) -> None:
    from django.contrib.auth import get_user_model

    from cms.editorial.coverage.export import csv_lines
    from cms.editorial.coverage.matrix import in_order
    from cms.editorial.coverage.sources import Wanted, source_pages

    user = get_user_model()(pk=user_id)
    found = in_order(source_pages(user, Wanted()), "", "")
    sum(len(line) for line in csv_lines(user, found.ids, ""))


def _stock(user: Any, query: str) -> Callable[[], Any]:
    """Wagtail-localize's translations report, as its own view answers."""
    from django.test import RequestFactory
    from django.urls import resolve, reverse

    address = reverse("wagtail_localize:translations_report_results")
    view = resolve(address)

    def ask() -> None:
        request = RequestFactory().get(f"{address}?{query}")
        request.user = user
        response = view.func(request, *view.args, **view.kwargs)
        if response.status_code != 200:
            raise RuntimeError(f"{address} answered {response.status_code}.")
        response.render()

    return ask


def run() -> bool:
    """Fill, measure, print; whether all is below its limit."""
    from django.contrib.auth import get_user_model
    from django.core.management import call_command
    from django.utils import timezone

    from cms.access.models import RoleAssignment
    from cms.access.sync import sync
    from cms.editorial.coverage.totals import totals
    from cms.editorial.coverage.trend import record_day
    from pages.tree import ensure_trees

    call_command("migrate", verbosity=0)
    call_command("load_geography", verbosity=0)
    ensure_trees()
    user = get_user_model().objects.create_user("nation@example.org", "nation@example.org")
    RoleAssignment.objects.create(user=user, role="national-publisher")
    installer = get_user_model().objects.create_superuser("installer@example.org")
    sync()
    began = time.perf_counter()
    made = fill()
    today, sums = timezone.localdate(), totals()
    for ago in range(365):
        record_day(today - datetime.timedelta(days=ago), sums)
    print(f"\nCoverage of {made} pages × 11 languages ({time.perf_counter() - began:.0f} s to make them)\n")
    good = True
    for query in FILTERS:
        queries, took = measured(partial(_show, user.pk, query))
        good = good and queries <= LIMIT_QUERIES and took <= LIMIT_MILLISECONDS
        print(f"  {query or 'everything':32} {queries:3} queries {took:7.0f} ms")
    queries, took = measured(partial(_export, user.pk))
    print(f"  {'CSV, all ' + str(made * 10) + ' lines':32} {queries:3} queries {took:7.0f} ms")
    print("\nwagtail-localize's translations report on the same pages")
    for query in ("", "target_locale=ar", "waiting_for_translation=true"):
        queries, took = measured(_stock(installer, query))
        print(f"  {query or 'everything':32} {queries:3} queries {took:7.0f} ms")
    print(f"\nLimits of the coverage: {LIMIT_QUERIES} queries, {LIMIT_MILLISECONDS:.0f} ms of database and Python")
    return good


def main() -> int:
    from cms.settings.env import env

    var_dir = env.var_dir / "bench-coverage"
    shutil.rmtree(var_dir, ignore_errors=True)
    var_dir.mkdir(parents=True)
    os.environ["DATABASE_URL"] = f"sqlite:///{var_dir / 'db.sqlite3'}"
    os.environ["DJANGO_SETTINGS_MODULE"] = "cms.settings.test"
    env.database_url = os.environ["DATABASE_URL"]
    django.setup()
    try:
        return 0 if run() else 1
    finally:
        shutil.rmtree(var_dir, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
