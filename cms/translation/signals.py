"""What happens to pages, told to the records and to the translations that follow their sources."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_delete, pre_delete
from django.dispatch import receiver
from wagtail.models import Page, WorkflowState
from wagtail.signals import (
    page_published,
    page_slug_changed,
    page_unpublished,
    post_page_move,
    task_submitted,
    workflow_approved,
    workflow_cancelled,
    workflow_rejected,
)

from cms.access.approving import approving
from cms.translation import following, holds, records
from cms.translation.localize import forget
from cms.translation.review import refuse_page


@receiver(page_published)
def _on_published(instance: Page, revision: Any = None, **_kwargs: Any) -> None:
    if not records.is_translatable(instance):
        return
    if following.is_source(instance):
        holds.ended_by(instance)
        records.source_published(instance)
        following.source_published(instance)
    else:
        records.translation_published(instance, revision)


@receiver(page_unpublished)
def _on_unpublished(instance: Page, **_kwargs: Any) -> None:
    if following.is_source(instance):
        # What is taken back does not come back by itself on the day that it waited for.
        holds.ended_by(instance)
    records.went_offline(instance)
    if following.is_source(instance):
        following.source_unpublished(instance)


@receiver(page_slug_changed)
def _on_slug_changed(instance: Page, **_kwargs: Any) -> None:
    if following.is_source(instance):
        following.source_renamed(instance)


@receiver(post_page_move)
def _on_moved(instance: Page, parent_page_before: Page, parent_page_after: Page, **_kwargs: Any) -> None:
    page = Page.objects.get(pk=instance.pk)
    if following.is_source(page) and parent_page_before.pk != parent_page_after.pk:
        following.source_moved(page)


# Each page type sends its own signal; the base row's comes for every one of them.
@receiver(pre_delete, sender=Page)
def _on_deleted(instance: Page, **_kwargs: Any) -> None:
    if following.is_source(instance):
        following.source_deleted(instance)
    else:
        records.went_offline(instance)


@receiver(post_delete, sender=Page)
def _after_deleted(instance: Page, **_kwargs: Any) -> None:
    # In place of wagtail-localize's own receiver (see the settings); what is left counts.
    forget(instance)
    records.refresh_key(instance.translation_key)


@receiver([task_submitted, workflow_approved, workflow_rejected, workflow_cancelled])
def _on_moderation(instance: Any, **_kwargs: Any) -> None:
    state = instance if isinstance(instance, WorkflowState) else instance.workflow_state
    page = state.content_object
    if isinstance(page, Page):
        records.refresh_page(page)


@receiver(approving)
def _on_approving(page: Page, **_kwargs: Any) -> None:
    refuse_page(page)
