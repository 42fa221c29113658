"""Against a real server: Apertium's APy with its English–Spanish pair (``make services``).

It has no pair from Swedish, so the page that it translates here is in English, and the settings say
that this server calls the site's source language ``eng``. That shows that jobs, protection, checks
and saving work with a machine that moves words and tags about. It shows nothing of the quality of
translations from Swedish.
"""

from __future__ import annotations

import os
from collections import Counter

import pytest

from cms.settings.machine import provider
from cms.translation.machine.models import JobStatus
from cms.translation.machine.protect import to_coded
from cms.translation.machine.providers import Setup, make
from cms.translation.machine.service import open_job, run
from cms.translation.markup import numbers_of
from tests.conftest import REQUIRE_SERVICES
from tests.factories import make_home, make_page, paragraphs
from tests.translation.machine.conftest import Use
from tests.translation.machine.test_service import record_of, texts

ADDRESS = os.environ.get("APERTIUM_URL", "")
pytestmark = pytest.mark.skipif(not ADDRESS and not REQUIRE_SERVICES, reason="no Apertium (APERTIUM_URL)")


@pytest.fixture(autouse=True)
def _there() -> None:
    assert ADDRESS, "REQUIRE_SERVICES=1, but APERTIUM_URL is not set"


def test_it_says_what_it_can() -> None:
    setup = Setup(**provider(f"apertium+{ADDRESS}", budget=1, rate=1))
    assert make(setup).languages() == {("en", "es"), ("es", "en")}


def test_tags_survive_a_real_translation() -> None:
    setup = Setup(**provider(f"apertium+{ADDRESS}", budget=1, rate=1))
    given = [
        'Call <g id="1">112</g> &amp; wait.',
        'The municipality helps you.<x id="1"/>Read more at <g id="2">the <g id="3">blue</g> page</g>.',
        "1 &lt; 2",
    ]
    got = [to_coded(text) for text in make(setup).translate(given, "en", "es", [])]
    assert got[0] == "Llamada ⟦1⟧112⟦/1⟧ & espera."
    assert numbers_of(got[1]) == Counter(["⟦1/⟧", "⟦2⟧", "⟦3⟧", "⟦/3⟧", "⟦/2⟧"])
    assert got[1].startswith("El municipio")
    assert got[2] == "1 < 2"


@pytest.mark.django_db
def test_a_whole_page(use: Use) -> None:
    make_home()
    make_home("es")
    source = make_page(
        "om/",
        title="Health and school",
        search_description="How you get help.",
        body=paragraphs(
            "Call <b>112</b> if you are ill.",
            'Read more on <a href="https://www.1177.se/">the page</a> &amp; ask.',
            "040-10 00 00",
        ),
    )
    use(f"apertium+{ADDRESS}?codes=sv:eng")
    job = open_job(record_of(source))
    run.call(job.pk)
    job.refresh_from_db()
    assert (job.status, job.done, job.total, job.discarded) == (JobStatus.DONE, 5, 5, [])
    assert texts(source) == [
        "Salud y escuela",
        "Cómo coges ayuda.",
        "Llamada <b>112</b> si eres enfermo.",
        'Leído más en <a id="a1">la página</a> &amp; pide.',
        "040-10 00 00",
    ]
