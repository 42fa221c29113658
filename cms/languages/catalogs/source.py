"""Every message of the project's own source."""

from __future__ import annotations

import io
import os
import tokenize
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import cast

from babel.messages.extract import extract_python

from cms.languages.catalogs.builtin import builtin_messages
from cms.languages.catalogs.messages import Found, Message, key_of
from cms.languages.catalogs.templates import TemplateTagError, extract_template

FOLDERS = ("cms", "pages", "search")
_SKIPPED = frozenset({"migrations", "__pycache__", "static", "demo", "node_modules"})
_KEYWORDS: dict[str, tuple[int, ...]] = {
    # Where the text, the plural and the context stand among the arguments.
    "_": (0,),
    "gettext": (0,),
    "gettext_lazy": (0,),
    "gettext_noop": (0,),
    "ngettext": (0, 1),
    "ngettext_lazy": (0, 1),
    "pgettext": (1, -1, 0),
    "pgettext_lazy": (1, -1, 0),
    "npgettext": (1, 2, 0),
    "npgettext_lazy": (1, 2, 0),
}


_Call = tuple[int, str, str | tuple[str | None, ...] | None, list[str]]


class SourceUnreadableError(ValueError):
    """Source that cannot be read for messages. ``faults`` has one line for each, ``file:line: what``."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


def extract_code(source: bytes) -> Iterator[Found]:
    """The messages of one Python file. A call whose text is not a literal is passed over."""
    keywords: dict[str, None] = dict.fromkeys(_KEYWORDS)
    # Babel's annotation of what it yields is that of another function.
    found = cast(
        "Iterable[_Call]", extract_python(io.BytesIO(source), keywords, ["Translators:"], {"encoding": "utf-8"})
    )
    for line, function, texts, comments in found:
        arguments = texts if isinstance(texts, tuple) else (texts,)
        wanted = [arguments[at] if 0 <= at < len(arguments) else None for at in _KEYWORDS[function]]
        singular, plural, context = (*wanted, None, None)[:3]
        if singular:
            comment = " ".join(comments).removeprefix("Translators:").strip()
            yield Found(line, singular, plural, context, comment)


def source_files(root: Path) -> Iterator[Path]:
    """The files that can hold messages, in a fixed order."""
    for folder in FOLDERS:
        for directory, names, files in os.walk(root / folder):
            names[:] = sorted(set(names) - _SKIPPED)
            in_templates = "templates" in Path(directory).parts
            for name in sorted(files):
                if name.endswith(".py") or (in_templates and name.endswith((".html", ".txt"))):
                    yield Path(directory, name)


def _read(path: Path) -> Iterator[Found]:
    source = path.read_bytes()
    if path.suffix == ".py":
        if b"gettext" in source or b"_(" in source:
            yield from extract_code(source)
    elif b"trans" in source or b"_(" in source:
        yield from extract_template(source.decode())


def collect(root: Path) -> dict[str, Message]:
    """Key -> message for everything under ``root``, sorted by file and text.

    Raises ``SourceUnreadableError`` for a file that cannot be read and for one text with two plurals.
    """
    uses: dict[str, list[tuple[str, Found]]] = {}
    faults: list[str] = []
    for path in source_files(root):
        name = path.relative_to(root).as_posix()
        try:
            for found in _read(path):
                uses.setdefault(key_of(found.singular, found.context), []).append((name, found))
        except TemplateTagError as error:
            faults.append(f"{name}:{error.line}: {error}")
        except tokenize.TokenError as error:
            what, (line, _column) = error.args
            faults.append(f"{name}:{line}: cannot be read: {what}")
        except (SyntaxError, UnicodeDecodeError) as error:
            faults.append(f"{name}:{getattr(error, 'lineno', None) or 1}: cannot be read: {error}")
    messages: list[Message] = []
    for found_in in uses.values():
        plurals = {found.plural for _, found in found_in} - {None}
        if len(plurals) > 1:
            name, found = found_in[-1]
            faults.append(f"{name}:{found.line}: {found.singular!r} has another plural elsewhere")
            continue
        first = found_in[0][1]
        messages.append(
            Message(
                first.singular,
                next(iter(plurals), None),
                first.context,
                tuple(sorted({name for name, _ in found_in})),
                tuple(dict.fromkeys(found.comment for _, found in found_in if found.comment)),
            )
        )
    if faults:
        raise SourceUnreadableError(faults)
    messages.sort(key=lambda message: (message.files[0], message.singular, message.context or ""))
    return {message.key: message for message in messages}


def messages_for(code: str, collected: dict[str, Message]) -> dict[str, Message]:
    """What the catalog of one language must hold: the project's messages, and Django's where it lacks them."""
    builtin = {message.key: message for message in builtin_messages(code)}
    # A text that both use (a button "March"?) stays the project's, which a person translates.
    return collected | {key: message for key, message in builtin.items() if key not in collected}
