"""Wagtail's API behind the explorer's menu, without the translations that the user may not know of."""

from __future__ import annotations

from typing import Any

from wagtail.admin.api.serializers import AdminPageSerializer, PageTranslationsField
from wagtail.admin.api.views import PagesAdminAPIViewSet
from wagtail.models import Page

from cms.access.sight import knowable


class KnowableTranslationsField(PageTranslationsField):
    """A page's translations: the published ones, and the drafts in the user's own part."""

    def to_representation(self, page: Page) -> list[Any]:
        user = self.context["request"].user
        known = set(knowable(page.get_translations(), user).values_list("pk", flat=True))
        return [item for item in super().to_representation(page) if item["id"] in known]


class KnowablePageSerializer(AdminPageSerializer):
    translations = KnowableTranslationsField(read_only=True)


class KnowablePagesAPIViewSet(PagesAdminAPIViewSet):
    base_serializer_class = KnowablePageSerializer
