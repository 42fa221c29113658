"""What changes which cached pages."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from wagtail.images import get_image_model
from wagtail.models import Locale, Page, PageViewRestriction, Site
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from cms.access.scopes import split_url_path
from pages.addresses import parent_path
from pages.cache.tags import MENU, SITE, bump, children_tag, image_tag, page_tag
from pages.models.publisher import Publisher


def tags_of(url_path: str) -> set[str]:
    """The tags of what a change of the page at this ``url_path`` changes."""
    parts = split_url_path(url_path)
    if parts is None:
        return set()
    path = parts[1]
    tags = {page_tag(path), children_tag(parent_path(path))}
    if path.count("/") <= 1:
        tags.add(MENU)
    return tags


def _subtree_tags(page: Page, old_url_path: str) -> set[str]:
    tags = tags_of(old_url_path) | tags_of(page.url_path)
    for url_path in page.get_descendants().values_list("url_path", flat=True):
        tags |= tags_of(url_path)
        tags |= tags_of(old_url_path + url_path.removeprefix(page.url_path))
    return tags


@receiver(page_published)
@receiver(page_unpublished)
def _on_published(instance: Page, **_kwargs: Any) -> None:
    bump(tags_of(instance.url_path))


@receiver(page_slug_changed)
def _on_slug_changed(instance: Page, instance_before: Page, **_kwargs: Any) -> None:
    bump(_subtree_tags(instance, instance_before.url_path))


@receiver(post_page_move)
def _on_moved(instance: Page, url_path_before: str, url_path_after: str, **_kwargs: Any) -> None:
    instance.url_path = url_path_after
    bump(_subtree_tags(instance, url_path_before))


@receiver(post_delete)
def _on_deleted(sender: type[Any], instance: Any, **_kwargs: Any) -> None:
    # Each page type sends its own signal; the base row's comes for every one of them.
    if sender is Page and instance.live:
        bump(tags_of(instance.url_path))


@receiver([post_save, post_delete], sender=Publisher)
@receiver([post_save, post_delete], sender=PageViewRestriction)
@receiver([post_save, post_delete], sender=Locale)
@receiver([post_save, post_delete], sender=Site)
def _on_site_changed(**_kwargs: Any) -> None:
    bump({SITE})


@receiver([post_save, post_delete], sender=get_image_model())
def _on_image_changed(instance: Any, **_kwargs: Any) -> None:
    bump({image_tag(instance.pk)})
