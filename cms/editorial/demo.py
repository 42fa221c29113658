"""The demo: its content, publishers and accounts. Only where ``settings.DEMO`` is set."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction
from wagtail.models import Site
from wagtail.users.models import UserProfile

import pages.content
from cms.access.models import RoleAssignment
from cms.access.sync import sync
from pages.content.importer import import_tree
from pages.content.report import Action
from pages.models import HomePage, Publisher
from pages.tree import ensure_trees
from search.editors.demo import load_synonyms

CONTENT = Path(pages.content.__file__).parent / "demo"
DOMAIN = "example.org"


@dataclass(frozen=True, slots=True)
class Account:
    """A demo account: the part of its address before the @, and its role."""

    name: str
    role: str
    county: str | None = None
    language: str = ""

    @property
    def email(self) -> str:
        return f"{self.name}@{DOMAIN}"


ACCOUNTS: tuple[Account, ...] = (
    Account("admin", "site-administrator"),
    Account("national-editor", "national-editor"),
    Account("national-publisher", "national-publisher"),
    *(Account(f"county-editor-{code}", "county-editor", code) for code in ("14", "12", "09")),
    *(Account(f"county-publisher-{code}", "county-publisher", code) for code in ("14", "12", "09")),
    Account("translator-ar", "translator", language="ar"),
    Account("translator-ti", "translator", language="ti"),
    Account("translator-ar-14", "translator", "14", "ar"),
    Account("reviewer-ar", "reviewer", language="ar"),
    Account("reviewer-ti", "reviewer", language="ti"),
    Account("analyst", "analyst"),
)

#: Name and a sentence about the site, by language.
PUBLISHERS = {
    "sv": ("Länsstyrelserna", "Den här webbplatsen är en demonstration av Vägvisare."),
    "en": ("The county administrative boards (länsstyrelserna)", "This site is a demonstration of Vägvisare."),
    "ar": ("مجالس إدارة المحافظات (länsstyrelserna)", "هذا الموقع عرض تجريبي لموقع Vägvisare."),
    "prs": ("شوراهای ولایتی (länsstyrelserna)", "این ویب‌سایت یک نمونهٔ نمایشی از Vägvisare است."),
    "fa": ("اداره‌های استانداری (länsstyrelserna)", "این وبگاه نمونه‌ای نمایشی از Vägvisare است."),
    "so": ("Maamullada gobollada (länsstyrelserna)", "Boggani waa tusaale lagu soo bandhigayo Vägvisare."),
    "ti": ("ምምሕዳራት ዞባታት (länsstyrelserna)", "እዚ መርበብ ሓበሬታ መርኣያ ናይ Vägvisare እዩ።"),
    "ru": ("Правления ленов (länsstyrelserna)", "Этот сайт — демонстрация Vägvisare."),
    "es": ("Las administraciones provinciales (länsstyrelserna)", "Este sitio es una demostración de Vägvisare."),
    "fr": ("Les préfectures de comté (länsstyrelserna)", "Ce site est une démonstration de Vägvisare."),
    "uk": ("Правління ленів (länsstyrelserna)", "Цей сайт — демонстрація Vägvisare."),
}


def load_accounts() -> None:
    """Make the accounts that are missing, with their roles; a password that was changed stays."""
    users = get_user_model()
    for account in ACCOUNTS:
        user, made = users.objects.get_or_create(
            username=account.email, defaults={"email": account.email, "first_name": account.name}
        )
        if made:
            user.set_password(settings.DEMO_PASSWORD)
            user.save()
            UserProfile.objects.update_or_create(user=user, defaults={"preferred_language": "en"})
        RoleAssignment.objects.get_or_create(
            user=user, role=account.role, county_id=account.county, language=account.language
        )


def load_publishers() -> None:
    """Name the publisher where nobody has."""
    site = Site.objects.get(is_default_site=True)
    for language, (name, about) in PUBLISHERS.items():
        Publisher.objects.get_or_create(
            site=site,
            language=language,
            defaults={
                "name": name,
                "organisation_number": "000000-0000",
                "address": "Storgatan 1, 123 45 Staden",
                "email": f"redaktionen@{DOMAIN}",
                "about": about,
            },
        )


def _every(step: int, say: Callable[[str], None]) -> Callable[[str], None]:
    """``say`` for each ``step``-th line alone: progress that a person can follow."""
    count = itertools.count(1)

    def sometimes(line: str) -> None:
        if next(count) % step == 0:
            say(line)

    return sometimes


@transaction.atomic
def load_demo(say: Callable[[str], None], *, again: bool = False) -> None:
    """Load the demo into a site that has none; what editors changed since is left alone."""
    ensure_trees()
    if again or not HomePage.objects.live().exists():
        report = import_tree(CONTENT, progress=_every(50, say))
        say(f"{len(report.of(Action.CREATED)) + len(report.of(Action.CHANGED))} pages, {report.pictures} pictures")
    load_publishers()
    synonyms = load_synonyms()
    for line in [f"{synonyms.added} synonyms added", *synonyms.faults] if synonyms.added or synonyms.faults else ():
        say(line)
    load_accounts()
    sync()
