"""A machine translation that is killed goes on where it was; workers together keep to the budget."""

from __future__ import annotations

import signal
import threading

import pytest
from django.db import connection

from cms.translation.machine.budget import reserve
from cms.translation.machine.providers import Setup
from cms.translation.machine.providers.libretranslate import LibreTranslate
from tests.own_site import OwnSite, said
from tests.translation.machine.server import Asked, Reply, libretranslate, serving

PARAGRAPHS = 50
_PAGE = f"""
from tests.factories import make_home, make_page, paragraphs
make_home(); make_home("es")
make_page("om/", title="Om", body=paragraphs(*[f"Stycke {{n}} om ditt liv här." for n in range({PARAGRAPHS})]))
"""
_RESERVE = """
from cms.translation.machine.budget import reserve
from cms.translation.machine.providers import Setup
setup = Setup("pseudo", "pseudo", budget=1000)
print("got", sum(7 for _ in range(100) if reserve(setup, "es", 7)))
"""


@pytest.mark.timeout(300)
def test_killed_in_the_middle(own_site: OwnSite) -> None:
    own_site.manage("shell", "-c", _PAGE)
    reached, go_on = threading.Event(), threading.Event()
    batches: list[list[str]] = []

    def answer(asked: Asked) -> Reply:
        if asked.path == "/translate":
            batches.append(asked.body["q"])
            if len(batches) == 2:
                reached.set()
                go_on.wait(60)
        return libretranslate(asked)

    with serving(answer) as server:
        provider = {"VAGVISARE_MACHINE": f"libretranslate+{server.address}", "VAGVISARE_MACHINE_RATE": "0"}
        first = own_site.start("machine_translate", "es", "--path=om", **provider)
        assert reached.wait(60)
        first.send_signal(signal.SIGKILL)
        first.wait()
        go_on.set()
        written = "SELECT COUNT(*) FROM translation_textversion"
        assert own_site.rows(written) == [(LibreTranslate.max_texts,)]
        again = own_site.manage("machine_translate", "es", "--path=om", **provider)
    assert again == f"om es: done, {PARAGRAPHS + 1} of {PARAGRAPHS + 1}\n"
    # Every text once, and only the batch in flight was sent, and counted, twice.
    assert own_site.rows(written) == [(PARAGRAPHS + 1,)]
    assert own_site.rows("SELECT COUNT(DISTINCT path || source_text) FROM translation_textversion") == [
        (PARAGRAPHS + 1,)
    ]
    assert batches[1] == batches[2]
    sent = sum(len(text) for batch in batches for text in batch)
    assert own_site.rows("SELECT characters FROM machine_translation_usage") == [(sent,)]
    assert own_site.rows("SELECT COUNT(*) FROM machine_translation_machinejob WHERE status = 'done'") == [(1,)]
    assert own_site.rows("SELECT COUNT(*) FROM wagtailcore_page WHERE url_path = '/home-es/om/' AND live") == [(0,)]


@pytest.mark.timeout(300)
def test_workers_together_never_exceed_the_budget(own_site: OwnSite) -> None:
    workers = [own_site.start("shell", "-c", _RESERVE) for _ in range(3)]
    got = sum(int(said(worker).rpartition("got")[2]) for worker in workers)
    assert got == 1000 - 1000 % 7
    assert own_site.rows("SELECT characters FROM machine_translation_usage") == [(got,)]


@pytest.mark.skipif(connection.vendor == "sqlite", reason="threads have one connection on SQLite in memory")
@pytest.mark.django_db(transaction=True)
def test_threads_together_never_exceed_the_budget() -> None:
    setup = Setup("pseudo", "pseudo", budget=1000)
    got: list[int] = []

    def work() -> None:
        got.extend(7 for _ in range(100) if reserve(setup, "es", 7))
        connection.close()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(got) == 1000 - 1000 % 7
