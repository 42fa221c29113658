"""Pages of the nation and of two counties, in two languages: drafts, published ones, and changes to those."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from pages.models import ArticlePage, BasePage, CountyPage, LocalPage, ThemePage
from tests.access.test_sync import person
from tests.factories import make_home, make_page, page_at, paragraphs, publish

PLACES = {"national": "att-bo/", "skane": "lan/skane/", "gotland": "lan/gotland/"}
LANGUAGES = ("sv", "ar")
#: A word for each place and language; in the draft, and in the changes of the published page.
SECRETS = {
    ("national", "sv"): "kastanj",
    ("skane", "sv"): "bokskog",
    ("gotland", "sv"): "raukar",
    ("national", "ar"): "كستناء",
    ("skane", "ar"): "مرجان",
    ("gotland", "ar"): "ياقوت",
}
PEOPLE: dict[str, tuple[str, str | None, str]] = {
    "national-editor": ("national-editor", None, ""),
    "national-publisher": ("national-publisher", None, ""),
    "county-editor-skane": ("county-editor", "12", ""),
    "county-publisher-skane": ("county-publisher", "12", ""),
    "county-editor-gotland": ("county-editor", "09", ""),
    "translator-ar": ("translator", None, "ar"),
    "translator-ar-skane": ("translator", "12", "ar"),
    "reviewer-ar": ("reviewer", None, "ar"),
    "reviewer-ar-skane": ("reviewer", "12", "ar"),
    "translator-so": ("translator", None, "so"),
    "site-administrator": ("site-administrator", None, ""),
    "analyst": ("analyst", None, ""),
}
#: Whose drafts each of them may see, from the table of docs/access.md.
SEES: dict[str, set[tuple[str, str]]] = {
    "national-editor": {("national", "sv")},
    "national-publisher": {("national", "sv")},
    "county-editor-skane": {("skane", "sv")},
    "county-publisher-skane": {("skane", "sv")},
    "county-editor-gotland": {("gotland", "sv")},
    "translator-ar": {("national", "ar")},
    "translator-ar-skane": {("skane", "ar")},
    "reviewer-ar": {("national", "ar")},
    "reviewer-ar-skane": {("skane", "ar")},
    "translator-so": set(),
    "site-administrator": set(),
    "analyst": set(),
}


def _top(place: str, code: str) -> None:
    path = PLACES[place]
    if place == "national":
        make_page(path, code, ThemePage, title=f"Tema {code}")
    elif code == "sv":
        publish(page_at(path))
    else:
        source: Any = page_at(path)
        make_page(path, code, CountyPage, county=source.county, title=f"{place} {code}")


def make_site() -> dict[str, BasePage]:
    """The pages, by «place language draft» and «place language live»."""
    made = {}
    for code in LANGUAGES:
        make_home(code)
        for place, path in PLACES.items():
            _top(place, code)
            model = ArticlePage if place == "national" else LocalPage
            secret = SECRETS[place, code]
            made[f"{place} {code} draft"] = make_page(
                f"{path}utkast/",
                code,
                model,
                live=False,
                title=f"Utkast {place} {code}",
                body=paragraphs(f"Text {secret} <b>1</b>."),
            )
            live: Any = make_page(f"{path}sida/", code, model, title=f"Sida {place} {code}")
            live.title = f"Ny titel {place} {code}"
            live.body = paragraphs(f"Ny text {secret} 2.")
            live.save_revision()
            made[f"{place} {code} live"] = live
    return made


def client_of(user: Any) -> Client:
    """A signed-in browser."""
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture(scope="module")
def site(shared_database: None) -> dict[str, BasePage]:
    return make_site()


@pytest.fixture
def editor(site: dict[str, BasePage]) -> Client:
    """The county editor of Skåne."""
    return client_of(person(*PEOPLE["county-editor-skane"]))
