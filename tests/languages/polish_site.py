"""Run by ``test_twelfth.py`` in a copy of the project that has Polish: makes a site and tells what it shows.

Everything goes the project's own way: its commands for the catalog, its trees, its pages, its addresses.
Prints one JSON object as the last line.
"""

from __future__ import annotations

import json
import re
import sys
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from typing import Any

import django
from django.conf import settings
from django.core.management import call_command

REAL = {
    "Skip to the text": "Przejdź do treści",
    "This text is not in your language yet": "Tego tekstu nie ma jeszcze w Twoim języku",
    "Updated %(date)s": "Zaktualizowano %(date)s",
    "Language of the text: <bdi>%(language)s</bdi>.": "Język tekstu: <bdi>%(language)s</bdi>.",
}
MOMENT = datetime(2026, 3, 5, 12, tzinfo=UTC)


def _stand_in(text: str, mark: str = "Ł") -> str:
    """Text that is no English, with the placeholders and the tags of the source."""
    return re.sub(r"\A(\s*)", rf"\1{mark} ", text)


def fill_catalog() -> str:
    """A whole Polish catalog by the project's commands; returns the key of a message with a plural."""
    from cms.languages.catalogs.exchange import fill, missing
    from cms.languages.catalogs.store import load

    call_command("catalogs", "extract", "--language", "pl", stdout=sys.stderr)
    folder = Path(settings.BASE_DIR, "locale")
    shown = missing(folder, "pl")
    plural = ""
    for message in shown["messages"]:
        if "plural" in message:
            plural = message["msgid"]
            message["msgstr"] = [_stand_in(message["plural"], f"Ł{form}") for form in range(3)]
        else:
            message["msgstr"] = REAL.get(message["msgid"], _stand_in(message["msgid"]))
    fill(folder, "pl", shown)
    call_command("catalogs", "compile", stdout=sys.stderr)
    call_command("catalogs", "check", "--language", "pl", stdout=sys.stderr)
    assert load(folder / "pl" / "LC_MESSAGES" / "django.po")
    return plural


def make_site() -> None:
    """Home in Swedish and Polish, and a page that nobody has translated into Polish."""
    from wagtail.models import Page

    from cms.access.sync import sync
    from pages.tree import ensure_trees
    from tests.factories import make_home, make_page, paragraphs

    call_command("migrate", interactive=False, verbosity=0)
    call_command("load_geography", verbosity=0, stdout=sys.stderr)
    ensure_trees()
    sync()
    make_home()
    make_page("om/", title="Om webbplatsen", body=paragraphs("Svensk text."))
    make_page("nytt/", title="Nytt", body=paragraphs("Nytt på svenska."))
    make_home("pl", title="Witamy w Szwecji")
    make_page("nytt/", "pl", title="Nowości", body=paragraphs("Nowości po polsku."))
    Page.objects.update(first_published_at=MOMENT, last_published_at=MOMENT)


def facts(plural: str) -> dict[str, Any]:
    """What the site shows of Polish."""
    from django.test import Client
    from django.utils import translation
    from django.utils.formats import date_format
    from django.utils.translation import ngettext

    from cms.languages.formats import format_date, format_number
    from tests.html import Document

    client = Client()
    found: dict[str, Any] = {}
    home = Document(client.get("/pl/"))
    found["home"] = [*home.language, home.one("h1").get_text(strip=True), "Przejdź do treści" in home.text]
    bar = Document(client.get("/sv/")).one("nav.languages a[lang=pl]")
    found["bar"] = [bar["href"], bar.get_text(strip=True)]
    chosen = client.get(bar["href"])
    found["chosen"] = [chosen.headers["Location"], chosen.cookies["language"].value]
    page = Document(client.get("/pl/nytt/"))
    found["page"] = ["Nowości po polsku." in page.text, "Zaktualizowano 5 marca 2026" in page.text]
    fallback = Document(client.get("/pl/om/"))
    found["fallback"] = [
        *fallback.language,
        fallback.language_of("Svensk text."),
        REAL["This text is not in your language yet"] in fallback.text,
        "Język tekstu: szwedzki" in fallback.text,
    ]
    missing = client.get("/pl/finns-inte/")
    found["missing"] = [missing.status_code, *Document(missing).language]
    sitemap = client.get("/sitemap.xml").content.decode()
    found["sitemap"] = f'hreflang="pl" href="{settings.BASE_URL}/pl/nytt/"' in sitemap
    found["first visit"] = client.get("/", headers={"accept-language": "pl-PL,en;q=0.5"}).headers["Location"]
    hits = Document(client.get("/pl/search/", {"q": "nowości"}))
    found["search"] = [*hits.language, [link.get_text(strip=True) for link in hits.soup.select('a[href="/pl/nytt/"]')]]
    other = Document(client.get("/pl/search/", {"q": "webbplatsen"}))
    found["search in a fallback"] = [link.get_text(strip=True) for link in other.soup.select('main a[href="/pl/om/"]')]
    found["county"] = client.get("/pl/lan/skane/").status_code
    with translation.override("pl"):
        found["plural"] = [ngettext(plural, "", count)[:2] for count in (0, 1, 2, 5, 12, 22, 100)]
        found["django date"] = date_format(MOMENT.date())
    found["dates"] = [format_date(MOMENT.date(), "pl"), format_number(1234, "pl"), format_number(12345, "pl")]
    found["translator"] = translator_may_edit()
    return found


def translator_may_edit() -> list[bool]:
    """Whether a translator into Polish may edit the Polish home page, and the Swedish one."""
    from django.contrib.auth import get_user_model

    from cms.access.models import RoleAssignment
    from cms.access.sync import sync
    from tests.factories import page_at

    user = get_user_model().objects.create_user("translator-pl@example.org")
    assignment = RoleAssignment(user=user, role="translator", language="pl")
    assignment.full_clean()
    assignment.save()
    sync()
    return [page_at("", code).permissions_for_user(user).can_edit() for code in ("pl", "sv")]


def new_migrations() -> str:
    """What ``makemigrations`` says: a language must be no change of the database's shape."""
    said = StringIO()
    call_command("makemigrations", dry_run=True, stdout=said)
    return said.getvalue()


def main() -> None:
    """Make the catalog before anything asks for it: Django remembers which languages it has."""
    django.setup()
    plural = fill_catalog()
    settings.ALLOWED_HOSTS = ["*"]
    make_site()
    call_command("check", stdout=sys.stderr)
    shown = facts(plural) | {"migrations": new_migrations()}
    sys.stdout.write(json.dumps(shown, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
