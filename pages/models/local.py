"""The local tree: what counties and municipalities publish."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, Panel
from wagtail_localize.fields import SynchronizedField

from cms.access.scopes import split_url_path
from cms.geography.models import County, Municipality
from pages.models.base import BasePage


class LocalRootPage(BasePage):
    """The root of a language's local tree; ``/<lang>/lan/`` is rendered from the reference data."""

    content_type_name = "local_root"
    is_structural = True
    translatable_fields = BasePage.root_translatable_fields
    parent_page_types: ClassVar[list[str]] = ["wagtailcore.Page"]
    subpage_types: ClassVar[list[str]] = ["pages.CountyPage"]

    class Meta:
        verbose_name = _("root of local information")
        verbose_name_plural = _("roots of local information")


class CountyPage(BasePage):
    """A county's own text on its page, and the root of its local pages."""

    content_type_name = "county"
    is_structural = True
    template = "pages/county.html"
    county = models.ForeignKey(
        County, on_delete=models.PROTECT, related_name="pages", verbose_name=_("county"), editable=False
    )
    parent_page_types: ClassVar[list[str]] = ["pages.LocalRootPage"]
    subpage_types: ClassVar[list[str]] = ["pages.LocalPage"]
    translatable_fields: ClassVar[list[Any]] = [
        *BasePage.translatable_fields,
        SynchronizedField("county", overridable=False),
    ]

    class Meta:
        verbose_name = _("county page")
        verbose_name_plural = _("county pages")

    def clean(self) -> None:
        super().clean()
        county = County.objects.filter(slug=self.slug).first()
        if county is None:
            raise ValidationError({"slug": _("No county has this address.")})
        self.county = county


class LocalPage(BasePage):
    """A local article. Directly below its county with a municipality's slug, it is that municipality's page."""

    content_type_name = "local"
    template = "pages/article.html"
    municipality = models.ForeignKey(
        Municipality,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="pages",
        verbose_name=_("municipality"),
        editable=False,
    )
    parent_page_types: ClassVar[list[str]] = ["pages.CountyPage", "pages.LocalPage"]
    subpage_types: ClassVar[list[str]] = ["pages.LocalPage"]
    promote_panels: ClassVar[list[Panel]] = [FieldPanel("municipality", read_only=True), *BasePage.promote_panels]
    translatable_fields: ClassVar[list[Any]] = [
        *BasePage.translatable_fields,
        SynchronizedField("municipality", overridable=False),
    ]

    class Meta:
        verbose_name = _("local page")
        verbose_name_plural = _("local pages")

    def save(self, *args: Any, **kwargs: Any) -> None:
        # The address says which municipality the page is about: /lan/<county>/<municipality>/…
        parts = split_url_path(self.url_path) if self.url_path else None
        segments = parts[1].split("/") if parts else []
        if len(segments) > 2:
            self.municipality = Municipality.objects.filter(county__slug=segments[1], slug=segments[2]).first()
        super().save(*args, **kwargs)
