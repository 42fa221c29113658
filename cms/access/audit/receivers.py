"""What the audit log hears of by itself: Wagtail's log of pages and settings, and files."""

from __future__ import annotations

from pathlib import PurePath
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models.signals import post_delete, post_save
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import DraftStateMixin, ModelLogEntry, Page, PageLogEntry

from cms.access.audit.events import Event
from cms.access.audit.log import address_of, record
from cms.access.scopes import Scope, scope_of

#: Wagtail's log actions on pages. A draft's plain save (``wagtail.edit``) and comments are none of them.
PAGE_ACTIONS: dict[str, Event] = {
    "wagtail.create": Event.CREATED,
    "wagtail.create_alias": Event.CREATED,
    "wagtail.copy": Event.COPIED,
    "wagtail.copy_for_translation": Event.TRANSLATION_BEGUN,
    "wagtail.publish": Event.PUBLISHED,
    "wagtail.publish.scheduled": Event.PUBLISHED,
    "wagtail.publish.schedule": Event.PUBLISH_SCHEDULED,
    "wagtail.schedule.cancel": Event.SCHEDULE_CANCELLED,
    "wagtail.unpublish": Event.UNPUBLISHED,
    "wagtail.unpublish.scheduled": Event.UNPUBLISHED,
    "wagtail.move": Event.MOVED,
    "wagtail.reorder": Event.REORDERED,
    "wagtail.rename": Event.RENAMED,
    "wagtail.revert": Event.REVERTED,
    "wagtail.convert_alias": Event.CONVERTED,
    "wagtail_localize.convert_to_alias": Event.CONVERTED,
    "wagtail.delete": Event.DELETED,
    "wagtail.lock": Event.LOCKED,
    "wagtail.unlock": Event.UNLOCKED,
    "wagtail.view_restriction.create": Event.RESTRICTED,
    "wagtail.view_restriction.edit": Event.RESTRICTED,
    "wagtail.view_restriction.delete": Event.UNRESTRICTED,
    "wagtail.workflow.start": Event.SUBMITTED,
    "wagtail.workflow.approve": Event.APPROVED,
    "wagtail.workflow.reject": Event.REJECTED,
    "wagtail.workflow.resume": Event.RESUBMITTED,
    "wagtail.workflow.cancel": Event.MODERATION_CANCELLED,
}
#: Models, by label, whose changes have entries of their own. What Wagtail logs of others is settings.
RECORDED_OTHERWISE = {"auth.user", "access.roleassignment"}
#: Of a file's row, what the site itself works out.
_WORKED_OUT = {"file_hash", "file_size", "width", "height"}


def connect() -> None:
    """Hear the signals; called once, when the apps are loaded."""
    post_save.connect(_page_log, sender=PageLogEntry, dispatch_uid="audit-page-log")
    post_save.connect(_model_log, sender=ModelLogEntry, dispatch_uid="audit-model-log")
    for model in (get_image_model(), get_document_model()):
        RECORDED_OTHERWISE.add(model._meta.label_lower)
        post_save.connect(_file_saved, sender=model, dispatch_uid=f"audit-saved-{model._meta.label}")
        post_delete.connect(_file_deleted, sender=model, dispatch_uid=f"audit-deleted-{model._meta.label}")


def _page_log(instance: PageLogEntry, created: bool, raw: bool = False, **_signal: Any) -> None:
    event = PAGE_ACTIONS.get(instance.action)
    if event is None or not created or raw:
        return
    page = instance.page
    record(event, actor=instance.user, about=address_of(page), scope=scope_of(page), **_page_detail(event, instance))


def _page_detail(event: Event, entry: PageLogEntry) -> dict[str, Any]:
    """Of what Wagtail notes, that which is no title, comment or text."""
    data: dict[str, Any] = entry.data or {}
    if entry.action.endswith(".scheduled"):
        return {"scheduled": True}
    if event is Event.PUBLISH_SCHEDULED:
        return {"at": data.get("revision", {}).get("go_live_at")}
    if event is Event.RESTRICTED:
        return {"readers": data.get("restriction", {}).get("type")}
    if event is Event.MOVED:
        # The page in the signal is the one before the move.
        moved = Page.objects.filter(pk=entry.page_id).first()
        return {"to": address_of(moved)} if moved else {}
    if event is Event.COPIED:
        return {"parent": data.get("source", {}).get("id")}
    return {}


def _model_log(instance: ModelLogEntry, created: bool, raw: bool = False, **_signal: Any) -> None:
    model = _model_of(instance)
    if not created or raw or model is None or model._meta.label_lower in RECORDED_OTHERWISE:
        return
    # The name of what has drafts may be in none that is published.
    about = instance.object_id if issubclass(model, DraftStateMixin) else instance.label
    record(
        Event.SETTINGS_CHANGED,
        actor=instance.user,
        about=about,
        kind=model._meta.label_lower,
        what=instance.action.removeprefix("wagtail."),
    )


def _model_of(entry: ModelLogEntry) -> Any:
    return ContentType.objects.get_for_id(entry.content_type_id).model_class() if entry.content_type_id else None


def _file(event: Event, file: Any) -> None:
    record(event, about=PurePath(file.file.name).name, scope=_scope_of_file(file), kind=file._meta.model_name)


def _scope_of_file(file: Any) -> Scope | None:
    found = scope_of(file)
    # A file is in no language.
    return Scope("", found.county_slug) if found else None


def _file_saved(instance: Any, created: bool, update_fields: Any = None, raw: bool = False, **_signal: Any) -> None:
    if raw or (update_fields is not None and set(update_fields) <= _WORKED_OUT):
        return
    _file(Event.FILE_ADDED if created else Event.FILE_CHANGED, instance)


def _file_deleted(instance: Any, **_signal: Any) -> None:
    _file(Event.FILE_DELETED, instance)
