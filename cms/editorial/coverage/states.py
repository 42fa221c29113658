"""What the states are called; their signs and colours are in ``coverage.css``."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cms.editorial.coverage.matrix import DRAFT, PUBLISHED, Cell
from cms.translation.states import State


def label_of(state: str) -> str:
    """The word for a state of a translation or of a source, in the language of the moment."""
    if state == PUBLISHED:
        return _("published")
    if state == DRAFT:
        return _("draft")
    return str(State(state).label)


def describe(cell: Cell) -> str:
    """A cell in words: ``ar: outdated, 3 texts changed, 40 words left, due 2026-11-25``."""
    parts = [f"{cell.language.code}: {label_of(cell.state)}"]
    if cell.outdated:
        parts.append(
            ngettext("%(count)d text changed", "%(count)d texts changed", cell.outdated) % {"count": cell.outdated}
        )
    if cell.words_left and cell.state != State.MISSING:
        parts.append(
            ngettext("%(count)d word left", "%(count)d words left", cell.words_left) % {"count": cell.words_left}
        )
    if cell.deadline:
        parts.append(_("due %(date)s") % {"date": cell.deadline.isoformat()})
    return ", ".join(parts)
