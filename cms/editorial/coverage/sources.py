"""The Swedish pages that a user may know of, and the filter over them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from wagtail.models import Page

from cms.access.actions import Action
from cms.access.policy import scopes_for
from cms.access.scopes import HOME_ROOT, LOCAL_ROOT
from cms.languages.registry import SOURCE
from cms.translation.models import TranslationRecord
from pages.addresses import url_path

NATIONAL = "national"
#: Beside the states: no published version, whatever work there is on one.
UNPUBLISHED = "unpublished"

_HOME = f"/{HOME_ROOT}{SOURCE}/"
_LOCAL = f"/{LOCAL_ROOT}{SOURCE}/"


@dataclass(frozen=True, slots=True)
class Wanted:
    """The filter, and the order. ``where``: all, ``national``, or a county's slug; ``theme``: a slug below home.

    ``tree`` is the beginning of a path (``att-bo/hyra``). ``state`` holds in ``language``, or in any language.
    """

    where: str = ""
    theme: str = ""
    tree: str = ""
    state: str = ""
    language: str = ""
    sort: str = ""


@dataclass(frozen=True, slots=True)
class Sections:
    """Slug and title of the themes (published pages right below home), and of the counties, in their order."""

    themes: list[tuple[str, str]]
    counties: list[tuple[str, str]]


def _swedish() -> QuerySet[Page]:
    # By the locale, which has an index; where a page lies has none that every database uses.
    return Page.objects.filter(locale__language_code=SOURCE).order_by("path")


def sections() -> Sections:
    """What there is to choose from; one query."""
    found = list(_swedish().filter(depth=3).values_list("slug", "title", "url_path", "live"))
    return Sections(
        [(slug, title) for slug, title, path, live in found if live and path.startswith(_HOME)],
        [(slug, title) for slug, title, path, _live in found if path.startswith(_LOCAL)],
    )


def source_pages(user: Any, wanted: Wanted) -> QuerySet[Page]:
    """The Swedish pages that ``user`` may know of and that the filter finds, in the order of the tree.

    All that are published are known to everybody, drafts to those whose role sees them. A query for
    the user's roles where they are not loaded yet.
    """
    national = Q(url_path__startswith=_HOME)
    part = national | Q(url_path__startswith=_LOCAL, depth__gt=2)
    if wanted.where == NATIONAL:
        part = national
    elif wanted.where:
        part = Q(url_path__startswith=f"{_LOCAL}{wanted.where}/")
    if wanted.theme:
        part &= Q(url_path__startswith=f"{_HOME}{wanted.theme}/")
    if wanted.tree:
        part &= _begins(wanted.tree)
    pages = _swedish().filter(part, _known(user))
    return pages.filter(_in_state(wanted)) if wanted.state else pages


def _begins(path: str) -> Q:
    """Pages whose path begins so, also in the middle of a name."""
    begun = url_path(path.strip().lstrip("/"), SOURCE)
    return Q(url_path__startswith=begun if path.strip().endswith("/") else begun[:-1])


def _known(user: Any) -> Q:
    if user.is_superuser:
        return Q()
    known = Q(live=True)
    for scope in scopes_for(user, Action.SEE):
        if scope.language == SOURCE:
            known |= Q(url_path__startswith=scope.url_path)
    return known


def _in_state(wanted: Wanted) -> Q:
    unpublished = wanted.state == UNPUBLISHED
    if not wanted.language:
        records = TranslationRecord.objects.filter(source_id=OuterRef("translation_key"))
        return Q(Exists(records.filter(live=False) if unpublished else records.filter(state=wanted.state)))
    # Of one language few are in a state: the index of the two finds them sooner than a look at every page.
    records = TranslationRecord.objects.filter(language=wanted.language)
    if unpublished:
        return ~Q(translation_key__in=records.filter(live=True).values("source_id"))
    return Q(translation_key__in=records.filter(state=wanted.state).values("source_id"))
