"""What a file says of a concept, before it is compared with what is there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from django.utils.translation import gettext as _

from cms.languages.registry import CODES
from cms.translation.glossary.entries import Entry, Terms, tidy

#: The largest file that is read, in bytes, and the most concepts in one.
LARGEST = 2 * 1024 * 1024
MOST = 5000
#: How many of a file's faults are told.
_TOLD = 50


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong, in which line (from 1; 0 where it is the file)."""

    line: int
    what: str

    def __str__(self) -> str:
        return _("Line %(line)d: %(what)s") % {"line": self.line, "what": self.what} if self.line else self.what


class FileRefusedError(ValueError):
    """The file can't be taken; ``faults`` says why. Nothing was written."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("\n".join(map(str, faults[:_TOLD])))
        self.faults = faults[:_TOLD]

    @classmethod
    def whole(cls, what: str, line: int = 0) -> FileRefusedError:
        return cls([Fault(line, what)])


@dataclass(frozen=True, slots=True)
class Said:
    """A language's terms as far as the file says something of them: ``None`` leaves what is there."""

    approved: tuple[str, ...] | None = None
    forbidden: tuple[str, ...] | None = None
    forms: tuple[str, ...] | None = None

    def over(self, terms: Terms) -> Terms:
        """``terms``, with what the file says in its place."""
        said = {name: getattr(self, name) for name in ("approved", "forbidden", "forms")}
        changed = replace(terms, **{name: value for name, value in said.items() if value is not None})
        # Forms that the file knows nothing of go with their term.
        return changed if changed.approved or self.forms is not None else replace(changed, forms=())


@dataclass(frozen=True, slots=True)
class Row:
    """One concept of a file: the fields and the languages that it says something of."""

    line: int
    key: str
    fields: Mapping[str, str] = field(default_factory=dict)
    terms: Mapping[str, Said] = field(default_factory=dict)

    def over(self, entry: Entry | None) -> Entry:
        """The concept as it would be."""
        before = entry or Entry(self.key)
        terms = {
            code: self.terms[code].over(before.of(code)) if code in self.terms else before.of(code) for code in CODES
        }
        terms = {code: value for code, value in terms.items() if value}
        return replace(before, **self.fields, terms=terms)


def decoded(content: bytes) -> str:
    """The file as text. Raises :class:`FileRefusedError` where it is too large or not UTF-8."""
    if len(content) > LARGEST:
        raise FileRefusedError.whole(_("The file is larger than %(count)d megabytes.") % {"count": LARGEST // 1024**2})
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise FileRefusedError.whole(_("The file is not written in UTF-8.")) from None
    if "\0" in text:
        raise FileRefusedError.whole(_("The file is not a text file."))
    return text


def once(rows: list[Row]) -> list[Row]:
    """The rows. Raises :class:`FileRefusedError` where there are none, too many, or a key stands twice."""
    if not rows:
        raise FileRefusedError.whole(_("There is no concept in the file."))
    if len(rows) > MOST:
        raise FileRefusedError.whole(_("There are more than %(count)d concepts in the file.") % {"count": MOST})
    seen: set[str] = set()
    twice = [row for row in rows if row.key in seen or seen.add(row.key)]  # type: ignore[func-returns-value]
    if twice:
        raise FileRefusedError(
            [Fault(row.line, _("“%(key)s” stands there already.") % {"key": row.key[:80]}) for row in twice]
        )
    return rows


def several(cell: str) -> tuple[str, ...]:
    """The terms of a cell, apart by ``|``."""
    return tuple(filter(None, (tidy(part) for part in cell.split("|"))))
