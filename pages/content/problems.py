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


@dataclass(frozen=True, slots=True, order=True)
class Reference:
    """Something that a file names: a page's path (``att-bo/``) or a picture (``pictures/door.svg``)."""

    name: str
    line: int


class Notes:
    """What is found while a file is read: problems, and what it names.

    ``at`` gives the notes of a part of the file that begins at a line, so that what reads the part
    counts its own lines from 0.
    """

    def __init__(self, file: str, first: int = 1, whole: Notes | None = None) -> None:
        self.file = file
        self.first = first
        self.problems: list[Problem] = whole.problems if whole else []
        self.pages: list[Reference] = whole.pages if whole else []
        self.pictures: list[Reference] = whole.pictures if whole else []

    def add(self, line: int, what: str) -> None:
        """Note what is wrong at ``line``, counted from 0 within this part."""
        self.problems.append(Problem(self.file, self.first + line, what))

    def at(self, line: int) -> Notes:
        """Notes for the part that begins at ``line`` of this one."""
        return Notes(self.file, self.first + line, self)

    def names_page(self, line: int, path: str) -> None:
        """Note that the text leads to the page at ``path``."""
        self.pages.append(Reference(path, self.first + line))

    def names_picture(self, line: int, file: str) -> None:
        """Note that the page shows the picture."""
        self.pictures.append(Reference(file, self.first + line))
