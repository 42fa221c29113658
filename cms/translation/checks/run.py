"""Running the checks: on a text, on a translation, on the working texts of a record."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping

from cms.translation.alignment import quoted
from cms.translation.checks.base import CHECKS, Finding, Severity, Subject
from cms.translation.checks.limits import limits_of
from cms.translation.localize import Address, Unit, addresses_of, units_of
from cms.translation.models import TranslationRecord


def run(subject: Subject) -> list[Finding]:
    """What is wrong with a text, errors first. No query but the glossary's; raises nothing, whatever the text."""
    empty = not subject.plain.strip()
    found = [
        finding
        for check in CHECKS.values()
        if check.holds_for(subject.language) and (check.of_empty or not empty)
        for finding in check.find(subject)
    ]
    return sorted(found, key=lambda finding: finding.severity is not Severity.ERROR)


def run_all(
    language: str,
    units: Iterable[Unit],
    *,
    max_lengths: Mapping[str, int] | None = None,
    addresses: Iterable[Address] = (),
) -> dict[str, list[Finding]]:
    """What is wrong with a translation, by the ids of the units; those without a finding are left out.

    ``max_lengths`` by path (:func:`limits_of`), ``addresses`` what the translation leads to instead.
    """
    limits = max_lengths or {}
    overrides = {address.path: address.override for address in addresses if isinstance(address.override, str)}
    found = {}
    for unit in units:
        findings = run(
            Subject(
                language,
                unit.source,
                unit.text or "",
                unit.links,
                unit.path,
                limits.get(unit.path),
                {
                    name: overrides[path]
                    for name, href in unit.links.items()
                    if overrides and (path := f"{unit.path}.{quoted(href)}") in overrides
                },
            )
        )
        if findings:
            found[unit.id] = findings
    return found


def findings_of(record: TranslationRecord, units: list[Unit] | None = None) -> dict[str, list[Finding]]:
    """What is wrong with a record's working texts, by the ids of the units; ``units`` where they were read already."""
    if units is None:
        units = units_of(record.source_id, record.language, earlier=False)
    page = record.source.page
    limits = limits_of(page.specific, {unit.path for unit in units}) if page is not None else {}
    return run_all(
        record.language, units, max_lengths=limits, addresses=addresses_of(record.source_id, record.language)
    )


def errors_of(record: TranslationRecord, units: list[Unit] | None = None) -> list[tuple[Unit, Finding]]:
    """The errors of a record's working texts, in the page's order: while there is one, nothing is approved."""
    if units is None:
        units = units_of(record.source_id, record.language, earlier=False)
    found = findings_of(record, units)
    return [
        (unit, finding) for unit in units for finding in found.get(unit.id, ()) if finding.severity is Severity.ERROR
    ]


def key(finding: Finding, text: str) -> str:
    """What a dismissal is kept by: the same for this check and this text (inline HTML), always; 16 hexadecimal digits.

    Of another text it is another one, so that a dismissal ends with the text that it was made of. A
    warning's is not that of an error of the same check.
    """
    return hashlib.sha256(f"{finding.check}\x1f{finding.severity}\x1f{text}".encode()).hexdigest()[:16]
