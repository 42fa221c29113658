"""What search engines are told: every public page once a language that it exists in."""

from __future__ import annotations

from django.conf import settings
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cms.access.scopes import LOCAL_SEGMENT
from cms.geography.models import County, Municipality
from cms.languages.registry import CODES
from pages.addresses import address
from pages.cache.tags import ANY, depends
from pages.frame import alternates
from pages.reading import versions


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """``/sitemap.xml`` with ``hreflang``; fallbacks are not listed."""
    depends(request, ANY)
    dates: dict[str, dict[str, str]] = {}
    for version in versions(Q(depth__gte=2)):
        if version.type != "localroot":
            modified = version.last_published_at.date().isoformat() if version.last_published_at else ""
            dates.setdefault(version.path, {})[version.code] = modified
    # A place's page is made of data in every language; a municipality's is worth finding when
    # somebody has written something there.
    places = {
        f"{LOCAL_SEGMENT}/",
        *(f"{LOCAL_SEGMENT}/{slug}/" for slug in County.objects.values_list("slug", flat=True)),
    }
    municipalities = {
        f"{LOCAL_SEGMENT}/{county}/{slug}/" for county, slug in Municipality.objects.values_list("county__slug", "slug")
    }
    places |= municipalities & set(dates)
    for path in sorted(places):
        known = dates.get(path, {})
        dates[path] = {code: known.get(code, "") for code in CODES}
    rows = [
        {
            "address": settings.BASE_URL + address(path, code),
            "modified": modified,
            "alternates": alternates(path, set(by_code)),
        }
        for path, by_code in dates.items()
        for code, modified in by_code.items()
    ]
    return render(request, "sitemap.xml", {"rows": rows}, content_type="application/xml")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """``/robots.txt``."""
    lines = ["User-agent: *", "Disallow: /admin/", "Disallow: /language/", f"Sitemap: {settings.BASE_URL}/sitemap.xml"]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain")
