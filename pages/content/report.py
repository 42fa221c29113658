"""What an import or an export did, page by page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from django.utils.translation import gettext as _
from django.utils.translation import ngettext


class Action(StrEnum):
    """What happened to a page."""

    CREATED = "created"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    WRITTEN = "written"
    LEFT_OUT = "left out"


@dataclass(slots=True)
class PageReport:
    """A page: ``why`` it was left out, or why its translation came in whole; ``joined`` texts otherwise.

    ``missing``: keys that its translation leaves out and the source does not.
    """

    name: str
    language: str
    path: str
    action: Action
    joined: int = 0
    why: str = ""
    missing: tuple[str, ...] = ()


@dataclass(slots=True)
class Report:
    """Every page of a run, and what else it did. ``dry``: nothing was written; ``notes``: for a person."""

    dry: bool = False
    pages: list[PageReport] = field(default_factory=list)
    moved: int = 0
    pictures: int = 0
    notes: list[str] = field(default_factory=list)

    def of(self, action: Action) -> list[PageReport]:
        """The pages that this happened to."""
        return [page for page in self.pages if page.action is action]

    @property
    def whole(self) -> list[PageReport]:
        """The translations that came in whole, each with its reason."""
        return [page for page in self.pages if page.why and page.action is not Action.LEFT_OUT]

    @property
    def changes(self) -> bool:
        """Whether anything was, or would be, written to the site."""
        return bool(self.of(Action.CREATED) or self.of(Action.CHANGED) or self.moved)

    def lines(self) -> Iterator[str]:
        """The report for a person: the pages that something happened to, then the sums."""
        words = {
            Action.CREATED: _("created"),
            Action.CHANGED: _("changed"),
            Action.UNCHANGED: _("unchanged"),
            Action.WRITTEN: _("written"),
            Action.LEFT_OUT: _("left out"),
        }
        for page in self.pages:
            if page.action in (Action.CREATED, Action.CHANGED):
                yield f"{words[page.action]}: {page.name}"
        for page in self.of(Action.LEFT_OUT):
            yield f"{words[page.action]}: {page.name}: {page.why}"
        for page in self.whole:
            yield _("%(file)s came in whole: %(why)s.") % {"file": page.name, "why": page.why}
        for page in self.pages:
            if page.missing:
                fields = ", ".join(page.missing)
                yield _("%(file)s does not translate: %(fields)s.") % {"file": page.name, "fields": fields}
        yield from self.notes
        counts = Counter(page.action for page in self.pages)
        yield ", ".join(f"{words[action]} {counts[action]}" for action in words if counts[action])
        joined = sum(1 for page in self.pages if page.joined)
        if joined:
            texts = sum(page.joined for page in self.pages)
            yield _("Joined %(texts)d texts of %(pages)d translations.") % {"texts": texts, "pages": joined}
        if self.moved:
            yield ngettext("Moved %(count)d page.", "Moved %(count)d pages.", self.moved) % {"count": self.moved}
        if self.pictures:
            yield ngettext("%(count)d picture.", "%(count)d pictures.", self.pictures) % {"count": self.pictures}
        if self.dry:
            yield _("Nothing was written (--dry-run).")
