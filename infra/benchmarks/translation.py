"""``make bench``: what ordering, publishing and the room cost, beside wagtail-localize's own functions in one run.

Queries are exact; times are of this run and stand beside each other. The limits are the goals.
"""

from __future__ import annotations

import os
import shutil
import sys
import time
import uuid
from collections.abc import Callable
from functools import partial
from typing import Any

import django

PAGES = 16
TEXTS = (30, 300)
#: A tenth of what wagtail-localize was measured to ask for a subtree of this size, a language.
LIMIT_ORDER = 393
LIMIT_ROOM = 25


def _body(texts: int) -> list[dict[str, Any]]:
    return [
        {"type": "text", "id": str(uuid.uuid4()), "value": f"<p>Text nummer {number} på sidan, {uuid.uuid4()}.</p>"}
        for number in range(texts - 1)
    ]


def _page(parent: Any, slug: str, texts: int) -> Any:
    from wagtail.models import Locale, Page

    from pages.models import ArticlePage

    page = ArticlePage(
        title=f"Sida {slug}", slug=slug, locale=Locale.objects.get(language_code="sv"), live=False, body=_body(texts)
    )
    Page.objects.get(pk=parent.pk).add_child(instance=page)
    page.save_revision().publish()
    return ArticlePage.objects.get(pk=page.pk)


def _subtree(home: Any, slug: str) -> Any:
    top = _page(home, slug, 12)
    for number in range(PAGES - 1):
        _page(top, f"{slug}-{number}", 12)
    return top


def measured(work: Callable[[], Any]) -> tuple[int, float, Any]:
    """Queries, seconds, and what ``work`` gave."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        began = time.perf_counter()
        result = work()
        seconds = time.perf_counter() - began
    return len(captured), seconds, result


def ordering(home: Any, user: Any) -> bool:
    """A subtree into ten languages: ours as one order, wagtail-localize's by its own operation."""
    from wagtail.models import Locale, Page
    from wagtail_localize.operations import (  # noqa: TID251  (measured beside ours)
        translate_object,
        translate_page_subtree,
    )

    from cms.languages.registry import CODES, SOURCE
    from cms.translation.models import OrderItem
    from cms.translation.ordering.orders import Wanted, carry_out, orderable, place_order

    targets = [code for code in CODES if code != SOURCE]
    ours, theirs = _subtree(home, "var"), _subtree(home, "deras")

    def order() -> None:
        pages = list(Page.objects.filter(path__startswith=Page.objects.get(pk=ours.pk).path))
        placed = place_order(Wanted(orderable(pages, user), targets, "bench"), user)
        carry_out(placed)

    queries, seconds, _nothing = measured(order)
    made = OrderItem.objects.filter(status="open").count()
    # Its cost a language is the same for each: two of them say it.
    locales = list(Locale.objects.filter(language_code__in=targets[:2]))

    def stock() -> None:
        translate_object(Page.objects.get(pk=theirs.pk).specific, locales, None, user)
        translate_page_subtree(theirs.pk, locales, None, user)

    stock_queries, stock_seconds, _nothing = measured(stock)
    ours_each, stock_each = queries / len(targets), stock_queries / len(locales)
    ours_time, stock_time = seconds / len(targets), stock_seconds / len(locales)
    print(f"\nOrdering {PAGES} pages into {len(targets)} languages ({made} translations)\n")
    print(f"  Vägvisare          {ours_each:8.1f} queries a language   {ours_time:6.2f} s")
    print(f"  wagtail-localize   {stock_each:8.1f} queries a language   {stock_time:6.2f} s")
    print(f"  ratio              {ours_each / stock_each:8.3f}                      {ours_time / stock_time:6.3f}")
    return made == PAGES * len(targets) and ours_each <= LIMIT_ORDER


def publishing(home: Any) -> None:
    """Publishing a changed source: the states of ten languages follow; wagtail-localize's *Sync* of the same page."""
    from wagtail_localize.models import TranslationSource  # noqa: TID251  (measured beside ours)

    page = _page(home, "andras", 42)
    page.body = page._meta.get_field("body").stream_block.to_python(
        [{**page.body.raw_data[0], "value": "<p>En annan text.</p>"}, *list(page.body.raw_data)[1:]]
    )
    revision = page.save_revision()
    queries, seconds, _nothing = measured(revision.publish)
    source = TranslationSource.objects.get(object_id=page.translation_key)
    stock_queries, stock_seconds, _nothing = measured(source.update_from_db)
    print("\nOne changed text of a page of 43: publishing, the states of ten languages included\n")
    print(f"  Vägvisare, the whole publish        {queries:6} queries   {seconds:6.2f} s")
    print(f"  wagtail-localize, one page's sync   {stock_queries:6} queries   {stock_seconds:6.2f} s")


def rooms(home: Any) -> bool:
    """Opening a translation: the room, and wagtail-localize's editor with its door opened."""
    from django.test import Client
    from wagtail import hooks
    from wagtail.models import Locale

    from cms.access.doors import table
    from cms.access.doors.rules import everybody
    from cms.translation.following import ensure_target
    from cms.translation.localize import ensure_translation
    from cms.translation.models import TranslationRecord
    from cms.translation.wagtail_hooks import gate

    client = Client()
    client.force_login(_user("translator@example.org", "translator", "ar"))
    found: dict[int, tuple[int, float, int, float]] = {}
    stock_hooks = hooks.get_hooks
    for texts in TEXTS:
        page = _page(home, f"rum-{texts}", texts)
        record = TranslationRecord.objects.get(source_id=page.translation_key, language="ar")
        ensure_translation(page.translation_key, "ar")
        target = ensure_target(record)
        address = f"/admin/translation/{record.pk}/"
        client.get(address)
        queries, seconds, response = measured(partial(client.get, address))
        if response.status_code != 200:
            raise RuntimeError(f"{address} answered {response.status_code}.")
        hooks.get_hooks = lambda name: [hook for hook in stock_hooks(name) if hook is not gate]
        table.DOORS["wagtailadmin_pages:edit"], kept = everybody, table.DOORS["wagtailadmin_pages:edit"]
        try:
            client.get(f"/admin/pages/{target.pk}/edit/")
            stock = measured(partial(client.get, f"/admin/pages/{target.pk}/edit/"))
        finally:
            hooks.get_hooks = stock_hooks
            table.DOORS["wagtailadmin_pages:edit"] = kept
        if stock[2].status_code != 200:
            raise RuntimeError(f"wagtail-localize's editor answered {stock[2].status_code}.")
        found[texts] = (queries, seconds, stock[0], stock[1])
    print("\nOpening a translation\n")
    for texts, (queries, seconds, stock_queries, stock_seconds) in found.items():
        print(
            f"  {texts:4} texts   Vägvisare {queries:4} queries {seconds:6.2f} s"
            f"   wagtail-localize {stock_queries:4} queries {stock_seconds:6.2f} s"
        )
    counts = {queries for queries, *_rest in found.values()}
    print(f"Limits: {LIMIT_ORDER} queries a language, {LIMIT_ROOM} queries a room, the same for {TEXTS}")
    return len(counts) == 1 and max(counts) <= LIMIT_ROOM and Locale.objects.exists()


def _user(email: str, role: str, language: str = "") -> Any:
    from django.contrib.auth import get_user_model

    from cms.access.models import RoleAssignment

    user = get_user_model().objects.create_user(email, email)
    RoleAssignment.objects.create(user=user, role=role, language=language)
    return user


def run() -> bool:
    """Fill, measure, print; whether all is below its limit."""
    from django.core.management import call_command
    from wagtail.models import Locale, Page

    from cms.access.sync import sync
    from cms.languages.registry import CODES, SOURCE
    from pages.addresses import url_path
    from pages.models import HomePage
    from pages.tree import ensure_trees

    call_command("migrate", verbosity=0)
    call_command("load_geography", verbosity=0)
    ensure_trees()
    home = HomePage.objects.get(url_path=url_path("", SOURCE))
    home.save_revision().publish()
    for code in CODES:
        if code != SOURCE:
            other = HomePage(
                title=code,
                slug=f"home-{code}",
                locale=Locale.objects.get(language_code=code),
                translation_key=home.translation_key,
            )
            Page.get_first_root_node().add_child(instance=other)
    user = _user("editor@example.org", "national-editor")
    sync()
    good = ordering(home, user)
    publishing(home)
    return rooms(home) and good


def main() -> int:
    from cms.settings.env import env

    var_dir = env.var_dir / "bench-translation"
    shutil.rmtree(var_dir, ignore_errors=True)
    var_dir.mkdir(parents=True)
    os.environ["DATABASE_URL"] = f"sqlite:///{var_dir / 'db.sqlite3'}"
    os.environ["DJANGO_SETTINGS_MODULE"] = "cms.settings.test"
    env.database_url = os.environ["DATABASE_URL"]
    django.setup()
    return 0 if run() else 1


if __name__ == "__main__":
    sys.exit(main())
