"""What a machine wrote, held against what it was given. What fails is not saved, whatever provider it is from."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from cms.translation.checks import Severity, Subject, run
from cms.translation.localize import Unit
from cms.translation.markup import numbers_of, plain, tags_of, to_coded, to_html, without_tags

_ONLY_ADDRESS = re.compile(r"\s*(?:(?:https?://|www\.)\S+|[^\s@]+@[^\s@]+\.\w+)\s*")
_KEPT_ANSWER = 500


def needs_no_machine(source: str) -> bool:
    """Whether the text is the same in every language: no letters, or an address alone."""
    text = plain(source)
    return not any(char.isalpha() for char in text) or _ONLY_ADDRESS.fullmatch(text) is not None


def coded_source(unit: Unit) -> str:
    """The unit's source in the numbered form."""
    return to_coded(unit.source, tags_of(unit.source))


def fault(unit: Unit, language: str, coded: str, limits: Mapping[str, int]) -> tuple[str, str] | None:
    """The first thing wrong with a translation in the numbered form: the check's name, and a sentence; or ``None``.

    Of a person's text a missing tag is a warning, of a machine's an error: nobody meant it. The rest
    are the errors of the checks: numbers, addresses, placeholders, script, forbidden terms, length.
    ``limits``: by path, how many characters fit.
    """
    if not without_tags(coded).strip():
        return "empty", _("It is empty.")
    if numbers_of(coded_source(unit)) != numbers_of(coded):
        return "tags", _("Its formatting is not the original's.")
    try:
        html = to_html(coded, tags_of(unit.source))
    except ValidationError as error:
        return "tags", " ".join(error.messages)
    subject = Subject(language, unit.source, html, unit.links, unit.path, limits.get(unit.path))
    for finding in run(subject):
        if finding.severity is Severity.ERROR:
            return finding.check, finding.message
    return None


def report(unit: Unit, check: str, message: str, answer: str = "") -> dict[str, Any]:
    """A discarded text as a job keeps it."""
    return {"unit": unit.id, "path": unit.path, "check": check, "message": message, "text": answer[:_KEPT_ANSWER]}
