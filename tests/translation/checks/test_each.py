"""Each check speaks of what it is for, and of nothing else."""

from __future__ import annotations

import pytest
from django.utils import translation

from cms.translation.checks import CHECKS, Severity, Subject, run
from tests.translation.checks.cases import CASES, case


def _only(code: str, subject: Subject) -> list[str]:
    check = CHECKS[code]
    return [finding.message for finding in check.find(subject)] if check.holds_for(subject.language) else []


@pytest.mark.parametrize(("code", "subject"), [(code, one) for code, cases in CASES.items() for one in cases.fire])
def test_it_fires(code: str, subject: Subject) -> None:
    assert _only(code, subject)


@pytest.mark.parametrize(("code", "subject"), [(code, one) for code, cases in CASES.items() for one in cases.quiet])
def test_it_is_quiet(code: str, subject: Subject) -> None:
    assert _only(code, subject) == []


def _said(subject: Subject, code: str) -> list[tuple[Severity, str, str]]:
    """Severity, message and the piece of text that each finding of the check points at."""
    with translation.override("en"):
        return [
            (found.severity, found.message, subject.plain[found.start : found.end] if found.start is not None else "")
            for found in CHECKS[code].find(subject)
        ]


@pytest.mark.parametrize(
    ("code", "subject", "expected"),
    [
        (
            "links",
            case("ar", 'Läs om <a id="a1">skatt &amp; lön</a>.', "اقرأ."),
            (Severity.ERROR, "The link “skatt & lön” is missing.", ""),
        ),
        (
            "numbers",
            case("en", "Inom <b>30</b> dagar.", "Within <b>13</b> days."),
            (Severity.ERROR, "The original says “30”, the translation “13”.", "13"),
        ),
        (
            "numbers",
            case("en", "Inom 14 dagar.", "Within 2 weeks."),
            (Severity.WARNING, "The number “14” is missing.", ""),
        ),
        (
            "dates",
            case("uk", "Den 4 mars 2027.", "4 травня 2027 року."),
            (Severity.ERROR, "The original says “4 mars 2027”, the translation “травня”.", "травня"),
        ),
        (
            "dates",
            case("uk", "Den 4 mars 2027.", "4 березня."),
            (Severity.WARNING, "The date “4 mars 2027” is missing.", ""),
        ),
        (
            "phone",
            case("es", "Ring polisen.", "Llame al 112."),
            (Severity.WARNING, "The telephone number “112” is not in the original.", "112"),
        ),
        (
            "end-mark",
            case("ti", "Läs mer.", "ዝያዳ ኣንብቡ."),
            (Severity.WARNING, "The original ends with “.”: the text should end with “።”.", "."),
        ),
        (
            "alphabet",
            case("uk", "Du", "Це вы"),
            (Severity.ERROR, "“вы” has letters that українська has not: ы.", "вы"),
        ),
        (
            "alphabet",
            case("ar", "Göteborg", "گوتنبرغ"),
            (Severity.WARNING, "“گوتنبرغ” has letters that العربية has not: گ.", "گوتنبرغ"),
        ),
        (
            "max-length",
            case("es", "Skatt", "Impuesto", max_length=5),
            (Severity.ERROR, "The text has 8 characters; 5 fit here.", "sto"),
        ),
        (
            "french-space",
            case("fr", "Vad?", "Quoi ?"),
            (Severity.WARNING, "Before “?” stands a no-break space.", " ?"),
        ),
    ],
)
def test_it_says_what_and_where(code: str, subject: Subject, expected: tuple[Severity, str, str]) -> None:
    assert _said(subject, code)[0] == expected


@pytest.mark.django_db
def test_errors_come_first() -> None:
    found = run(case("uk", "Ring 112 nu.", "Подзвоніть  вы"))
    assert [finding.severity for finding in found] == sorted(
        (finding.severity for finding in found), key=lambda severity: severity is not Severity.ERROR
    )
    assert {"phone", "alphabet", "spaces", "end-mark"} <= {finding.check for finding in found}


def test_of_a_text_that_is_not_there_it_says_only_that() -> None:
    assert [finding.check for finding in run(case("ar", "Ring <b>112</b>.", ""))] == ["untranslated"]
    assert run(case("ar", "", "")) == []
