"""What the people's screens register with Wagtail; ``cms.access.wagtail_hooks`` imports it."""

from __future__ import annotations

from django.urls import URLPattern, path
from wagtail import hooks

from cms.access.people.invitations import InviteView, invite_again
from cms.access.people.rights import rights
from cms.access.people.screens import AssignmentViewSet


@hooks.register("register_admin_viewset")
def register_assignments() -> AssignmentViewSet:
    return AssignmentViewSet()


@hooks.register("register_admin_urls")
def admin_urls() -> list[URLPattern]:
    return [
        path("people/invite/", InviteView.as_view(), name="people_invite"),
        path("people/<int:user_id>/invite/", invite_again, name="people_invite_again"),
        path("people/<int:user_id>/rights/", rights, name="people_rights"),
    ]
