"""The room's addresses."""

from __future__ import annotations

from django.urls import URLPattern, path
from wagtail import hooks

from cms.translation.room import api, views

_ROOM = "translation/<int:record_id>/"
_UNIT = f"{_ROOM}units/<int:context>-<int:string>/"


@hooks.register("register_admin_urls")
def admin_urls() -> list[URLPattern]:
    return [
        path(_ROOM, views.room, name="translation_room"),
        path(f"{_ROOM}preview/", views.preview, name="translation_room_preview"),
        path(f"{_ROOM}save/", api.save, name="translation_room_save"),
        path(f"{_ROOM}presence/", api.presence, name="translation_room_presence"),
        path(_UNIT, api.unit, name="translation_room_unit"),
        path(f"{_UNIT}check/", api.check, name="translation_room_check"),
        path(f"{_UNIT}history/", api.history, name="translation_room_history"),
        path(f"{_UNIT}restore/", api.restore, name="translation_room_restore"),
        path(f"{_UNIT}identical/", api.identical, name="translation_room_identical"),
        path(f"{_UNIT}propagate/", api.propagate, name="translation_room_propagate"),
        path(f"{_UNIT}comment/", api.comment, name="translation_room_comment"),
        path(f"{_UNIT}dismiss/", api.dismiss, name="translation_room_dismiss"),
        path(f"{_ROOM}comments/<int:comment_id>/", api.resolve, name="translation_room_resolve"),
        path(f"{_ROOM}dismissals/<int:dismissal_id>/", api.undismiss, name="translation_room_undismiss"),
        path(f"{_ROOM}addresses/<int:address_id>/", api.address, name="translation_room_address"),
    ]
