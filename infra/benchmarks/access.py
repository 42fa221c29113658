"""``make bench``: what the policy costs, and how many queries the editor's lists take at full size.

The site is filled with 21 counties × 50 pages × 11 languages. One question to the policy is measured
side by side with the same question to Wagtail's own tester, in turns, so that the ratio holds on any
machine. The lists are opened by a county's publisher and a national one, before and after the filling.
"""

from __future__ import annotations

import os
import shutil
import statistics
import sys
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import django

if TYPE_CHECKING:
    from wagtail.models import Page

PER_COUNTY = 50
ROUNDS = 7
QUESTIONS = 2000
#: What the longest list takes, the explorer, of which 34 are Wagtail's own; the goal for each is 30.
LIMIT_QUERIES = 40
LIMIT_MICROSECONDS = 50.0

LISTS = (
    "pages/{county}/",
    "pages/{county}/?q=sida",
    "choose-page/",
    "choose-page/{county}/",
    "choose-page/search/?q=sida",
    "images/",
    "images/chooser/",
    "documents/",
    "overview/",
    "reports/site-history/",
    "reports/aging-pages/",
    "",
)


def fill() -> int:
    """Pages for every county in every language; returns how many were made."""
    from django.contrib.contenttypes.models import ContentType
    from django.db import transaction
    from wagtail.models import Locale, Page

    from cms.geography.models import County
    from cms.languages.registry import CODES
    from pages.addresses import url_path
    from pages.models import CountyPage, LocalPage
    from pages.tree import ensure_local_root

    made = 0
    content_type = ContentType.objects.get_for_model(LocalPage)
    with transaction.atomic():
        for code in CODES:
            ensure_local_root(code)
            locale = Locale.objects.get(language_code=code)
            for county in County.objects.all():
                path = f"lan/{county.slug}/"
                parent = Page.objects.filter(url_path=url_path(path, code)).first()
                if parent is None:
                    source = Page.objects.get(url_path=url_path(path, "sv"))
                    parent = CountyPage(title=source.title, slug=county.slug, county=county, locale=locale)
                    parent.translation_key = source.translation_key
                    Page.objects.get(url_path=url_path("lan/", code)).add_child(instance=parent)
                made += _fill_county(parent, locale, content_type, LocalPage)
    return made


def _fill_county(parent: Page, locale: Any, content_type: Any, model: Any) -> int:
    from wagtail.models import Page

    parent = Page.objects.get(pk=parent.pk)
    first = parent.numchild + 1
    rows = [
        Page(
            title=f"Sida {number}",
            draft_title=f"Sida {number}",
            slug=f"sida-{number}",
            path=Page._get_path(parent.path, parent.depth + 1, number),
            depth=parent.depth + 1,
            url_path=f"{parent.url_path}sida-{number}/",
            locale=locale,
            content_type=content_type,
            live=number % 2 == 0,
        )
        for number in range(first, first + PER_COUNTY)
    ]
    for page in Page.objects.bulk_create(rows):
        model(page_ptr_id=page.pk).save_base(raw=True, force_insert=True)
    Page.objects.filter(pk=parent.pk).update(numchild=parent.numchild + PER_COUNTY)
    return PER_COUNTY


def queries(user: Any, county: int) -> dict[str, int]:
    """The queries of each list, opened by ``user``."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client()
    client.force_login(user)
    found = {}
    for address in LISTS:
        url = f"/admin/{address.format(county=county)}"
        client.get(url)
        with CaptureQueriesContext(connection) as captured:
            response = client.get(url)
        if response.status_code != 200:
            raise RuntimeError(f"{url} answered {response.status_code}.")
        found[address] = len(captured)
    return found


def microseconds(question: Callable[[], Any]) -> float:
    """The time of one call, in microseconds."""
    began = time.perf_counter()
    for _turn in range(QUESTIONS):
        question()
    return (time.perf_counter() - began) / QUESTIONS * 1e6


def policy_cost(user: Any, page: Any) -> tuple[float, float]:
    """A question to the policy and to Wagtail's own tester, in microseconds: medians of alternating rounds."""
    from wagtail.models import PagePermissionTester

    from cms.access.actions import Action
    from cms.access.policy import decide

    ours, stock = [], []
    for _round in range(ROUNDS):
        ours.append(microseconds(lambda: decide(user, Action.PUBLISH, page)))
        stock.append(microseconds(lambda: PagePermissionTester(user, page).can_publish()))
    return statistics.median(ours), statistics.median(stock)


def _user(email: str, role: str, county: str | None) -> Any:
    from django.contrib.auth import get_user_model

    from cms.access.models import RoleAssignment

    user = get_user_model().objects.create_user(email, email)
    RoleAssignment.objects.create(user=user, role=role, county_id=county)
    return user


def run() -> bool:
    """Fill, measure, print; whether all is below its limit."""
    from django.contrib.auth import get_user_model
    from django.core.management import call_command
    from wagtail.models import Page

    from cms.access.sync import sync
    from pages.addresses import url_path
    from pages.tree import ensure_trees

    call_command("migrate", verbosity=0)
    call_command("load_geography", verbosity=0)
    ensure_trees()
    users = [
        _user("county@example.org", "county-publisher", "12"),
        _user("nation@example.org", "national-publisher", None),
    ]
    sync()
    county = Page.objects.get(url_path=url_path("lan/skane/", "sv"))
    nation = Page.objects.get(url_path=url_path("", "sv"))
    places = (county.pk, nation.pk)
    before = [queries(user, place) for user, place in zip(users, places, strict=True)]
    made = fill()
    after = [queries(user, place) for user, place in zip(users, places, strict=True)]
    print(f"\nQueries of the editor's lists with {made} more pages (a county's publisher, a national one)\n")
    good = True
    for address in LISTS:
        few = [counted[address] for counted in before]
        many = [counted[address] for counted in after]
        good = good and max(many) <= LIMIT_QUERIES
        print(f"  /admin/{address:32} {few[0]:3} → {many[0]:3}   {few[1]:3} → {many[1]:3}")
    user = get_user_model().objects.get(pk=users[0].pk)
    ours, stock = policy_cost(user, county)
    ratio = ours / stock
    print(f"\nOne question to the policy: {ours:.1f} µs; to Wagtail's own tester {stock:.1f} µs; ratio {ratio:.2f}")
    print(f"Limits: {LIMIT_QUERIES} queries, {LIMIT_MICROSECONDS:.0f} µs")
    return good and ours <= LIMIT_MICROSECONDS


def main() -> int:
    from cms.settings.env import env

    var_dir = env.var_dir / "bench-access"
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
