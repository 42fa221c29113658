"""What changes what editors find."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from wagtail.models import Page
from wagtail.signals import page_slug_changed, post_page_move

from cms.access.scopes import LOCAL_ROOT
from cms.geography.models import County, Municipality
from cms.languages.registry import CODES
from search.drafts.indexing import below, forget, refresh, type_of

#: What Wagtail writes to a page without a word of it becoming another.
_BOOKKEEPING = frozenset(
    {
        "draft_title",
        "has_unpublished_changes",
        "latest_revision_created_at",
        "locked",
        "locked_at",
        "locked_by",
        "numchild",
    }
)


@receiver(post_save)
def _on_saved(instance: Any, raw: bool = False, update_fields: Any = None, **_kwargs: Any) -> None:
    # Saving a draft saves the page too: it says which revision is its latest.
    if raw or not isinstance(instance, Page):
        return
    if update_fields is not None and _BOOKKEEPING.issuperset(update_fields):
        return
    model = type_of(instance)
    if model is not None:
        refresh([instance.pk], model)


@receiver(post_page_move)
@receiver(page_slug_changed)
def _on_moved(instance: Page, **_kwargs: Any) -> None:
    # The address says which county and municipality a page is about.
    refresh(below(Q(path__startswith=Page.objects.get(pk=instance.pk).path)))


@receiver(post_save, sender=County)
def _on_county_saved(instance: County, created: bool, **_kwargs: Any) -> None:
    # Its name is among the words of the pages about it.
    if not created:
        refresh(_local(f"{instance.slug}/"))


@receiver(post_save, sender=Municipality)
def _on_municipality_saved(instance: Municipality, created: bool, **_kwargs: Any) -> None:
    if not created:
        refresh(_local(f"{instance.county.slug}/{instance.slug}/"))


def _local(path: str) -> list[int]:
    condition = Q(pk__in=[])
    for code in CODES:
        condition |= Q(url_path__startswith=f"/{LOCAL_ROOT}{code}/{path}")
    return below(condition)


@receiver(post_delete)
def _on_deleted(sender: type[Any], instance: Any, **_kwargs: Any) -> None:
    # Each page type sends its own signal; the base row's comes last, for every one of them.
    if sender is Page:
        forget([instance.pk])
