"""What changes what is found. Expiry needs no signal: a hit's page is asked whether it has expired."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import Q
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import page_slug_changed, post_page_move

from cms.geography.models import County, Municipality
from cms.geography.signals import places_renamed
from search.indexing import refresh
from search.keeping import changed
from search.models import SearchRecord

#: What Wagtail writes to a page when somebody saves a draft, locks it or moves another one.
_BOOKKEEPING = frozenset(
    {
        "draft_title",
        "has_unpublished_changes",
        "latest_revision",
        "latest_revision_created_at",
        "locked",
        "locked_at",
        "locked_by",
        "numchild",
    }
)


def _subtree(page: Page) -> list[int]:
    return list(Page.objects.filter(path__startswith=page.path).values_list("pk", flat=True))


@receiver(post_save)
def _on_saved(
    instance: Any, created: bool = False, raw: bool = False, update_fields: Any = None, **_kwargs: Any
) -> None:
    # Publishing and unpublishing save the page, as do copying and what has no signal of its own.
    if raw or not isinstance(instance, Page) or (created and not instance.live):
        return
    if update_fields is None or not _BOOKKEEPING.issuperset(update_fields):
        refresh([instance.pk])


@receiver(post_page_move)
@receiver(page_slug_changed)
def _on_moved(instance: Page, **_kwargs: Any) -> None:
    # The address says which county and municipality a page is about.
    refresh(_subtree(Page.objects.get(pk=instance.pk)))


@receiver(post_save, sender=County)
def _on_county_saved(instance: County, created: bool, **_kwargs: Any) -> None:
    # Its name is among the words of the pages about it.
    if not created:
        refresh(SearchRecord.objects.filter(county=instance.code).values_list("pk", flat=True))
        transaction.on_commit(changed)


@receiver(post_save, sender=Municipality)
def _on_municipality_saved(instance: Municipality, created: bool, **_kwargs: Any) -> None:
    if not created:
        refresh(SearchRecord.objects.filter(municipality=instance.code).values_list("pk", flat=True))
        transaction.on_commit(changed)


@receiver(places_renamed)
def _on_places_renamed(counties: set[str], municipalities: set[str], **_kwargs: Any) -> None:
    about = Q(county__in=counties) | Q(municipality__in=municipalities)
    refresh(SearchRecord.objects.filter(about).values_list("pk", flat=True))
    transaction.on_commit(changed)


@receiver([post_save, post_delete], sender=PageViewRestriction)
def _on_restricted(instance: PageViewRestriction, origin: Any = None, **_kwargs: Any) -> None:
    # One that goes because its page goes, half of which is gone already, frees no page.
    if issubclass(getattr(origin, "model", type(origin)), Page):
        return
    page = Page.objects.filter(pk=instance.page_id).first()
    if page is not None:
        refresh(_subtree(page))


@receiver(post_delete)
def _on_deleted(sender: type[Any], instance: Any, **_kwargs: Any) -> None:
    # Each page type sends its own signal; the base row's comes last, for every one of them.
    if sender is Page:
        refresh([instance.pk])
