"""What is wrong with the catalogs as they lie on disk."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import polib

from cms.languages.catalogs.faults import faults_of
from cms.languages.catalogs.messages import Message, label_of
from cms.languages.catalogs.source import messages_for
from cms.languages.catalogs.store import BrokenCatalogError, catalog_path, entry_key, entry_texts, load
from cms.languages.registry import BY_CODE


def _entry_faults(entry: polib.POEntry, message: Message | None, code: str) -> Iterator[str]:
    if entry.obsolete or message is None:
        yield "is obsolete: nothing uses it"
        return
    if entry.fuzzy:
        yield "is fuzzy"
    if (entry.msgid_plural or None) != message.plural:
        yield "has another plural than the source"
    yield from faults_of(message, entry_texts(entry), code)


def catalog_faults(path: Path, name: str, code: str, messages: dict[str, Message]) -> Iterator[str]:
    """The faults of one catalog against what it must hold, as ``name: "msgid": what``."""
    if not path.is_file():
        yield f"{name}: there is no catalog"
        return
    try:
        catalog = load(path)
    except BrokenCatalogError as error:
        yield f"{name}: {error}"
        return
    rule = catalog.metadata.get("Plural-Forms", "")
    if rule != BY_CODE[code].plural:
        yield f"{name}: Plural-Forms is {rule!r}, the registry has {BY_CODE[code].plural!r}"
    seen: set[str] = set()
    for entry in catalog:
        key = entry_key(entry)
        label = label_of(entry.msgid, entry.msgctxt)
        if key in seen and not entry.obsolete:
            yield f"{name}: {label}: stands there twice"
        seen.add(key)
        for fault in _entry_faults(entry, messages.get(key), code):
            yield f"{name}: {label}: {fault}"
    for key, message in messages.items():
        if key not in seen:
            yield f"{name}: {message.label}: is missing"


def check_catalogs(folder: Path, collected: dict[str, Message], codes: Iterable[str]) -> list[str]:
    """The faults of every catalog under ``folder`` against the messages of the source."""
    return [
        fault
        for code in codes
        for fault in catalog_faults(
            catalog_path(folder, code),
            f"{folder.name}/{code}/LC_MESSAGES/django.po",
            code,
            messages_for(code, collected),
        )
    ]
