"""The passage of a page that a hit shows: where the reader's words stand, as escaped HTML with marks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from search import analysis
from search.normalise import places

#: Characters of a passage, about.
LENGTH = 220
_SENTENCE_END = re.compile(r"[.!?؟።።\n]\s*")


@dataclass(frozen=True, slots=True)
class _Match:
    start: int
    end: int
    word: int


class Matcher:
    """Where the words of a query stand in texts of one language; made once a search, for all of its hits."""

    def __init__(self, asked: Sequence[analysis.Asked], language: str) -> None:
        self.language = language
        self.size = len(asked)
        self._by_token = {
            token: number
            for number, word in enumerate(asked)
            for tokens in (*(tokens for way in word.ways for tokens in way), word.tokens)
            for token in tokens
        }
        self._beginnings = {start: number for number, word in enumerate(asked) for start in word.beginnings}
        self._known: dict[str, int | None] = {}

    def _number(self, word: str) -> int | None:
        """Which of the asked words this one answers."""
        form = analysis.forms(word, self.language)
        if form is None:
            return None
        by_token = self._by_token
        for token in (form.exact, *form.indexed):
            if token in by_token:
                return by_token[token]
        for start, number in self._beginnings.items():
            for token in (form.exact, *form.indexed):
                if token.startswith(start):
                    return number
        return None

    def matches(self, text: str) -> list[_Match]:
        """The words of ``text`` that answer one that was asked, in their order.

        Not those behind the first passage that has all of them: no other can be better.
        """
        found: list[_Match] = []
        known, last, end = self._known, dict.fromkeys(range(self.size), -LENGTH), len(text)
        for place in places(text, self.language):
            word = place[0]
            if word not in known:
                known[word] = self._number(word)
            number = known[word]
            if number is None:
                continue
            start = place.start()
            if start > end:
                break
            found.append(_Match(start, place.end(), number))
            last[number] = start
            first = min(last.values())
            if end == len(text) and first >= 0 and place.end() - first <= LENGTH:
                end = first + LENGTH
        return found


def _densest(matches: list[_Match]) -> int:
    """The index of the match at which the passage with the most of the words begins."""
    best, best_count = 0, 0
    for index, match in enumerate(matches):
        within = {other.word for other in matches[index : index + 20] if other.end - match.start <= LENGTH}
        if len(within) > best_count:
            best, best_count = index, len(within)
    return best


def _bounds(text: str, start: int, end: int) -> tuple[int, int]:
    """A passage around a match: from the sentence's beginning if that is near, to a word's end."""
    earliest = max(0, start - LENGTH // 2)
    ends = [match.end() for match in _SENTENCE_END.finditer(text, earliest, start)]
    if ends:
        begin = ends[-1]
    elif earliest == 0:
        begin = 0
    else:
        begin = text.find(" ", earliest, start) + 1 or start
    stop = max(begin + LENGTH, end)
    if stop >= len(text):
        return begin, len(text)
    space = text.rfind(" ", end, stop)
    return begin, space if space > 0 else stop


def _marked(text: str, matches: Sequence[_Match], begin: int, stop: int) -> SafeString:
    parts = ["… " if begin else ""]
    position = begin
    for match in matches:
        if match.start >= position and match.end <= stop:
            parts += [escape(text[position : match.start]), "<mark>", escape(text[match.start : match.end]), "</mark>"]
            position = match.end
    parts += [escape(text[position:stop]), " …" if stop < len(text) else ""]
    # Every piece of the page's text was escaped above.
    return mark_safe("".join(parts).replace("\n", " ").strip())


def passage(summary: str, body: str, matcher: Matcher) -> SafeString:
    """The summary if it has all of the words or the body has none; else the best place of the body."""
    in_summary = matcher.matches(summary)
    if not body or (matcher.size and len({match.word for match in in_summary}) == matcher.size):
        return _marked(summary, in_summary, 0, len(summary))
    in_body = matcher.matches(body)
    if not in_body:
        if summary:
            return _marked(summary, in_summary, 0, len(summary))
        return _marked(body, [], *_bounds(body, 0, 0))
    first = in_body[_densest(in_body)]
    return _marked(body, in_body, *_bounds(body, first.start, first.end))
