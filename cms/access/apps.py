from __future__ import annotations

from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "cms.access"
    label = "access"

    def ready(self) -> None:
        from wagtail.documents import get_document_model
        from wagtail.images import get_image_model
        from wagtail.models import Page
        from wagtail.permissions import register_permission_policy

        from cms.access.permissions import RoleFilePermissionPolicy, RolePagePermissionPolicy

        register_permission_policy(Page, RolePagePermissionPolicy(Page))
        for model in (get_image_model(), get_document_model()):
            label = model._meta.label
            policy = RoleFilePermissionPolicy(model, auth_model=label, owner_field_name="uploaded_by_user")
            # Exactly this class: Wagtail registers its own for it later.
            register_permission_policy(model, policy, exact_class=True)
