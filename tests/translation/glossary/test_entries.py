"""What a concept may say, and that the database holds to it too."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from cms.translation.glossary.entries import Entry, Terms, entries, problems, write
from cms.translation.glossary.models import Concept, Kind, Status, Term
from tests.translation.glossary.conftest import ALL, FOLKBOKFORING, HYRA

pytestmark = pytest.mark.usefixtures("glossary")


def test_what_was_written_is_read_back() -> None:
    assert entries() == {one.key: one for one in ALL}
    assert [problems(one) for one in ALL] == [[]] * len(ALL)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        (replace(HYRA, key="Å b"), "“Å b” is not a key: only a–z, 0–9 and single hyphens."),
        (replace(HYRA, key="hyra\n"), "“hyra\n” is not a key: only a–z, 0–9 and single hyphens."),
        (replace(HYRA, status="maybe"), "There is no status “maybe”."),
        (replace(HYRA, definition=""), "The definition is missing."),
        (replace(HYRA, source=""), "The source is missing."),
        (replace(HYRA, source_url="javascript:alert(1)"), "“javascript:alert(1)” is not an address."),
        (replace(HYRA, definition="=cmd()"), "“=cmd()” may not begin with =, +, - or @."),
        (HYRA.with_terms("sv", Terms()), "The Swedish term is missing."),
        (HYRA.with_terms("ar", Terms(("إيجار",), ("إيجار",))), "العربية: “إيجار” is both approved and forbidden."),
        (HYRA.with_terms("en", Terms(("Rent",), ("rent",))), "English: “rent” is both approved and forbidden."),
        (HYRA.with_terms("en", Terms(("rent", "Rent"))), "English: a term stands there twice."),
        (HYRA.with_terms("en", Terms((), (), ("rents",))), "English: there are inflected forms of no term."),
        (HYRA.with_terms("en", Terms(("–",))), "English: “–” has no letter."),
        (HYRA.with_terms("en", Terms(("a|b",))), "English: “a|b” may not hold “|”."),
        (HYRA.with_terms("ar", Terms(("a\u202eb",))), "العربية: “a\\u202eb” has a character that can't be seen."),
        (HYRA.with_terms("en", Terms(("x" * 201,))), "English: a term is longer than 200 characters."),
        (replace(HYRA, terms={**HYRA.terms, "xx": Terms(("y",))}), "There is no language “xx”."),
    ],
)
def test_what_is_wrong_is_said(wrong: Entry, sentence: str) -> None:
    assert problems(wrong) == [sentence]


def test_persian_keeps_its_joiner() -> None:
    assert problems(HYRA.with_terms("fa", Terms(("اجاره‌بها",)))) == []


def test_a_model_says_what_is_wrong_with_a_term() -> None:
    concept = Concept.objects.get(key="folkbokforing")
    census = Term(concept=concept, language="en", text="Census", kind=Kind.APPROVED)
    with pytest.raises(ValidationError, match="both approved and forbidden"):
        census.full_clean()
    second = Term(concept=concept, language="en", text="civil registry", preferred=True)
    with pytest.raises(ValidationError, match="has a preferred term in this language already"):
        second.full_clean()
    bad = Term(concept=concept, language="en", text="list", kind=Kind.FORBIDDEN, preferred=True)
    with pytest.raises(ValidationError, match="can't be the preferred one"):
        bad.full_clean()


@pytest.mark.parametrize(
    "values",
    [
        {"text": "census", "kind": Kind.APPROVED},
        {"text": "civil registry", "preferred": True},
        {"text": "list", "kind": Kind.FORBIDDEN, "preferred": True},
    ],
)
def test_the_database_holds_to_it(values: dict[str, object]) -> None:
    concept = Concept.objects.get(key="folkbokforing")
    with pytest.raises(IntegrityError), transaction.atomic():
        Term.objects.create(concept=concept, language="en", **values)


def test_languages_that_do_not_change_are_not_written_anew() -> None:
    concept = Concept.objects.get(key="folkbokforing")
    before = dict(concept.terms.values_list("text", "pk"))
    write(FOLKBOKFORING.with_terms("en", Terms(("civil registry",))), concept, FOLKBOKFORING)
    after = dict(concept.terms.values_list("text", "pk"))
    assert after.pop("civil registry") not in before.values()
    assert after.items() <= before.items()
    assert before.keys() - after.keys() == {"population registration", "census", "registration"}
    assert concept.status == Status.APPROVED
