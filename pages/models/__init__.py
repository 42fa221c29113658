"""The page types, one subject a file."""

from pages.models.base import BasePage
from pages.models.cachetag import CacheTag
from pages.models.home import HomePage
from pages.models.local import CountyPage, LocalPage, LocalRootPage
from pages.models.national import ArticlePage, EntrancePage, ProfessionalPage, StandardPage, ThemePage
from pages.models.news import NewsIndexPage, NewsPage
from pages.models.publisher import Publisher

__all__ = [
    "ArticlePage",
    "BasePage",
    "CacheTag",
    "CountyPage",
    "EntrancePage",
    "HomePage",
    "LocalPage",
    "LocalRootPage",
    "NewsIndexPage",
    "NewsPage",
    "ProfessionalPage",
    "Publisher",
    "StandardPage",
    "ThemePage",
]
