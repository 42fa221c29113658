"""The gate of translations: a translator sends for review, a reviewer publishes; her yes is the review."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.locks import BasicLock
from wagtail.models import Page, Revision, WorkflowState

from cms.access.actions import Action
from cms.access.policy import decide
from cms.access.scopes import Scope, scope_of
from cms.languages.registry import SOURCE
from cms.translation.holds import hold_back
from cms.translation.localize import draft_of, note_saved, to_translation
from cms.translation.models import Basis
from cms.translation.records import note_basis, record_of
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
    _not_reviewed(draft.page, anew=_has_machine_texts(page))
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
def publish_translation(page: Page, user: Any, *, as_machine: bool = False) -> int:
    """Publish the translation's texts of now, reviewed by ``user``; returns how many are missing.

    ``as_machine``: ``user`` lets a machine's text out as such; the reader is told. A source that waits
    for its translations holds this one back.

    Raises ``ValidationError`` where the page would not be valid, ``PermissionDenied`` where ``user`` may not.
    """
    translation = to_translation(page)
    if translation is None or not decide(user, Action.PUBLISH, page):
        raise PermissionDenied
    draft = draft_of(translation)
    _not_reviewed(draft.page, anew=as_machine or _has_machine_texts(page))
    revision = draft.page.save_revision(user=user)
    note_saved(translation, revision)
    note_basis(page, revision)
    if not as_machine:
        mark_reviewed(revision, user)
    if not hold_back(page, revision):
        revision.publish(user=user)
    return draft.missing


def _not_reviewed(page: Page, *, anew: bool = False) -> None:
    """A text that nobody who speaks the language has answered for counts as a machine's."""
    if anew or not page.translation_state:
        page.translation_state = TranslationState.MACHINE


def _has_machine_texts(page: Page) -> bool:
    record = record_of(page)
    return bool(record is not None and record.machine_texts)


def why_not(page: Page, user: Any) -> str:
    """Why ``user`` can neither send nor publish the page now, for people; empty where she can."""
    lock = page.get_lock()
    if isinstance(lock, BasicLock) and lock.for_user(user):
        return _("Another person has locked this page. Nothing was changed.")
    if page.workflow_in_progress:
        return _("This translation is in review. It must be approved or sent back first. Nothing was changed.")
    if lock is not None and lock.for_user(user):
        return _("This page is locked. Nothing was changed.")
    return ""


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
        Basis.objects.filter(revision=revision).update(reviewed_by=user)


def publish_approved(workflow_state: WorkflowState, user: Any = None) -> None:
    """Wagtail's last step of a workflow: publish what was approved.

    Whether ``user`` may decide was asked where she did. Whether she may publish is not asked: who
    took over may decide on this page, and publish none.
    """
    revision = workflow_state.content_object.get_latest_revision()
    mark_reviewed(revision, user)
    if not hold_back(workflow_state.content_object, revision):
        revision.publish(user=user, skip_permission_checks=True)
