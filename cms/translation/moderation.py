"""The gate of translations: a translator sends for review, a reviewer publishes; her yes is the review."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from wagtail.models import Page, Revision, WorkflowState

from cms.access.actions import Action
from cms.access.policy import decide
from cms.access.scopes import Scope, scope_of
from cms.languages.registry import SOURCE
from cms.translation.localize import draft_of, note_saved, to_translation
from cms.translation.records import note_basis
from cms.translation.states import TranslationState


@transaction.atomic
def send_for_review(page: Page, user: Any) -> int:
    """Save the translation's texts of now as a draft of ``page`` and start its moderation as ``user``.

    The published page stays as it is. Returns how many texts are missing, for which the draft has
    the source's. Sent again after changes were asked for, it goes on where it was. Raises
    ``ValidationError`` where the page would not be valid, ``PermissionDenied`` where ``user`` may
    not send it or it is in moderation already.
    """
    # Of two who send at once, the second finds it in moderation.
    Page.objects.select_for_update().get(pk=page.pk)
    translation = to_translation(page)
    if translation is None or not decide(user, Action.SUBMIT, page):
        raise PermissionDenied
    draft = draft_of(translation)
    current = draft.page.current_workflow_state
    if current is not None and current.status == WorkflowState.STATUS_IN_PROGRESS:
        raise PermissionDenied
    revision = draft.page.save_revision(user=user, log_action=True)
    note_saved(translation, revision)
    note_basis(page, revision)
    workflow = draft.page.get_workflow()
    if current is not None:
        # Who sends it now is told of the decision.
        current.requested_by = user
        current.save(update_fields=["requested_by"])
        current.resume(user=user)
    elif workflow is not None:
        workflow.start(draft.page, user)
    else:
        raise PermissionDenied
    return draft.missing


@transaction.atomic
def publish_translation(page: Page, user: Any) -> int:
    """Publish the translation's texts of now, reviewed by ``user``; returns how many are missing.

    Raises ``ValidationError`` where the page would not be valid, ``PermissionDenied`` where ``user`` may not.
    """
    translation = to_translation(page)
    if translation is None or not decide(user, Action.PUBLISH, page):
        raise PermissionDenied
    draft = draft_of(translation)
    if speaks_for(user, draft.page):
        draft.page.translation_state = TranslationState.REVIEWED
    revision = draft.page.save_revision(user=user)
    note_saved(translation, revision)
    note_basis(page, revision)
    revision.publish(user=user)
    return draft.missing


def speaks_for(user: Any, page: Page) -> bool:
    """Whether ``user`` publishes translations where the page is, or in its language for the nation.

    Who takes moderation over by another right may not know the language: hers is no review.
    """
    scope = scope_of(page)
    if user is None or scope is None or scope.language == SOURCE:
        return False
    return bool(decide(user, Action.PUBLISH, page) or decide(user, Action.PUBLISH, Scope(scope.language)))


def mark_reviewed(revision: Revision, user: Any) -> None:
    """Write into the revision, before it is published, that ``user`` who publishes it has reviewed it."""
    page = revision.as_object()
    if hasattr(page, "translation_state") and speaks_for(user, page):
        revision.content["translation_state"] = TranslationState.REVIEWED.value
        revision.save(update_fields=["content"])


def publish_approved(workflow_state: WorkflowState, user: Any = None) -> None:
    """Wagtail's last step of a workflow: publish what was approved.

    Whether ``user`` may decide was asked where she did. Whether she may publish is not asked: who
    took over may decide on this page, and publish none.
    """
    revision = workflow_state.content_object.get_latest_revision()
    mark_reviewed(revision, user)
    revision.publish(user=user, skip_permission_checks=True)
