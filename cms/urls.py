"""Every address of the site."""

from __future__ import annotations

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from cms.access.signin.addresses import to_sign_in, wagtail_patterns
from cms.access.signin.addresses import urlpatterns as account_patterns
from cms.api import api
from cms.health import healthz, readyz
from pages import views as pages_views
from pages.media import serve_media
from pages.sitemap import robots, sitemap
from search import views as search_views

PAGE_PASSWORD = "wagtailcore_authenticate_with_password"  # noqa: S105  (an address's name)

urlpatterns = [
    path("", pages_views.first_visit, name="first_visit"),
    path("healthz", healthz),
    path("readyz", readyz),
    path("sitemap.xml", sitemap, name="sitemap"),
    path("robots.txt", robots),
    re_path(r"^language/(?P<code>[\w\-]+)/(?P<path>(?:[\w\-]+/)*)$", pages_views.choose_language),
    path("api/v1/", api.urls),
    path("accounts/", include(account_patterns)),
    # Before Wagtail's own, which know no second factor.
    path("admin/", include(wagtail_patterns)),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    re_path(r"^media/(?P<path>.+)$", serve_media),
]

if settings.DEMO:
    from pages.patterns import patterns_view

    urlpatterns.append(path("patterns/", patterns_view, name="patterns"))

urlpatterns += i18n_patterns(
    path("search/", search_views.search, name="search"),
    path("_util/login/", to_sign_in, name="wagtailcore_login"),
    # Wagtail's form for a private page's password, without its own log-in and its own view of pages.
    path("", include([entry for entry in wagtail_urls.urlpatterns if entry.name == PAGE_PASSWORD])),
    re_path(r"^((?:[\w\-]+/)*)$", pages_views.serve, name="wagtail_serve"),
)

handler404 = "pages.views.not_found"
handler500 = "pages.views.server_error"
