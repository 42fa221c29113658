"""Files in: read, compared with what is there, shown, and on confirmation written whole or not at all."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.access.audit.events import Event
from cms.access.audit.log import record
from cms.languages.registry import CODES, SOURCE
from cms.translation.glossary import csvfile, tbx
from cms.translation.glossary.entries import Entry, entries, problems, write
from cms.translation.glossary.index import forget
from cms.translation.glossary.models import Concept, Status
from cms.translation.glossary.rows import Fault, FileRefusedError, Row

#: What is compared, and what it is called.
LABELS: dict[str, str | Promise] = {
    "definition": gettext_lazy("definition"),
    "source": gettext_lazy("source"),
    "source_url": gettext_lazy("address of the source"),
    "status": gettext_lazy("status"),
    "approved": gettext_lazy("approved"),
    "forbidden": gettext_lazy("forbidden"),
    "forms": gettext_lazy("inflected forms"),
}


@dataclass(frozen=True, slots=True)
class Detail:
    """One thing that differs: of the concept (``language`` empty) or of its terms in a language."""

    language: str
    label: str | Promise
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Change:
    """A concept that the file would make or change."""

    line: int
    before: Entry | None
    after: Entry

    @property
    def details(self) -> list[Detail]:
        """What differs, the concept's own first."""
        before = self.before or Entry(self.after.key, status="")
        found = [
            Detail("", LABELS[name], _shown(name, getattr(before, name)), _shown(name, getattr(self.after, name)))
            for name in ("definition", "source", "source_url", "status")
            if getattr(before, name) != getattr(self.after, name)
        ]
        for code in CODES:
            old, new = before.of(code), self.after.of(code)
            found += [
                Detail(code, LABELS[name], " | ".join(getattr(old, name)), " | ".join(getattr(new, name)))
                for name in ("approved", "forbidden", "forms")
                if getattr(old, name) != getattr(new, name)
            ]
        return found

    @property
    def languages(self) -> set[str]:
        """The languages whose people must agree: a concept's own text is the Swedish ones'."""
        return {detail.language or SOURCE for detail in self.details}


def _shown(name: str, value: str) -> str:
    return str(Status(value).label) if name == "status" and value in Status.values else value


@dataclass(frozen=True, slots=True)
class Difference:
    """What a file would change, in its order; ``same`` counts the concepts that it leaves as they are."""

    changes: tuple[Change, ...]
    same: int

    @property
    def languages(self) -> set[str]:
        return {code for change in self.changes for code in change.languages}

    @property
    def digest(self) -> str:
        """The same only for the same change of the same glossary."""
        parts = ((change.before.digest if change.before else "", change.after.digest) for change in self.changes)
        return hashlib.sha256("\n".join(f"{before} {after}" for before, after in parts).encode()).hexdigest()


def read(name: str, content: bytes) -> list[Row]:
    """The rows of a file, by the ending of its name. Raises :class:`FileRefusedError`."""
    readers = {".csv": csvfile.read, ".tbx": tbx.read, ".xml": tbx.read}
    reader = readers.get(PurePath(name).suffix.lower())
    if reader is None:
        raise FileRefusedError.whole(_("Only files whose name ends in .csv or .tbx are read."))
    return reader(content)


def compare(name: str, content: bytes) -> Difference:
    """What the file would change; writes nothing. Raises :class:`FileRefusedError` with every fault and its line."""
    return difference(read(name, content))


def difference(rows: Sequence[Row]) -> Difference:
    """As :func:`compare`, of the rows of a file. Two queries."""
    now = entries()
    changes, faults = [], []
    for row in rows:
        before = now.get(row.key)
        after = row.over(before)
        # What is there and stays was checked when it came.
        if before is None or before.digest != after.digest:
            faults += [Fault(row.line, what) for what in problems(after)]
            changes.append(Change(row.line, before, after))
    if faults:
        raise FileRefusedError(faults)
    return Difference(tuple(changes), len(rows) - len(changes))


def apply(found: Difference, *, about: str, actor: Any = None) -> None:
    """Write the difference in one transaction, with an entry in the audit log.

    The caller decided that ``actor`` may change these languages. ``about`` is the file's name. Raises
    :class:`FileRefusedError` where the glossary is no longer what the difference was made from.
    """
    try:
        with transaction.atomic():
            _write(found)
            languages = " ".join(code for code in CODES if code in found.languages)
            record(Event.IMPORTED, actor=actor, about=about, concepts=len(found.changes), languages=languages)
            forget()
            transaction.on_commit(forget)
    except IntegrityError:
        # Two made the same concept at once.
        raise FileRefusedError.whole(_("The glossary was changed meanwhile.")) from None


def _write(found: Difference) -> None:
    keys = [change.after.key for change in found.changes]
    rows = {concept.key: concept for concept in Concept.objects.select_for_update().filter(key__in=keys)}
    now = entries(keys)
    for change in found.changes:
        before = now.get(change.after.key)
        if (before.digest if before else "") != (change.before.digest if change.before else ""):
            raise FileRefusedError.whole(_("The glossary was changed meanwhile."), change.line)
        write(change.after, rows.get(change.after.key), before)
