"""``search_corpus``: many more pages, to measure search with; taken away again with ``--remove``."""

from __future__ import annotations

import datetime
import random
import time
import uuid
from argparse import ArgumentParser
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.db.models import Max, Q
from django.utils import timezone
from wagtail.models import Locale, Page, ReferenceIndex

import pages.content
from cms.access.scopes import LOCAL_SEGMENT, split_url_path
from cms.geography.models import County, Municipality
from cms.languages.registry import CODES, SOURCE
from pages.addresses import url_path
from pages.models import ArticlePage, BasePage, LocalPage
from pages.reading import STEP
from search.building import rebuild_records
from search.corpus import Text, Writer, duplicates, likeness
from search.eligibility import findable, findable_counts
from search.indexing import forget
from search.models import SearchRecord
from search.records import build

#: Who answers for a page that was made here: what it is known by. Its address begins with the other.
MARK, SLUG = "search_corpus", "corpus-"
DEMO = Path(pages.content.__file__).parent / "demo"
KINDS: tuple[type[BasePage], ...] = (ArticlePage, LocalPage)
_BATCH = 500
#: Of a hundred pages: below a county, of which below a municipality; which a translation lacks.
_LOCAL, _MUNICIPAL, _LACKING = 40, 30, 20
_AGE_DAYS = 3 * 365


@dataclass
class _Node:
    """A page that others are put below: its place in treebeard's tree, and the pages below it."""

    path: str
    url_path: str
    children: int


@dataclass(frozen=True, slots=True)
class _Item:
    """A page in every language that has it: its number, where it stands, and what it is about."""

    number: int
    parent: str
    municipality: Municipality | None
    place: County | Municipality | None


class _Tree:
    """Where pages are put in one language."""

    def __init__(self, code: str, counties: Sequence[County]) -> None:
        self.code = code
        self.locale = Locale.objects.get(language_code=code)
        places = Q(url_path__in=[url_path(f"{LOCAL_SEGMENT}/{county.slug}/", code) for county in counties])
        below = Q(path__startswith=Page.objects.get(url_path=url_path("", code)).path, depth=3)
        towns = Q(url_path__startswith=url_path(f"{LOCAL_SEGMENT}/", code), depth=4)
        self._nodes = {
            parts[1]: _Node(path, own, 0)
            for path, own in Page.objects.filter(places | below | towns).values_list("path", "url_path")
            if (parts := split_url_path(own))
        }
        for node in self._nodes.values():
            last = Page.objects.filter(path__startswith=node.path, depth=len(node.path) // STEP + 1)
            highest = last.aggregate(last=Max("path"))["last"]
            node.children = Page._str2int(highest[-STEP:]) if highest else 0
        self.touched: dict[str, int] = {}

    def has(self, path: str) -> bool:
        return path in self._nodes

    def put(self, path: str, slug: str) -> tuple[str, str]:
        """A place for a new page below the one at ``path``: treebeard's path, and the address."""
        node = self._nodes[path]
        node.children += 1
        self.touched[node.path] = self.touched.get(node.path, 0) + 1
        place = Page._get_path(node.path, len(node.path) // STEP + 1, node.children)
        own = f"{node.url_path}{slug}/"
        self._nodes.setdefault(f"{path}{slug}/", _Node(place, own, 0))
        return place, own


class Command(BaseCommand):
    help = "Grow the site to many published pages with new texts in every language (development only)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        what = parser.add_mutually_exclusive_group(required=True)
        what.add_argument("--pages", type=int, help="published pages that there are to be, in all languages together")
        what.add_argument("--remove", action="store_true", help="take away what this command made")
        parser.add_argument("--seed", type=int, default=1, help="another one makes other texts")
        parser.add_argument("--force", action="store_true", help="also on a site with other pages than the demo's")
        parser.add_argument("--no-records", action="store_true", help="leave it to search_rebuild to let them be found")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("These pages say nothing true. The command is for development only.")
        others = _others()
        if others and not options["force"]:
            raise CommandError(f"{others} pages are neither the demo's nor made here. --force makes pages among them.")
        began = time.monotonic()
        if options["remove"]:
            self.stdout.write(f"{_remove()} pages taken away in {time.monotonic() - began:.0f} s")
            return
        self._grow(options["pages"], options["seed"])
        if not options["no_records"]:
            self._find()

    def _grow(self, wanted: int, seed: int) -> None:
        began = time.monotonic()
        counts = findable_counts()
        missing = wanted - sum(counts.values())
        if missing < 0:
            raise CommandError(f"There are {sum(counts.values())} pages already; --remove takes made ones away.")
        parents = _parents()
        for place, code in enumerate(CODES):
            number = missing // len(CODES) + (place < missing % len(CODES))
            _grow_language(code, number, seed, parents)
        self.stdout.write(f"{missing} pages made in {time.monotonic() - began:.0f} s")

    def _find(self) -> None:
        """Let the pages be found, and say how much they are like each other."""
        began = time.monotonic()
        number = sum(rebuild_records(code) for code in CODES)
        self.stdout.write(f"{number} records in {time.monotonic() - began:.0f} s")
        for code in CODES:
            texts = list(SearchRecord.objects.filter(language=code).order_by("pk").values_list("text", flat=True))
            same, of = duplicates(texts)
            self.stdout.write(f"{code:4}{of:6} pages, {same} copies, likeness of two {likeness(texts, code):.4f}")


def _ours() -> Q:
    return Q(articlepage__responsible=MARK) | Q(localpage__responsible=MARK)


def _others() -> int:
    """How many public pages are neither the demo's nor made here."""
    demo = set()
    for file in DEMO.glob("*/**/*.md"):
        code, *segments = file.relative_to(DEMO).with_suffix("").parts
        if segments[-1] == "index":
            segments.pop()
        demo.add(url_path("/".join(segments), code))
    return len(set(findable(~_ours()).values_list("url_path", flat=True)) - demo)


def _parents() -> tuple[list[str], list[County]]:
    """Where pages go: the paths of entrances and themes that every language has, and the counties that Swedish has."""
    national: list[set[str]] = []
    counties: list[County] = []
    for code in CODES:
        own = findable(Q(locale__language_code=code, depth=3) & ~_ours())
        rows = [(split_url_path(own), model) for own, model in own.values_list("url_path", "content_type__model")]
        national.append({parts[1] for parts, model in rows if parts and model in ("entrancepage", "themepage")})
        if code == SOURCE:
            slugs = [parts[1].split("/")[1] for parts, model in rows if parts and model == "countypage"]
            counties = list(County.objects.filter(slug__in=slugs).order_by("code"))
    paths = sorted(set.intersection(*national))
    if not (paths and counties):
        raise CommandError("The demo's pages are not there: manage.py prepare loads them.")
    return paths, counties


def _items(start: int, seed: int, parents: tuple[list[str], list[County]]) -> Iterator[_Item]:
    """Pages without end, the same ones in the same order for every language."""
    paths, counties = parents
    towns = list(Municipality.objects.filter(county__in=counties).select_related("county").order_by("code"))
    number = start
    while True:
        chance = random.Random(f"{seed} {number}")  # noqa: S311  (no secret)
        drawn = chance.randrange(100)
        town = chance.choice(towns) if drawn < _MUNICIPAL else None
        county = town.county if town else chance.choice(counties)
        if drawn < _LOCAL:
            where = f"{LOCAL_SEGMENT}/{county.slug}/" + (f"{town.slug}/" if town else "")
            yield _Item(number, where, town, town or county)
        else:
            yield _Item(number, chance.choice(paths), None, None)
        number += 1


def _grow_language(code: str, number: int, seed: int, parents: tuple[list[str], list[County]]) -> None:
    """Make ``number`` pages of a language; a county or town that it has no page of gets none below it."""
    tree = _Tree(code, parents[1])
    sources = findable(Q(locale__language_code=code) & ~_ours()).specific()
    every = [*County.objects.all(), *Municipality.objects.all()]
    writer = Writer(code, build(sources), sorted({place.name_in(code) for place in every}))
    before = findable(Q(locale__language_code=code, slug__startswith=SLUG) & _ours()).values_list("slug", flat=True)
    start = 1 + max((int(slug.removeprefix(SLUG)) for slug in before), default=-1)
    rows: list[BasePage] = []

    made = 0
    with transaction.atomic():
        for item in _items(start, seed, parents):
            if made == number:
                break
            if code != SOURCE and random.Random(f"{seed} {code} {item.number}").randrange(100) < _LACKING:  # noqa: S311
                continue
            slug, parent = f"{SLUG}{item.number}", item.parent
            if not tree.has(parent) and item.municipality:
                # The first page about a town is the town's own.
                slug, parent = item.municipality.slug, f"{LOCAL_SEGMENT}/{item.municipality.county.slug}/"
            if not tree.has(parent):
                continue
            text_seed = f"{seed} {code} {item.number}"
            text = writer.write(text_seed, item.place.name_in(code) if item.place else "")
            rows.append(_page(tree, slug, text_seed, item, parent, text))
            made += 1
            if len(rows) >= _BATCH:
                _insert(rows)
                rows.clear()
        _insert(rows)
        _count_children(tree)


def _page(tree: _Tree, slug: str, seed: str, item: _Item, parent: str, text: Text) -> BasePage:
    place, own = tree.put(parent, slug)
    chance = random.Random(f"{seed} dates")  # noqa: S311  (no secret)
    updated = timezone.now() - datetime.timedelta(days=chance.randrange(_AGE_DAYS), seconds=chance.randrange(86400))
    model = LocalPage if item.place else ArticlePage
    page = model(
        title=text.title,
        draft_title=text.title,
        slug=slug,
        path=place,
        depth=len(place) // STEP,
        url_path=own,
        # The same page in another language has the same key.
        translation_key=uuid.uuid5(_KEYS, f"{seed.partition(' ')[0]} {parent}{slug}"),
        locale=tree.locale,
        content_type=ContentType.objects.get_for_model(model),
        search_description=text.summary,
        first_published_at=updated - datetime.timedelta(days=chance.randrange(_AGE_DAYS)),
        last_published_at=updated,
        live=True,
        body=text.blocks(),
        alternative_titles=text.alternative,
        search_words=text.search_words,
        responsible=MARK,
    )
    if isinstance(page, LocalPage):
        page.municipality = item.municipality
    return page


_KEYS = uuid.UUID("5b0f6a9e-4f6e-4a53-8f43-6a2c7c2c0c11")


def _insert(rows: Sequence[BasePage]) -> None:
    """The pages and their rows of each kind, without the signals, revisions and queries of a page saved by a person."""
    columns = [column for column in Page._meta.concrete_fields if not column.primary_key]
    saved = Page.objects.bulk_create(
        Page(**{column.attname: getattr(row, column.attname) for column in columns}) for row in rows
    )
    for row, base in zip(rows, saved, strict=True):
        row.pk = row.page_ptr_id = base.pk
    for model in KINDS:
        own = [row for row in rows if type(row) is model]
        if own:
            # Django's own bulk_create refuses models with a parent, whose row is there already here.
            model._base_manager._insert(own, fields=model._meta.local_concrete_fields, using="default")


def _count_children(tree: _Tree) -> None:
    for path in tree.touched:
        number = Page.objects.filter(path__startswith=path, depth=len(path) // STEP + 1).count()
        Page.objects.filter(path=path).update(numchild=number)


def _remove() -> int:
    """Take away the pages that were made here, and what search knows of them."""
    removed = 0
    # One that somebody edited has more than its rows, and so have its versions in other languages.
    edited = set(Page.objects.filter(_ours(), latest_revision__isnull=False).values_list("translation_key", flat=True))
    while ids := list(Page.objects.filter(_ours(), numchild=0).order_by("pk").values_list("pk", flat=True)[:_BATCH]):
        parents = {path[:-STEP] for path in Page.objects.filter(pk__in=ids).values_list("path", flat=True)}
        with transaction.atomic():
            for page in Page.objects.filter(pk__in=ids, translation_key__in=edited):
                page.delete()
            forget(SearchRecord.objects.filter(pk__in=ids).values_list("pk", flat=True))
            about = {"object_id__in": [str(pk) for pk in ids], "base_content_type": _base_type()}
            ReferenceIndex.objects.filter(**about).delete()
            for model in KINDS:
                model._base_manager.filter(pk__in=ids)._raw_delete("default")
            Page._base_manager.filter(pk__in=ids)._raw_delete("default")
            for path in parents:
                number = Page.objects.filter(path__startswith=path, depth=len(path) // STEP + 1).count()
                Page.objects.filter(path=path).update(numchild=number)
        removed += len(ids)
    return removed


def _base_type() -> ContentType:
    return ContentType.objects.get_for_model(Page)
