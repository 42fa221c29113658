from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class AccessConfig(AppConfig):
    name = "cms.access"
    label = "access"

    def ready(self) -> None:
        from wagtail.documents import get_document_model
        from wagtail.images import get_image_model
        from wagtail.models import Page
        from wagtail.permissions import register_permission_policy

        from cms.access.models import RoleAssignment
        from cms.access.people.policy import AssignmentPermissionPolicy
        from cms.access.permissions import RoleFilePermissionPolicy, RolePagePermissionPolicy

        register_permission_policy(Page, RolePagePermissionPolicy(Page))
        register_permission_policy(RoleAssignment, AssignmentPermissionPolicy(RoleAssignment))
        for model in (get_image_model(), get_document_model()):
            label = model._meta.label
            policy = RoleFilePermissionPolicy(model, auth_model=label, owner_field_name="uploaded_by_user")
            # Exactly this class: Wagtail registers its own for it later.
            register_permission_policy(model, policy, exact_class=True)
        self._connect_audit()
        import_module("cms.access.moderation.notices").connect()
        # Its receiver notes when a session began.
        import_module("cms.access.signin.sessions")

    def _connect_audit(self) -> None:
        from cms.access.audit import people, receivers
        from cms.access.audit.triggers import ensure_triggers

        receivers.connect()
        people.connect()
        post_migrate.connect(ensure_triggers, sender=self, dispatch_uid="audit-triggers")
