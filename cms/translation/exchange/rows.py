"""A row of a file as it was compared: what it would change, and what became of it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _


class Outcome(models.TextChoices):
    """What a row says beside what is there; of ``NEW``, ``CHANGED`` and ``NEWER`` that is chosen the text is taken."""

    #: There is no text yet.
    NEW = "new", _("new")
    CHANGED = "changed", _("changed")
    #: As ``CHANGED``, but somebody has changed the text here too since the file was made: taken only if chosen.
    NEWER = "newer", _("changed here meanwhile")
    UNCHANGED = "unchanged", _("unchanged")
    #: A fuzzy entry of a PO file.
    FUZZY = "fuzzy", _("fuzzy, not taken")
    REFUSED = "refused", _("refused")


@dataclass(slots=True)
class Compared:
    """One row. ``source``, ``old`` and ``new`` are coded; ``before`` and ``written`` inline HTML.

    ``id`` is the file's name for the text, ``unit`` ours, ``code`` the reason for programs: ``unknown``,
    ``source-changed``, ``tags``, ``language``, ``forbidden``, ``fuzzy``, ``duplicate``, ``unreadable``,
    ``conflict``, ``closed``. ``was_machine`` and ``tool`` say whose the text before was.
    ``result``: ``taken``, ``undone``, ``kept`` (at undoing, since somebody has changed it), or empty.
    """

    line: int
    id: str
    outcome: Outcome
    unit: str = ""
    place: str = ""
    source: str = ""
    old: str = ""
    new: str = ""
    before: str = ""
    written: str = ""
    was_machine: bool = False
    tool: str = ""
    code: str = ""
    reason: str = ""
    chosen: bool = False
    result: str = ""

    @property
    def is_taken(self) -> bool:
        """Whether confirmation takes the row's text."""
        return self.outcome in (Outcome.NEW, Outcome.CHANGED) or (self.outcome == Outcome.NEWER and self.chosen)

    @property
    def label(self) -> str:
        return str(Outcome(self.outcome).label)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Compared:
        return cls(**data | {"outcome": Outcome(data["outcome"])})
