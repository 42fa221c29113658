"""Terms in a Swedish text, and whether a translation uses them: whole words, inflected as each language does it."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import transaction

from cms.translation.glossary.entries import Entry, Terms, write
from cms.translation.glossary.models import Concept, Status, Term
from cms.translation.glossary.service import Found, for_language, forbidden_in, terms_in, used
from tests.translation.glossary.conftest import FOLKBOKFORING, entry

pytestmark = pytest.mark.usefixtures("glossary")


def found(text: str, language: str = "en") -> list[tuple[str, str]]:
    """Concept and words of the terms in a text."""
    return [(one.concept, text[one.start : one.end]) for one in terms_in(language, text)]


@pytest.mark.parametrize(
    ("text", "concept", "words"),
    [
        ("Folkbokföring är viktigt.", "folkbokforing", "Folkbokföring"),
        ("Din folkbokföring, alltså.", "folkbokforing", "folkbokföring"),
        ("Med folkbokföringen följer mycket.", "folkbokforing", "folkbokföringen"),
        ("folkbokföringens regler", "folkbokforing", "folkbokföringens"),
        ("Du är FOLKBOKFÖRD här.", "folkbokforing", "FOLKBOKFÖRD"),
        ("folk\u00adbok\u00adföring", "folkbokforing", "folk\u00adbok\u00adföring"),
        ("Uppehållstillståndet gäller.", "uppehallstillstand", "Uppehållstillståndet"),
        ("ett permanent uppehållstillstånd", "permanent-uppehallstillstand", "permanent uppehållstillstånd"),
        (
            "de permanenta\u00a0uppehållstillstånden",
            "permanent-uppehallstillstand",
            "permanenta\u00a0uppehållstillstånden",
        ),
        ("Skriv personnumret.", "personnummer", "personnumret"),
        ("Betala hyran i tid", "hyra", "hyran"),
    ],
)
def test_an_inflected_term_is_found(text: str, concept: str, words: str) -> None:
    assert found(text) == [(concept, words)]


@pytest.mark.parametrize(
    "text", ["folkbokföringsadress", "hyresvärd", "", "123 – 456", "permanent, uppehåll", "Registrering"]
)
def test_a_part_of_a_word_is_no_term(text: str) -> None:
    assert found(text) == []


def test_the_longest_term_wins_and_the_order_is_the_texts() -> None:
    text = "Utan permanent uppehållstillstånd eller uppehållstillstånd ingen folkbokföring."
    assert [key for key, _words in found(text)] == [
        "permanent-uppehallstillstand",
        "uppehallstillstand",
        "folkbokforing",
    ]


def test_the_longest_wins_where_a_shorter_one_begins_before_it() -> None:
    write(entry("a", "ansökan om"), None, None)
    write(entry("b", "om permanent uppehållstillstånd"), None, None)
    assert found("ansökan om permanent uppehållstillstånd") == [("b", "om permanent uppehållstillstånd")]


def test_a_term_of_two_concepts_is_found_twice_and_what_is_written_so_beats_what_is_inflected() -> None:
    write(entry("hyra-2", "hyra", en=("lease",)), None, None)
    write(entry("hyr", "hyran"), None, None)
    assert [key for key, _words in found("hyra")] == ["hyra", "hyra-2"]
    assert [key for key, _words in found("hyran")] == ["hyr"]


def test_what_is_found_says_what_the_term_is_in_the_language() -> None:
    assert terms_in("en", "Folkbokförd?") == [
        Found(
            0,
            11,
            "folkbokforing",
            "folkbokföring",
            ("population registration",),
            ("census", "registration"),
            "Vad folkbokföring är.",
            Status.APPROVED,
        )
    ]
    (no_term,) = terms_in("so", "hyra")
    assert (no_term.approved, no_term.forbidden) == ((), ())
    assert used("so", "wax kale", no_term)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "All Population Registrations are free."),
        ("ar", "يجب عليك تسجيل السكان"),
        ("ar", "وبتسجيل السكان في السويد"),
        ("ar", "التسجيل للسكان"),
        ("prs", "راجستر ثبت نفوس را ببینید"),
        ("fa", "سازمان ثبت احوالِ سوئد"),
        ("fa", "کارت شناسایی‌های خود را"),
        ("so", "Diiwaangelintii dadweynuhu waa lacag la'aan"),
        ("ti", "ብምዝገባ ህዝቢ ትጅምር"),
        ("ti", "ምዝገባታት ህዝብን"),
        ("ru", "после регистрации населения"),
        ("es", "los registros de población"),
        ("fr", "L’inscription au registre est gratuite."),
        ("uk", "для реєстрації населення"),
        ("uk", "немає дозволу"),
    ],
)
def test_an_approved_term_is_recognised_inflected(language: str, text: str) -> None:
    (term,) = terms_in(language, "folkbokföring")
    assert used(language, text, term)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Everybody is counted."),
        ("ar", "هذا نص عن السويد"),
        ("prs", "این یک متن است"),
        ("fa", "این یک متن درباره سوئد است"),
        ("so", "Dadka ku nool Iswiidhan"),
        ("ti", "እዚ ጽሑፍ እዩ"),
        ("ru", "Это текст о населении"),
        ("es", "la población de Suecia"),
        ("fr", "le registre"),
        ("uk", "Це текст про Швецію"),
    ],
)
def test_a_text_without_the_term_does_not_use_it(language: str, text: str) -> None:
    (term,) = terms_in(language, "folkbokföring")
    assert not used(language, text, term)


@pytest.mark.parametrize(
    ("language", "text", "term"),
    [
        ("en", "The censuses say so.", "census"),
        ("ar", "بالتعداد الجديد", "التعداد"),
        ("fa", "این سرشماری‌ها", "سرشماری"),
        ("so", "Tirakoobka cusub", "tirakoob"),
        ("ti", "እዚ ቆጸራ", "ቆጸራ"),
        ("ru", "без прописки", "прописка"),
        ("es", "los censos", "censo"),
        ("fr", "c'est un recensement", "recensement"),
        ("uk", "без прописки", "прописка"),
    ],
)
def test_a_forbidden_term_is_found_inflected(language: str, text: str, term: str) -> None:
    assert forbidden_in(language, text) == [term]


def test_a_forbidden_word_inside_an_approved_term_is_not_forbidden() -> None:
    assert forbidden_in("en", "The population registration is free.") == []
    assert forbidden_in("en", "The population registration needs a registration.") == ["registration"]


def test_forbidden_terms_come_in_the_texts_order_and_of_approved_concepts_alone() -> None:
    assert forbidden_in("en", "Your registration, not a census") == ["registration", "census"]
    Concept.objects.get(key="folkbokforing").delete()
    proposed = Entry("x", "X.", "Y", "", Status.PROPOSED, {"sv": Terms(("x",)), "en": Terms((), ("census",))})
    write(proposed, None, None)
    assert forbidden_in("en", "a census") == []
    assert [one.status for one in terms_in("en", "ett x")] == ["proposed"]


def test_for_language_lists_by_the_swedish_term() -> None:
    assert [(one.concept, one.approved) for one in for_language("ar")] == [
        ("folkbokforing", ("تسجيل السكان",)),
        ("personnummer", ("الرقم الشخصي",)),
        ("uppehallstillstand", ("تصريح إقامة",)),
    ]
    Concept.objects.filter(key="personnummer").update(status=Status.PROPOSED)
    Concept.objects.get(key="hyra").save()
    assert len(for_language("ar")) == 2
    assert len(for_language("ar", proposed=True)) == 3


@pytest.mark.parametrize("units", [1, 300])
def test_any_number_of_texts_takes_two_queries(units: int, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(2):
        for number in range(units):
            assert len(terms_in("ar", f"Folkbokföring {number} och personnummer")) == 2
            assert forbidden_in("ar", f"التعداد {number}") == ["التعداد"]
    with django_assert_num_queries(0):
        for_language("ti")


def test_a_change_is_seen_at_once() -> None:
    assert found("hyra") == [("hyra", "hyra")]
    Term.objects.create(concept=Concept.objects.get(key="hyra"), language="sv", text="hyresavgift")
    assert found("hyresavgiften") == [("hyra", "hyresavgiften")]
    Concept.objects.get(key="hyra").delete()
    assert found("hyra") == []


@pytest.mark.django_db(transaction=True)
def test_another_that_read_in_between_reads_anew_at_the_commit(glossary: Any) -> None:
    with transaction.atomic():
        concept = Concept.objects.get(key=FOLKBOKFORING.key)
        concept.definition = "Ny."
        concept.save()
        Concept.objects.filter(pk=concept.pk).update(definition="Nyare.")
        assert terms_in("en", "folkbokföring")[0].definition == "Nyare."
        Concept.objects.filter(pk=concept.pk).update(definition="Nyast.")
    assert terms_in("en", "folkbokföring")[0].definition == "Nyast."
