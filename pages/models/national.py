"""National pages: entrances, themes, articles, standard pages, pages for professionals."""

from __future__ import annotations

from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from pages.models.base import BasePage


class EntrancePage(BasePage):
    """A way in by situation: "I seek asylum"."""

    content_type_name = "entrance"
    template = "pages/entrance.html"
    parent_page_types: ClassVar[list[str]] = ["pages.HomePage"]
    subpage_types: ClassVar[list[str]] = ["pages.ArticlePage", "pages.ProfessionalPage"]

    class Meta:
        verbose_name = _("entrance")
        verbose_name_plural = _("entrances")


class ThemePage(BasePage):
    """A theme of "Om Sverige"; the articles below it are its chapters, in order."""

    content_type_name = "theme"
    template = "pages/theme.html"
    parent_page_types: ClassVar[list[str]] = ["pages.HomePage"]
    subpage_types: ClassVar[list[str]] = ["pages.ArticlePage"]

    class Meta:
        verbose_name = _("theme")
        verbose_name_plural = _("themes")


class ArticlePage(BasePage):
    """An article; below a theme, a chapter."""

    content_type_name = "article"
    template = "pages/article.html"
    parent_page_types: ClassVar[list[str]] = [
        "pages.HomePage",
        "pages.EntrancePage",
        "pages.ThemePage",
        "pages.ArticlePage",
        "pages.StandardPage",
        "pages.ProfessionalPage",
    ]
    subpage_types: ClassVar[list[str]] = ["pages.ArticlePage"]

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")


class StandardPage(BasePage):
    """A page about the site itself: about, accessibility, how we translate, contact."""

    content_type_name = "standard"
    template = "pages/article.html"
    parent_page_types: ClassVar[list[str]] = ["pages.HomePage", "pages.StandardPage"]
    subpage_types: ClassVar[list[str]] = ["pages.StandardPage", "pages.ArticlePage"]

    class Meta:
        verbose_name = _("standard page")
        verbose_name_plural = _("standard pages")


class ProfessionalPage(BasePage):
    """A page for those who work with newcomers."""

    content_type_name = "professional"
    template = "pages/article.html"
    parent_page_types: ClassVar[list[str]] = ["pages.HomePage", "pages.EntrancePage", "pages.ProfessionalPage"]
    subpage_types: ClassVar[list[str]] = ["pages.ProfessionalPage", "pages.ArticlePage"]

    class Meta:
        verbose_name = _("page for professionals")
        verbose_name_plural = _("pages for professionals")
