"""The site by language and by county: which page exists in which language, and in what state."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.apps import apps
from django.db.models import Q, QuerySet
from django.urls import reverse
from wagtail.models import Page
from wagtail.permissions import policy_registry

from cms.access.actions import Action
from cms.access.policy import decide
from cms.access.scopes import HOME_ROOT, LOCAL_ROOT, split_url_path
from cms.access.withdrawal import can_be_withdrawn
from cms.languages.registry import BY_CODE, LANGUAGES, SOURCE
from cms.translation.states import TranslationState
from pages.models import BasePage, LocalRootPage


class CellState(StrEnum):
    """What a language's version of a page is."""

    PUBLISHED = "published"
    MACHINE = "machine"
    DRAFT = "draft"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Cell:
    """One page in one language. ``url`` leads to the editor, or to the site where the user may not edit."""

    code: str
    state: CellState
    url: str


@dataclass(frozen=True, slots=True)
class Row:
    """One page with a cell for each language of the registry, in its order."""

    path: str
    title: str
    depth: int
    cells: list[Cell]
    withdraw_url: str = ""


def _in(where: str) -> Q:
    """The part of the source tree that the filter names: ``""`` all, ``national``, or a county's slug."""
    national = Q(url_path__startswith=f"/{HOME_ROOT}{SOURCE}/")
    if where == "national":
        return national
    if where:
        return Q(url_path__startswith=f"/{LOCAL_ROOT}{SOURCE}/{where}/")
    return national | Q(url_path__startswith=f"/{LOCAL_ROOT}{SOURCE}/", depth__gt=2)


def source_pages(user: Any, where: str = "", missing: str = "") -> QuerySet[Page]:
    """The Swedish pages that ``user`` may know of: all that are published, and drafts in her own part.

    ``missing`` keeps those that have no published version in that language.
    """
    own = policy_registry.get_by_type(Page).explorable_instances(user).values("pk")
    pages = Page.objects.filter(_in(where), Q(live=True) | Q(pk__in=own)).order_by("path")
    if missing:
        have = Page.objects.filter(locale__language_code=missing, live=True).values("translation_key")
        pages = pages.exclude(translation_key__in=have)
    return pages


def _machine_translated(ids: list[int]) -> set[int]:
    """Those of the pages whose text nobody has reviewed; a query a page type."""
    found: set[int] = set()
    for model in apps.get_app_config("pages").get_models():
        if issubclass(model, BasePage) and model is not LocalRootPage:
            found.update(
                model.objects.filter(pk__in=ids, translation_state=TranslationState.MACHINE).values_list(
                    "pk", flat=True
                )
            )
    return found


def _withdraw_url(user: Any, page: Page) -> str:
    """Where ``user`` withdraws another's page; empty where she may not, or may unpublish it herself."""
    if can_be_withdrawn(page) and decide(user, Action.WITHDRAW, page) and not decide(user, Action.UNPUBLISH, page):
        return reverse("withdraw_page", args=[page.pk])
    return ""


def rows_for(user: Any, sources: list[Page]) -> list[Row]:
    """The rows of the table; the same number of queries however many pages there are."""
    policy = policy_registry.get_by_type(Page)
    keys = [page.translation_key for page in sources]
    versions = Page.objects.filter(translation_key__in=keys).values_list("pk", "translation_key", "url_path", "live")
    found = list(versions)
    ids = [pk for pk, _key, _path, _live in found]
    editable = set(
        policy.instances_user_has_permission_for(user, "change").filter(pk__in=ids).values_list("pk", flat=True)
    )
    machine = _machine_translated(ids)
    by_key: dict[Any, dict[str, tuple[int, str, bool]]] = {}
    for pk, key, url_path, live in found:
        parts = split_url_path(url_path)
        if parts and parts[0] in BY_CODE:
            by_key.setdefault(key, {})[parts[0]] = (pk, parts[1], live)
    rows = []
    for page in sources:
        by_code = by_key.get(page.translation_key, {})
        path = by_code[SOURCE][1] if SOURCE in by_code else ""
        cells = []
        for language in LANGUAGES:
            version = by_code.get(language.code)
            if version is None or not (version[2] or version[0] in editable):
                cells.append(Cell(language.code, CellState.MISSING, ""))
                continue
            pk, _path, live = version
            state = CellState.DRAFT if not live else CellState.MACHINE if pk in machine else CellState.PUBLISHED
            url = reverse("wagtailadmin_pages:edit", args=[pk]) if pk in editable else f"/{language.code}/{path}"
            cells.append(Cell(language.code, state, url))
        title = page.draft_title if page.pk in editable else page.title
        rows.append(Row(path, title, path.count("/"), cells, _withdraw_url(user, page)))
    return rows
