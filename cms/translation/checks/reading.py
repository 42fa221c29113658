"""Reading texts of any language: words, digits, and what is code and no language."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from html import unescape

#: Marks that belong to the letter before them: accents, vowels of Arabic, joiners.
_MARKS = "\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u200c\u200d"
WORD = re.compile(rf"[^\W\d_](?:[^\W\d_]|[{_MARKS}])*")
#: No-break spaces, plain and narrow, are as good as a space.
SPACE = " \u00a0\u202f"

EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII)
ADDRESS = re.compile(
    r"(?:https?://|www\.)[^\s<>()\[\]«»‹›“”\"]+"
    r"|(?<![\w@.])(?:[a-z0-9-]+\.)+(?:se|nu|eu|com|org|net|info|gov|int|fi|no|dk)(?!\w|\.\w)(?:/[\w./?=&%#~-]*)?",
    re.ASCII | re.IGNORECASE,
)
PLACEHOLDER = re.compile(r"%\(\w+\)[sdifr]|(?<!\d)%[sdif](?!\w)|\{[A-Za-z_]\w*\}|\{\}")
BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|（[^（）]*）")

#: Characters that only steer the direction of what is beside them.
_INVISIBLE = dict.fromkeys(map(ord, "\u200e\u200f\u061c\u2066\u2067\u2068\u2069"), "\u200b")
_DIGITS = {
    **{ord("٠") + n: str(n) for n in range(10)},
    **{ord("۰") + n: str(n) for n in range(10)},
    ord("٫"): ".",
    ord("٬"): ",",
}


_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)([^<>]*)>")
_ID = re.compile(r"""\bid=["']([^"']*)["']""")
_DIGIT = re.compile(r"\d")
_STEERED = re.compile("[٠-٩۰-۹٫٬\u200e\u200f\u061c\u2066-\u2069]")


@lru_cache(maxsize=4096)
def plain_text(html: str) -> str:
    """The text without its tags, as ``markup.plain`` has it; also of what is no HTML, and many times as fast."""
    if "<" in html:
        html = _TAG.sub(lambda match: "\n" if match[2].lower() == "br" else "", html)
    return unescape(html) if "&" in html else html


@lru_cache(maxsize=4096)
def tags_in(html: str) -> tuple[tuple[str, str], ...]:
    """The names of the tags that open or stand alone, each with its id, in their order."""
    if "<" not in html:
        return ()
    return tuple(
        (match[2].lower(), found[1] if (found := _ID.search(match[3])) else "")
        for match in _TAG.finditer(html)
        if not match[1]
    )


@lru_cache(maxsize=4096)
def western(text: str) -> str:
    """The text with digits and separators as Swedish writes them, each character at its place."""
    return text.translate(_DIGITS).translate(_INVISIBLE) if _STEERED.search(text) else text


def blank(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """The text with spaces where the spans are, each other character at its place."""
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def code_spans(text: str) -> Iterator[tuple[int, int]]:
    """Where e-mail addresses, addresses on the web and placeholders stand."""
    if "@" in text or "." in text or "/" in text:
        for pattern in (EMAIL, ADDRESS):
            yield from (match.span() for match in pattern.finditer(text))
    if "%" in text or "{" in text:
        yield from (match.span() for match in PLACEHOLDER.finditer(text))


@lru_cache(maxsize=4096)
def without_code(text: str) -> str:
    """The text with spaces in the place of what is code and no language."""
    return blank(text, code_spans(text))


def words_of(text: str) -> list[str]:
    """The words, in their order."""
    return WORD.findall(text)


def has_digit(text: str) -> bool:
    """Whether there is a digit of any script."""
    return _DIGIT.search(text) is not None


def is_letter(char: str) -> bool:
    return unicodedata.category(char) in {"Lu", "Ll", "Lt", "Lo"}


def excerpt(text: str, limit: int = 60) -> str:
    """The text on one line, shortened for a message."""
    line = " ".join(text.split())
    return line if len(line) <= limit else line[: limit - 1] + "…"
