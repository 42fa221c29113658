"""The catalogs on disk: ``<folder>/<code>/LC_MESSAGES/django.po`` and the compiled ``django.mo``."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import polib

from cms.languages.catalogs.messages import Message, key_of
from cms.languages.plurals import form_count
from cms.languages.registry import BY_CODE

SELF_TRANSLATED = "en"
"""The language that the messages are written in: its catalog fills itself."""

_PERCENT = re.compile(r"%(?:\(\w+\))?[sdif]")


class BrokenCatalogError(ValueError):
    """A catalog that cannot be parsed."""


@dataclass(frozen=True, slots=True)
class Change:
    """What a merge did to a catalog."""

    added: int
    removed: int
    untranslated: int
    total: int
    written: bool


def catalog_path(folder: Path, code: str) -> Path:
    """Where a language's catalog lies."""
    return folder / code / "LC_MESSAGES" / "django.po"


def load(path: Path) -> polib.POFile:
    """Read a catalog, an empty one where there is none. Raises ``BrokenCatalogError``."""
    if not path.is_file():
        return polib.POFile(wrapwidth=0)
    try:
        return polib.pofile(str(path), wrapwidth=0, encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BrokenCatalogError(f"cannot be read: {error}") from error


def entry_key(entry: polib.POEntry) -> str:
    """Gettext's key of an entry."""
    return key_of(entry.msgid, entry.msgctxt)


def entry_texts(entry: polib.POEntry) -> list[str]:
    """The translation as a list: one text, or one a plural form."""
    if entry.msgid_plural:
        return [entry.msgstr_plural[form] for form in sorted(entry.msgstr_plural)]
    return [entry.msgstr]


def write_atomic(path: Path, content: bytes) -> None:
    """Replace a file at once, so that a process that reads it meanwhile has the old one or the new."""
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f".{path.name}.{os.getpid()}")
    partial.write_bytes(content)
    partial.replace(path)


def _kept(old: polib.POEntry | None, message: Message) -> list[str]:
    """The translation that an existing entry has for a message, empty where it fits no longer."""
    if old is None or bool(old.msgid_plural) != bool(message.plural) or old.msgid_plural != (message.plural or ""):
        return []
    return entry_texts(old)


def _texts(message: Message, code: str, old: polib.POEntry | None) -> list[str]:
    if message.translation is not None:
        return [message.translation]
    if code == SELF_TRANSLATED:
        return [message.singular] if message.plural is None else [message.singular, message.plural]
    texts = _kept(old, message)
    if message.plural is None:
        return texts or [""]
    # A number of forms that is wrong stays as it is: check says so, and no text is lost.
    return texts or [""] * form_count(code)


def _entry(message: Message, texts: list[str], old: polib.POEntry | None) -> polib.POEntry:
    flags = ["fuzzy"] if old is not None and old.fuzzy else []
    if any(_PERCENT.search(text) for text in (message.singular, message.plural or "")):
        flags.append("python-format")
    entry = polib.POEntry(
        msgid=message.singular,
        msgctxt=message.context,
        comment="\n".join(message.comments),
        tcomment=old.tcomment if old is not None else "",
        # Without line numbers: a line that moves is no change to translate.
        occurrences=[(name, "") for name in message.files],
        flags=flags,
    )
    if message.plural is None:
        entry.msgstr = texts[0]
    else:
        entry.msgid_plural = message.plural
        entry.msgstr_plural = dict(enumerate(texts))
    return entry


def render(catalog: Iterable[polib.POEntry], code: str) -> str:
    """The text of a catalog. Nothing in it depends on the day or on who runs it."""
    file = polib.POFile(wrapwidth=0)
    file.header = f"{BY_CODE[code].name}. Filled by people; kept in step by `manage.py catalogs extract`."
    file.metadata = {
        "Language": code,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": BY_CODE[code].plural,
    }
    file.extend(catalog)
    return str(file)


def merge(folder: Path, code: str, messages: dict[str, Message]) -> Change:
    """Bring a language's catalog in step with the source. Raises ``BrokenCatalogError``.

    Translations stay, new messages come in empty (in English with their own text), messages that
    nothing uses any more go. The file is written only where it changes.
    """
    path = catalog_path(folder, code)
    old = {entry_key(entry): entry for entry in load(path) if not entry.obsolete}
    entries = [_entry(message, _texts(message, code, old.get(key)), old.get(key)) for key, message in messages.items()]
    content = render(entries, code).encode()
    written = not path.is_file() or path.read_bytes() != content
    if written:
        write_atomic(path, content)
    return Change(
        added=len(messages.keys() - old.keys()),
        removed=len(old.keys() - messages.keys()),
        untranslated=sum(not all(entry_texts(entry)) for entry in entries),
        total=len(entries),
        written=written,
    )


def compiled_path(path: Path) -> Path:
    """Where the compiled form of a catalog lies."""
    return path.with_suffix(".mo")


def is_stale(path: Path) -> bool:
    """Whether a catalog's compiled form is older than the catalog or is not there."""
    compiled = compiled_path(path)
    return not compiled.is_file() or compiled.stat().st_mtime_ns < path.stat().st_mtime_ns


def compile_catalog(folder: Path, code: str, *, always: bool = False) -> bool:
    """Make a language's ``.mo``; returns whether there was anything to do.

    Raises ``BrokenCatalogError``, also where the language has no catalog.
    """
    path = catalog_path(folder, code)
    if not path.is_file():
        raise BrokenCatalogError("there is no catalog")
    if not always and not is_stale(path):
        return False
    write_atomic(compiled_path(path), load(path).to_binary())
    return True
