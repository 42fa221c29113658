"""The glossary's terms in the checks."""

from __future__ import annotations

import pytest
from django.utils import translation

from cms.translation.checks import Severity, run
from cms.translation.glossary.models import Concept, Kind, Status, Term
from tests.translation.checks.cases import case

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def glossary() -> None:
    """What a municipality is called, and is not; and a concept that nobody has decided on."""
    kommun = Concept.objects.create(key="kommun", definition="En kommun.", source="SCB", status=Status.APPROVED)
    lan = Concept.objects.create(key="lan", definition="Ett län.", source="SCB", status=Status.PROPOSED)
    for concept, language, text, kind in (
        (kommun, "sv", "kommun", Kind.APPROVED),
        (kommun, "en", "municipality", Kind.APPROVED),
        (kommun, "en", "commune", Kind.FORBIDDEN),
        (kommun, "uk", "муніципалітет", Kind.APPROVED),
        (kommun, "uk", "коммуна", Kind.FORBIDDEN),
        (kommun, "ar", "البلدية", Kind.APPROVED),
        (lan, "sv", "län", Kind.APPROVED),
        (lan, "en", "county", Kind.APPROVED),
    ):
        Term.objects.create(concept=concept, language=language, text=text, kind=kind, preferred=kind == Kind.APPROVED)


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "Ask your municipality.", []),
        ("en", "Ask your town hall.", [("term", Severity.WARNING)]),
        ("en", "Ask your commune.", [("forbidden-term", Severity.ERROR), ("term", Severity.WARNING)]),
        ("uk", "Запитайте у муніципалітеті.", []),
        ("uk", "Запитайте: ваша коммуна.", [("forbidden-term", Severity.ERROR), ("term", Severity.WARNING)]),
        ("ar", "اسأل البلدية.", []),
        ("ar", "اسأل المدينة.", [("term", Severity.WARNING)]),
        ("fr", "Demandez à votre mairie.", []),
    ],
)
def test_an_approved_term_is_used_and_a_forbidden_one_is_not(
    language: str, text: str, expected: list[tuple[str, Severity]]
) -> None:
    found = run(case(language, "Fråga din kommun.", text))
    assert [(finding.check, finding.severity) for finding in found] == expected


def test_it_names_the_term_and_shows_the_forbidden_one() -> None:
    subject = case("en", "Fråga din kommun.", "Ask your commune.")
    with translation.override("en"):
        forbidden, missing = run(subject)
    assert missing.message == "The glossary has “municipality” for “kommun”."
    assert subject.plain[forbidden.start : forbidden.end] == "commune"


def test_search_words_may_be_any_word_and_another_word_of_the_stem_is_no_term() -> None:
    assert run(case("en", "kommun<br/>hyra", "commune<br/>rent", "search_words")) == []
    assert run(case("en", "Det är kommunalt.", "It is public.")) == []


def test_an_authority_may_keep_its_name() -> None:
    concept = Concept.objects.create(key="verket", definition="Ett verk.", source="SCB", status=Status.APPROVED)
    Term.objects.create(concept=concept, language="sv", text="Migrationsverket", preferred=True)
    Term.objects.create(concept=concept, language="es", text="Dirección de Migraciones", preferred=True)
    assert run(case("es", "Fråga Migrationsverket.", "Pregunta a Migrationsverket.")) == []
    assert [found.check for found in run(case("es", "Fråga Migrationsverket.", "Pregunta a la policía."))] == ["term"]


def test_a_concept_that_is_not_decided_on_is_checked_by_nothing() -> None:
    assert run(case("en", "Fråga ditt län.", "Ask your region.")) == []
