"""What of the source changed against what was translated last."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import Enum

from cms.translation.localize import Earlier
from cms.translation.markup import plain, tags_of, to_coded

#: From how much likeness on a text is a new version of an earlier one, and not another text.
ALIKE = 0.5

#: A tag, a space, a word with what joins its parts, or a sign of punctuation.
_TOKEN = re.compile(r"⟦/?\d+/?⟧|\s+|\w+(?:[-:.,'’]\w+)*|[^\w\s]")


class Change(Enum):
    """What became of a run of words."""

    KEPT = "kept"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Run:
    """Words in a row with one fate; in the numbered form, but removed ones have no tags."""

    change: Change
    coded: str


def best_earlier(source: str, earlier: list[Earlier]) -> Earlier | None:
    """The earlier text that ``source`` (inline HTML) most likely came from; of two alike the newer."""
    new = plain(source)
    best, most = None, ALIKE
    for candidate in earlier:
        matcher = SequenceMatcher(None, new, plain(candidate.source), autojunk=False)
        # The two quick ones are upper bounds, and say no to most.
        if matcher.real_quick_ratio() <= most or matcher.quick_ratio() <= most:
            continue
        likeness = matcher.ratio()
        if likeness > most:
            best, most = candidate, likeness
    return best


def runs(old: str, new: str) -> list[Run]:
    """The words of ``new`` (inline HTML) in their order, with those of ``old`` that are gone in their places."""
    before = [token for token in _tokens(old) if not _is_tag(token)]
    after = _tokens(new)
    words = [token for token in after if not _is_tag(token)]
    matcher = SequenceMatcher(None, before, words, autojunk=False)
    found: list[Run] = []
    rest = iter(after)
    for kind, one, other, first, last in matcher.get_opcodes():
        removed = "".join(before[one:other])
        if kind != "equal" and removed.strip():
            found.append(Run(Change.REMOVED, removed))
        found += _runs_of(rest, Change.KEPT if kind == "equal" else Change.ADDED, last - first)
    return found + [Run(Change.KEPT, token) for token in rest]


def _runs_of(tokens: Iterator[str], change: Change, number: int) -> Iterator[Run]:
    """The next ``number`` words as runs; a tag among them is no new word, nor is a space alone."""
    words: list[str] = []
    while number:
        token = next(tokens)
        if _is_tag(token):
            yield from _run(words, change)
            yield Run(Change.KEPT, token)
            words = []
        else:
            words.append(token)
            number -= 1
    yield from _run(words, change)


def _run(words: list[str], change: Change) -> Iterator[Run]:
    text = "".join(words)
    if text:
        yield Run(change if text.strip() else Change.KEPT, text)


def _is_tag(token: str) -> bool:
    return token.startswith("⟦")


def _tokens(html: str) -> list[str]:
    return _TOKEN.findall(to_coded(html, tags_of(html)))
