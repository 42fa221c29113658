"""What the memory, the glossary and the checks have to say of a text, in the words of the room's pages."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.core.exceptions import ValidationError

from cms.access.naming import name_of
from cms.translation.checks import Finding, Severity, key, run_all
from cms.translation.checks.limits import limits_of
from cms.translation.glossary.service import Found
from cms.translation.localize import Unit, addresses_of
from cms.translation.markup import tags_of, to_html
from cms.translation.memory.models import MemoryOrigin
from cms.translation.memory.service import suggest
from cms.translation.models import TranslationRecord
from cms.translation.room.models import Dismissal

SUGGESTIONS = 5


def suggestions(record: TranslationRecord, unit: Unit) -> list[dict[str, Any]]:
    """Texts of the memory for a unit, most alike first; the likeness in percent."""
    matches = suggest(record.language, unit.source, path=unit.path, translation_key=record.source_id, limit=SUGGESTIONS)
    return [
        {
            "text": match.text,
            "source": match.source,
            "likeness": min(match.likeness, 100),
            "origin": str(MemoryOrigin(match.origin).label),
            "reviewer": match.reviewer,
            "same_place": match.same_place,
        }
        for match in matches
    ]


def term_data(found: Found) -> dict[str, Any]:
    """A concept of the glossary with its terms in the translation's language."""
    return {
        "term": found.term,
        "approved": list(found.approved),
        "forbidden": list(found.forbidden),
        "definition": found.definition,
    }


def findings(record: TranslationRecord, unit: Unit, coded: str) -> list[dict[str, Any]]:
    """What the checks find in ``coded``, with who has dismissed what; nothing of an empty text."""
    if not coded.strip():
        return []
    try:
        html = to_html(coded, tags_of(unit.source))
    except ValidationError as error:
        return [_broken(error)]
    page = record.source.page
    found = run_all(
        record.language,
        [replace(unit, text=html)],
        max_lengths=limits_of(page.specific, {unit.path}) if page is not None else None,
        addresses=addresses_of(record.source_id, record.language) if unit.links else (),
    ).get(unit.id, [])
    keys = [key(finding, html) for finding in found]
    dismissed = {
        row.check_key: row
        for row in Dismissal.objects.filter(record=record, path=unit.path, check_key__in=keys).select_related("user")
    }
    return [
        _finding(finding, check_key, dismissed.get(check_key)) for finding, check_key in zip(found, keys, strict=True)
    ]


def _broken(error: ValidationError) -> dict[str, Any]:
    """Tags that are not the source's, or not in their turn; such a text is not saved at all."""
    return {
        "key": "",
        "severity": Severity.ERROR.value,
        "message": " ".join(error.messages),
        "start": None,
        "end": None,
        "dismissal": None,
    }


def _finding(finding: Finding, check_key: str, dismissal: Dismissal | None) -> dict[str, Any]:
    return {
        "key": check_key,
        "severity": finding.severity.value,
        "message": finding.message,
        "start": finding.start,
        "end": finding.end,
        "dismissal": {"id": dismissal.pk, "reason": dismissal.reason, "by": name_of(dismissal.user)}
        if dismissal
        else None,
    }
