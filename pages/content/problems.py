"""What is wrong with a content tree, and where."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing that is wrong. ``file`` is relative to the tree, ``line`` counts from 1."""

    file: str
    line: int
    what: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.what}"


class ContentError(Exception):
    """A tree that is refused whole; ``problems`` are sorted by file and line, each once."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = sorted(set(problems))
        super().__init__("\n".join(str(problem) for problem in self.problems))


class Notes:
    """The problems of one file, collected while it is read.

    ``at`` gives the notes of a part of the file that begins at a line, so that what reads the part
    counts its own lines from 0.
    """

    def __init__(self, file: str, found: list[Problem] | None = None, first: int = 1) -> None:
        self.file = file
        self.found: list[Problem] = [] if found is None else found
        self.first = first

    def add(self, line: int, what: str) -> None:
        """Note what is wrong at ``line``, counted from 0 within this part."""
        self.found.append(Problem(self.file, self.first + line, what))

    def at(self, line: int) -> Notes:
        """Notes for the part that begins at ``line`` of this one."""
        return Notes(self.file, self.found, self.first + line)
