"""Reads a folder as a content tree: every file, with everything that is wrong in any of them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from django.utils.translation import gettext as _

from cms.access.scopes import LOCAL_SEGMENT
from cms.languages.registry import CODES, SOURCE
from pages.addresses import RESERVED_SEGMENTS
from pages.content.body import read_body
from pages.content.document import Document
from pages.content.fences import PICTURE_FOLDER
from pages.content.frontmatter import FENCE, read_fields
from pages.content.pictures import PictureFile, read_picture_file
from pages.content.problems import Notes, Problem, Reference
from pages.content.yamltext import Keys, read_keys

SUFFIX = ".md"
INDEX = "index"
_SLUG = re.compile(r"[a-z0-9]+(?:-+[a-z0-9]+)*")
_LONGEST_SLUG = 255


@dataclass(frozen=True, slots=True)
class File:
    """A page's file: its document, and where in the file things stand."""

    name: str
    document: Document
    lines: dict[str, int]
    pages: tuple[Reference, ...]
    pictures: tuple[Reference, ...]

    def problem(self, what: str, key: str = "") -> Problem:
        """A problem of this file, at the line of a key of its front matter."""
        return Problem(self.name, self.lines.get(key, 1), what)


@dataclass(slots=True)
class Tree:
    """What a folder holds. ``files`` by language and path; ``pictures`` by name (``pictures/door.svg``)."""

    root: Path
    files: dict[tuple[str, str], File] = field(default_factory=dict)
    pictures: dict[str, PictureFile] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def read_tree(root: Path, progress: Callable[[str], None] | None = None) -> Tree:
    """The tree at ``root``; what is wrong with it is in its ``problems``."""
    tree = Tree(root)
    if not root.is_dir():
        tree.problems.append(Problem(str(root), 1, _("There is no such folder.")))
        return tree
    for entry in sorted(root.iterdir()):
        if _is_hidden(entry) or _refuse_link(entry, tree):
            continue
        if not entry.is_dir():
            tree.problems.append(_problem(tree, entry, _("A page's file lies in the folder of its language.")))
        elif entry.name in CODES:
            if progress:
                progress(_("Reading %(folder)s/") % {"folder": entry.name})
            _read_language(entry, tree)
        elif entry.name != PICTURE_FOLDER:
            known = ", ".join(CODES)
            what = _("No language has the code “%(code)s”; there are %(codes)s.")
            tree.problems.append(_problem(tree, entry, what % {"code": entry.name, "codes": known}))
    if not tree.files and not tree.problems:
        tree.problems.append(Problem(str(root), 1, _("There is no page in this folder.")))
    _read_pictures(tree)
    _check_orders(tree)
    return tree


def _is_hidden(entry: Path) -> bool:
    return entry.name.startswith(".")


def _name(tree: Tree, entry: Path) -> str:
    return entry.relative_to(tree.root).as_posix()


def _problem(tree: Tree, entry: Path, what: str) -> Problem:
    return Problem(_name(tree, entry), 1, what)


def _refuse_link(entry: Path, tree: Tree) -> bool:
    if not entry.is_symlink():
        return False
    if not entry.resolve().is_relative_to(tree.root.resolve()):
        what = _("A symbolic link that leaves the folder.")
    else:
        what = _("A symbolic link; put the file itself here.")
    tree.problems.append(_problem(tree, entry, what))
    return True


def _walk(folder: Path, tree: Tree) -> Iterator[Path]:
    for entry in sorted(folder.iterdir()):
        if _is_hidden(entry) or _refuse_link(entry, tree):
            continue
        if entry.is_dir():
            yield from _walk(entry, tree)
        else:
            yield entry


def _read_language(folder: Path, tree: Tree) -> None:
    for entry in _walk(folder, tree):
        if entry.suffix != SUFFIX or not entry.is_file():
            tree.problems.append(_problem(tree, entry, _("A page's file ends with .md.")))
            continue
        path = _path_of(entry, folder, tree)
        if path is None:
            continue
        existing = tree.files.get((folder.name, path))
        if existing:
            what = _("Two pages for one address: %(other)s is the same page.") % {"other": existing.name}
            tree.problems.append(_problem(tree, entry, what))
            continue
        file = read_file(entry, _name(tree, entry), folder.name, path, tree.problems)
        if file:
            tree.files[folder.name, path] = file


def is_slug(text: str) -> bool:
    """Whether the format can say a page with this slug."""
    return _SLUG.fullmatch(text) is not None and len(text) <= _LONGEST_SLUG


def _path_of(entry: Path, folder: Path, tree: Tree) -> str | None:
    """The path of the page in this file; ``None`` where there can be no such page."""
    segments = list(entry.relative_to(folder).with_suffix("").parts)
    if segments[-1] == INDEX:
        segments.pop()
    for segment in segments:
        if not is_slug(segment):
            what = _("“%(slug)s” can't be part of an address: use a–z, 0–9 and hyphens.") % {"slug": segment}
            tree.problems.append(_problem(tree, entry, what))
            return None
    if segments == [LOCAL_SEGMENT] or (segments and segments[0] in RESERVED_SEGMENTS - {LOCAL_SEGMENT}):
        what = _("Something else answers at the address /%(path)s/.") % {"path": "/".join(segments)}
        tree.problems.append(_problem(tree, entry, what))
        return None
    return "".join(f"{segment}/" for segment in segments)


# --- one file --------------------------------------------------------------------------------------


def _decode(data: bytes, name: str, problems: list[Problem]) -> str | None:
    if not data.strip():
        problems.append(Problem(name, 1, _("The file is empty.")))
        return None
    if data.startswith(b"\xef\xbb\xbf"):
        problems.append(Problem(name, 1, _("The file begins with a byte-order mark; save it as UTF-8 without one.")))
        return None
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        problems.append(Problem(name, line, _("The file is not UTF-8.")))
        return None
    for number, line_text in enumerate(text.split("\n"), start=1):
        if "\r" in line_text:
            problems.append(Problem(name, number, _("The line does not end as on Unix.")))
            return None
        bad = next((char for char in line_text if unicodedata.category(char) == "Cc" and char != "\t"), None)
        if bad:
            what = _("A control character (U+%(code)s).") % {"code": f"{ord(bad):04X}"}
            problems.append(Problem(name, number, what))
            return None
    return text


def read_file(entry: Path, name: str, language: str, path: str, problems: list[Problem]) -> File | None:
    """The page in a file; ``None`` where the file has no front matter that can be read."""
    text = _decode(entry.read_bytes(), name, problems)
    return parse_page(text, name, language, path, problems) if text is not None else None


def parse_page(text: str, name: str, language: str, path: str, problems: list[Problem]) -> File | None:
    """The page that ``text`` is; what is wrong with it is added to ``problems``."""
    notes = Notes(name)
    try:
        return _parse(text, notes, language, path)
    finally:
        problems.extend(notes.problems)


def _parse(text: str, notes: Notes, language: str, path: str) -> File | None:
    lines = text.split("\n")
    if lines[0] != FENCE:
        notes.add(0, _("The file begins with the front matter, between two lines “---”."))
        return None
    end = next((number for number, line in enumerate(lines[1:], start=1) if line == FENCE), None)
    if end is None:
        notes.add(0, _("The front matter is not closed by a line “---”."))
        return None
    inside = notes.at(1)
    keys = read_keys("\n".join(lines[1:end]), inside)
    body = read_body("\n".join(lines[end + 1 :]), notes.at(end + 1))
    if keys is None:
        # Its problems are noted; the page counts as there, so that others' links to it are no problem.
        keys = Keys(0, {}, {})
        document = Document(language, path, title="")
    else:
        document = read_fields(keys, inside, language, path)
    return File(
        name=notes.file,
        document=replace(document, blocks=body),
        lines={key: line + 2 for key, line in keys.lines.items()},
        pages=tuple(notes.pages),
        pictures=tuple(notes.pictures),
    )


# --- the whole -------------------------------------------------------------------------------------


def _read_pictures(tree: Tree) -> None:
    for file in tree.files.values():
        for reference in file.pictures:
            if reference.name in tree.pictures:
                continue
            picture, what = read_picture_file(tree.root, reference.name)
            if picture:
                tree.pictures[reference.name] = picture
            else:
                tree.problems.append(Problem(file.name, reference.line, what))


def _check_orders(tree: Tree) -> None:
    taken: dict[tuple[str, int], File] = {}
    for (language, path), file in sorted(tree.files.items()):
        order = file.document.order
        if language != SOURCE or order is None or not path:
            continue
        parent = path[:-1].rpartition("/")[0]
        other = taken.setdefault((parent, order), file)
        if other is not file:
            what = _("%(other)s has the same order.") % {"other": other.name}
            tree.problems.append(file.problem(what, "order"))
