"""The root of a language's national tree."""

from __future__ import annotations

from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from pages.models.base import BasePage


class HomePage(BasePage):
    """``/<lang>/``: the entrances, the themes, the latest news."""

    content_type_name = "home"
    is_structural = True
    translatable_fields = BasePage.root_translatable_fields
    template = "pages/home.html"
    parent_page_types: ClassVar[list[str]] = ["wagtailcore.Page"]
    subpage_types: ClassVar[list[str]] = [
        "pages.EntrancePage",
        "pages.ThemePage",
        "pages.ArticlePage",
        "pages.NewsIndexPage",
        "pages.StandardPage",
        "pages.ProfessionalPage",
    ]

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")
