"""Wagtail's users with our screens for accounts."""

from __future__ import annotations

from wagtail.users.apps import WagtailUsersAppConfig


class PeopleConfig(WagtailUsersAppConfig):
    default = False
    user_viewset = "cms.access.people.accounts.AccountViewSet"
