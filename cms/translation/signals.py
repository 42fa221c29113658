"""What happens to pages, told to the records and to the translations that follow their sources."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
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
from cms.translation.review import refuse_errors


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
    # Wagtail-localize takes the working texts away with the page; what is left counts.
    forget(instance)
    records.refresh_key(instance.translation_key)


@receiver([task_submitted, workflow_approved, workflow_rejected, workflow_cancelled])
def _on_moderation(instance: Any, **_kwargs: Any) -> None:
    state = instance if isinstance(instance, WorkflowState) else instance.workflow_state
    page = state.content_object
    record = records.record_of(page) if isinstance(page, Page) else None
    if record is not None:
        records.refresh(record.source, [record])


@receiver(approving)
def _on_approving(page: Page, **_kwargs: Any) -> None:
    record = records.record_of(page)
    if record is None:
        return
    try:
        refuse_errors(record)
    except ValidationError as error:
        raise PermissionDenied(" ".join(error.messages)) from error
