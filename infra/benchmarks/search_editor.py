"""An editor: makes the pages of ``search_faults``, then publishes, changes, unpublishes, deletes, three times a second.

``python -m infra.benchmarks.search_editor make`` makes the pages; without ``make`` it edits, rests on SIGUSR2
and goes on with SIGUSR1.
"""

from __future__ import annotations

import itertools
import os
import signal
import sys
import threading

import django

#: What readers type, by language; each word is in the titles of so many pages.
WORDS = {"sv": ("bostad", "vård"), "en": ("school", "doctor"), "ar": ("مدرسة",), "so": ("guri",)}
PAGES = 6


def make() -> None:
    """Homes of the languages of ``WORDS``, and pages with each word."""
    from wagtail.models import Locale, Page

    from pages.addresses import url_path
    from pages.models import ArticlePage, HomePage
    from pages.tree import ensure_trees

    ensure_trees()
    swedish = HomePage.objects.get(url_path=url_path("", "sv"))
    for code, words in WORDS.items():
        locale = Locale.objects.get(language_code=code)
        home = HomePage.objects.filter(url_path=url_path("", code)).first()
        if home is None:
            home = HomePage(
                title=f"Home {code}", slug=f"home-{code}", locale=locale, translation_key=swedish.translation_key
            )
            Page.get_first_root_node().add_child(instance=home)
        home.save_revision().publish()
        for number, word in itertools.product(range(PAGES), words):
            page = ArticlePage(
                title=f"{word.capitalize()} {number}",
                slug=f"{code}-{words.index(word)}-{number}",
                locale=locale,
                search_description=f"{word} {code} " * 5,
            )
            type(home).objects.get(pk=home.pk).add_child(instance=page)
            page.save_revision().publish()


def edit() -> None:
    from pages.models import ArticlePage, HomePage

    going_on, over = threading.Event(), threading.Event()
    signal.signal(signal.SIGUSR1, lambda *_: going_on.set())
    signal.signal(signal.SIGUSR2, lambda *_: going_on.clear())

    def end(*_: object) -> None:
        over.set()
        going_on.set()

    signal.signal(signal.SIGTERM, end)
    parents = list(HomePage.objects.filter(locale__language_code__in=WORDS, live=True))
    pages: list[ArticlePage] = []
    for number in itertools.count():
        going_on.wait()
        if over.wait(0.3):
            return
        if len(pages) < 12:
            # Read anew: a child was added.
            parent = HomePage.objects.get(pk=parents[number % len(parents)].pk)
            page = ArticlePage(title=f"Ändring {number}", slug=f"andring-{os.getpid()}-{number}", locale=parent.locale)
            pages.append(parent.add_child(instance=page))
            continue
        page = ArticlePage.objects.get(pk=pages[number % len(pages)].pk)
        if number % 5 == 0:
            pages.remove(page)
            page.delete()
        elif page.live and number % 2:
            page.unpublish()
        else:
            page.title = f"Ändring {number}"
            page.save_revision().publish()


if __name__ == "__main__":
    django.setup()
    make() if sys.argv[1:] == ["make"] else edit()
