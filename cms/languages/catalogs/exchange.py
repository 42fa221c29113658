"""Untranslated messages out as JSON, and translations back: for people who fill a catalog in bulk."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import polib

from cms.languages.catalogs.faults import faults_of
from cms.languages.catalogs.messages import Message, key_of, label_of
from cms.languages.catalogs.store import (
    SELF_TRANSLATED,
    catalog_path,
    entry_key,
    entry_texts,
    load,
    render,
    write_atomic,
)
from cms.languages.plurals import form_count, numbers_of


class FillRefusedError(ValueError):
    """Translations that were not taken. ``reasons`` has one line for each."""

    def __init__(self, reasons: list[str]) -> None:
        super().__init__("\n".join(reasons))
        self.reasons = reasons


def _described(entry: polib.POEntry) -> dict[str, Any]:
    item: dict[str, Any] = {"msgid": entry.msgid}
    if entry.msgctxt is not None:
        item["context"] = entry.msgctxt
    if entry.msgid_plural:
        item["plural"] = entry.msgid_plural
    if entry.comment:
        item["comment"] = entry.comment
    item["files"] = [name for name, _ in entry.occurrences]
    item["msgstr"] = entry_texts(entry) if entry.msgid_plural else ""
    return item


def missing(folder: Path, code: str) -> dict[str, Any]:
    """The messages of a catalog that have no translation, to be filled in and given to ``fill``.

    ``plural_forms`` says for each form which numbers take it.
    """
    catalog = load(catalog_path(folder, code))
    return {
        "language": code,
        "plural_forms": [list(numbers_of(code, form)[:12]) for form in range(form_count(code))],
        "messages": [_described(entry) for entry in catalog if not entry.obsolete and not all(entry_texts(entry))],
    }


def _message(entry: polib.POEntry) -> Message:
    return Message(entry.msgid, entry.msgid_plural or None, entry.msgctxt)


def _items(data: object) -> dict[str, list[str]]:
    """Key -> texts, from what ``missing`` prints, from its list alone, or from ``{"msgid": "text"}``."""
    if isinstance(data, dict) and isinstance(data.get("messages"), list):
        data = data["messages"]
    if isinstance(data, dict):
        data = [{"msgid": msgid, "msgstr": text} for msgid, text in data.items()]
    if not isinstance(data, list):
        raise FillRefusedError(["the file holds neither a list of messages nor an object"])
    texts: dict[str, list[str]] = {}
    reasons: list[str] = []
    for item in data:
        msgid, context = (item.get("msgid"), item.get("context")) if isinstance(item, dict) else (None, None)
        text = item.get("msgstr") if isinstance(item, dict) else None
        given = [text] if isinstance(text, str) else text
        if not isinstance(msgid, str) or not isinstance(given, list) or not all(isinstance(t, str) for t in given):
            reasons.append(f"{item!r:.80}: needs a msgid and a msgstr (a text, or a list of them for a plural)")
        elif any(given):
            texts[key_of(msgid, context)] = given
    if reasons:
        raise FillRefusedError(reasons)
    return texts


def fill(folder: Path, code: str, data: object) -> int:
    """Write translations into a catalog; returns how many. An empty text is passed over.

    Raises ``FillRefusedError`` with every reason, and writes nothing then: a message that the catalog
    has not, or a translation with a fault.
    """
    if code == SELF_TRANSLATED:
        raise FillRefusedError(["English is what the messages are written in; its catalog fills itself"])
    path = catalog_path(folder, code)
    catalog = load(path)
    entries = {entry_key(entry): entry for entry in catalog if not entry.obsolete}
    reasons: list[str] = []
    given = _items(data)
    for key, texts in given.items():
        entry = entries.get(key)
        context, _, msgid = key.rpartition("\x04")
        if entry is None:
            reasons.append(f"{label_of(msgid, context or None)}: the catalog has no such message")
            continue
        reasons += [f"{label_of(msgid, context or None)}: {fault}" for fault in faults_of(_message(entry), texts, code)]
        if entry.msgid_plural:
            entry.msgstr_plural = dict(enumerate(texts))
        else:
            entry.msgstr = texts[0]
        entry.flags = [flag for flag in entry.flags if flag != "fuzzy"]
    if reasons:
        raise FillRefusedError(reasons)
    if given:
        write_atomic(path, render((entry for entry in catalog if not entry.obsolete), code).encode())
    return len(given)
