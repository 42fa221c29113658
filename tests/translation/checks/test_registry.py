"""Every check says what it is, why, and is tested; the documentation has them as they are."""

from __future__ import annotations

import inspect
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils.functional import Promise

from cms.languages.registry import CODES, SOURCE
from cms.translation.checks import CHECKS, Check, Severity
from cms.translation.checks.base import register
from cms.translation.checks.table import table
from tests.translation.checks.cases import CASES

#: Tested with a glossary, in test_terms.py.
_WITH_GLOSSARY = {"term", "forbidden-term"}
DOCS = Path(__file__).resolve().parents[3] / "docs" / "translation-checks.md"


@pytest.mark.parametrize("check", CHECKS.values(), ids=lambda check: str(check.code))
def test_a_check_says_what_it_is(check: Check) -> None:
    assert isinstance(check.label, Promise)
    assert check.severity in Severity
    assert len(inspect.getdoc(type(check)) or "") > 40
    assert type(check).__doc__ != Check.__doc__
    assert check.languages is None or (check.languages and check.languages <= set(CODES) - {SOURCE})
    assert any(map(check.holds_for, CODES))


def test_a_check_has_its_tests() -> None:
    assert CASES.keys() | _WITH_GLOSSARY == CHECKS.keys()
    assert [code for code, cases in CASES.items() if not cases.fire or not cases.quiet] == []


def test_a_code_is_taken_once() -> None:
    with pytest.raises(ValueError, match="spaces"):
        register(type(CHECKS["spaces"]))


def test_the_documentation_has_the_table_as_it_is() -> None:
    out = StringIO()
    call_command("translation_checks", "document", stdout=out)
    written = DOCS.read_text().split("`manage.py translation_checks document` -->\n")[1].split("\n<!-- /checks -->")[0]
    assert written == out.getvalue().rstrip("\n") == table()
