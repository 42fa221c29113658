"""The trees that every installation has: locales, site, roots, a page for each county."""

from __future__ import annotations

from django.db import transaction
from wagtail.models import Locale, Page, Site

from cms.access.scopes import HOME_ROOT, LOCAL_ROOT
from cms.geography.models import County
from cms.languages.registry import CODES, SOURCE
from pages.models import CountyPage, HomePage, LocalRootPage


def locales() -> dict[str, Locale]:
    """The ``Locale`` of each language of the registry, made where it is missing."""
    existing = {locale.language_code: locale for locale in Locale.objects.all()}
    for code in CODES:
        if code not in existing:
            existing[code] = Locale.objects.create(language_code=code)
    return existing


def home_root(code: str) -> HomePage | None:
    """The home page of a language, published or not."""
    return HomePage.objects.filter(slug=f"{HOME_ROOT}{code}", depth=2).first()


def local_root(code: str) -> LocalRootPage | None:
    """The root of a language's local tree."""
    return LocalRootPage.objects.filter(slug=f"{LOCAL_ROOT}{code}", depth=2).first()


def ensure_local_root(code: str) -> LocalRootPage:
    """The root of a language's local tree, made where it is missing."""
    existing = local_root(code)
    if existing is not None:
        return existing
    root = Page.get_first_root_node()
    source = local_root(SOURCE)
    page = LocalRootPage(
        title=f"Lokal information ({code})",
        slug=f"{LOCAL_ROOT}{code}",
        locale=locales()[code],
        live=False,
    )
    if source is not None:
        page.translation_key = source.translation_key
    root.add_child(instance=page)
    return page


@transaction.atomic
def ensure_trees() -> None:
    """Make what is missing of locales, the Swedish roots, the site and the counties' pages.

    The pages are made unpublished: what nobody has written is not shown. Run again, it changes nothing.
    """
    by_code = locales()
    root = Page.get_first_root_node()
    home = home_root(SOURCE)
    if home is None:
        home = HomePage(title="Vägvisare", slug=f"{HOME_ROOT}{SOURCE}", locale=by_code[SOURCE], live=False)
        root.add_child(instance=home)
    site = Site.objects.filter(is_default_site=True).first()
    if site is None:
        Site.objects.create(hostname="localhost", site_name="Vägvisare", root_page=home, is_default_site=True)
    elif site.root_page_id != home.pk:
        old = site.root_page
        site.root_page = home
        site.site_name = "Vägvisare"
        site.save()
        # Wagtail's own first page says nothing to anybody.
        if old.specific_class is Page and not old.get_children().exists():
            Page.objects.get(pk=old.pk).delete()
    local = ensure_local_root(SOURCE)
    have = set(CountyPage.objects.filter(path__startswith=local.path).values_list("county_id", flat=True))
    for county in County.objects.order_by("code"):
        if county.code not in have:
            # Read again: treebeard counts children on the row.
            LocalRootPage.objects.get(pk=local.pk).add_child(
                instance=CountyPage(
                    title=county.name, slug=county.slug, county=county, locale=by_code[SOURCE], live=False
                )
            )
