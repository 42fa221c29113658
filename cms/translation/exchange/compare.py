"""What a file would change: each of its rows beside the text that is there."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from cms.access.actions import Action
from cms.access.policy import Denied, decide
from cms.languages.registry import SOURCE, get
from cms.translation.alignment import place
from cms.translation.exchange.collect import coded_text
from cms.translation.exchange.formats import TextState
from cms.translation.exchange.rows import Compared, Outcome
from cms.translation.exchange.texts import Row, clean, mark_of
from cms.translation.localize import Unit, units_of
from cms.translation.markup import tags_of, to_coded, to_html
from cms.translation.models import TranslationRecord


@dataclass(slots=True)
class Preview:
    """``parts``: the rows of each page that the user may import into. ``refused``: those of no such page."""

    parts: list[tuple[TranslationRecord, list[Compared]]] = field(default_factory=list)
    refused: list[Compared] = field(default_factory=list)

    @property
    def rows(self) -> list[Compared]:
        """All of them, in the file's order."""
        return sorted([*self.refused, *(row for _record, rows in self.parts for row in rows)], key=lambda row: row.line)


def compare(rows: list[Row], user: Any, language: str = "") -> Preview:
    """What the rows would change if ``user`` took them in; writes nothing. Five queries a page.

    ``language`` is the one that the file must be of; any, where it is empty. Of a page that she may not
    import into nothing is told but that.
    """
    preview = Preview()
    for row in rows:
        row.id = _normal(row.id)
    twice = _duplicates(rows)
    by_page: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        wrong = _wrong(row, language)
        if wrong is not None:
            preview.refused.append(wrong)
        else:
            by_page[row.key, row.language].append(row)
    records = _records(by_page)
    for (key, code), group in by_page.items():
        record = records.get((key, code))
        if record is None:
            preview.refused += [_refused(row, "unknown", _("The site has no such text.")) for row in group]
            continue
        decision = decide(user, Action.IMPORT, record)
        if isinstance(decision, Denied):
            reason = decision.reason
            preview.refused += [_refused(row, "forbidden", reason) for row in group]
            continue
        preview.parts.append((record, _compare_page(record, group, twice)))
    return preview


def _normal(id_: str) -> str:
    """A text's name with its page's key as we write it; as it stands where that is no key."""
    key, hash_, unit = id_.partition("#")
    try:
        return f"{UUID(key)}{hash_}{unit}"
    except ValueError:
        return id_


def _refused(row: Row, code: str, reason: str, **more: Any) -> Compared:
    return Compared(row.line, row.id[:200], Outcome.REFUSED, code=code, reason=reason, **more)


def _duplicates(rows: list[Row]) -> dict[int, str]:
    """By the row's place in memory: why it is refused beside another of the same text."""
    groups: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        groups[row.id, row.language].append(row)
    found: dict[int, str] = {}
    for group in groups.values():
        if len(group) == 1:
            continue
        first = group[0]
        if len({row.text for row in group}) > 1:
            lines = ", ".join(str(row.line) for row in group)
            reason = _("The file has this text several times, and not the same each time (lines %(lines)s).")
            found |= {id(row): reason % {"lines": lines} for row in group}
        else:
            reason = _("The file has this text already, in line %(line)d.")
            found |= {id(row): reason % {"line": first.line} for row in group[1:]}
    return found


def _wrong(row: Row, language: str) -> Compared | None:
    """What is wrong with a row by itself."""
    if not row.language or row.language == SOURCE:
        return _refused(row, "language", _("The file doesn't say which of the site's languages the text is in."))
    if language and row.language != language:
        return _refused(
            row,
            "language",
            _("The text is in %(here)s, the file was to be in %(there)s.")
            % {"here": get(row.language).autonym, "there": get(language).autonym},
        )
    try:
        UUID(row.key)
    except ValueError:
        return _refused(row, "unknown", _("The site has no such text."))
    return None


def _records(groups: Any) -> dict[tuple[str, str], TranslationRecord]:
    """The records of pages and languages; a query for each 500 pages."""
    keys = sorted({key for key, _language in groups})
    found: dict[tuple[str, str], TranslationRecord] = {}
    for start in range(0, len(keys), 500):
        for record in TranslationRecord.objects.filter(
            source_id__in=keys[start : start + 500], language__in={language for _key, language in groups}
        ).select_related("source__page"):
            found[str(record.source_id), record.language] = record
    return found


def _compare_page(record: TranslationRecord, rows: list[Row], twice: dict[int, str]) -> list[Compared]:
    units = {unit.id: unit for unit in units_of(record.source_id, record.language, earlier=False)}
    contexts = {unit.partition("-")[0] for unit in units}
    page = record.source.page.specific if record.source.page is not None else None
    found = []
    for row in rows:
        unit = units.get(row.unit)
        if id(row) in twice:
            found.append(_refused(row, "duplicate", twice[id(row)]))
        elif unit is None:
            if row.unit.partition("-")[0] in contexts:
                found.append(_refused(row, "source-changed", _("The original has changed since the file was made.")))
            else:
                found.append(_refused(row, "unknown", _("The original has no such text; it may have changed since.")))
        else:
            found.append(_compare(row, unit, place(page, unit.path) if page is not None else ""))
    return found


def _compare(row: Row, unit: Unit, where: str) -> Compared:
    tags = tags_of(unit.source)
    source, old = clean(to_coded(unit.source, tags)), coded_text(unit)
    known: dict[str, Any] = {"unit": unit.id, "place": where, "source": source, "old": old, "new": row.text}
    if row.problem:
        return _refused(row, "unreadable", row.problem, **known)
    # A tool may have dropped the hash; then the file's own copy of the source says it.
    if row.hash != unit.hash if row.hash else (row.source is not None and row.source != source):
        return _refused(row, "source-changed", _("The original has changed since the file was made."), **known)
    confirmed = unit.is_machine and row.state in (TextState.TRANSLATED, TextState.FINAL)
    untouched = row.was is not None and row.was == mark_of(row.text) and not confirmed
    if not row.text.strip() or untouched or (row.text == old and not confirmed):
        return Compared(row.line, row.id, Outcome.UNCHANGED, **known)
    try:
        written = to_html(row.text, tags)
    except ValidationError as error:
        return _refused(row, "tags", " ".join(error.messages), **known)
    known |= {
        "before": unit.text or "",
        "written": written,
        "was_machine": unit.is_machine,
        "tool": unit.tool,
    }
    if row.fuzzy:
        reason = _("The entry is marked as fuzzy. Take the mark away in the file, and read it in again.")
        return Compared(row.line, row.id, Outcome.FUZZY, code="fuzzy", reason=reason, **known)
    if row.was is not None and row.was != mark_of(old):
        return Compared(row.line, row.id, Outcome.NEWER, **known)
    return Compared(row.line, row.id, Outcome.CHANGED if old else Outcome.NEW, **known)
