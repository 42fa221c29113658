"""Many pages for measurements: new texts made of the sentences of the pages that there are, in each language.

A text takes paragraphs of different pages, mixes sentences of others, and gives other numbers, dates and
places in them, so that words occur about as often as in real text and no text is another's copy. The
same seed makes the same texts from the same pages. What is made is marked, and can be taken away.
"""

from __future__ import annotations

import hashlib
import html
import json
import random
import re
import uuid
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from search.contracts import Record
from search.normalise import words

_SENTENCE = re.compile(r"(?<=[.!?؟።])\s+")
_NUMBER = re.compile(r"\d+")
#: A year stays one that a reader might meet.
_YEARS = (2015, 2027)
#: Paragraphs of a text, and of a block; sentences of a mixed paragraph.
_PARAGRAPHS, _IN_BLOCK, _MIXED = (5, 14), 3, (2, 5)
#: How often a paragraph is one of a page and not a mix, and a place another one than the page's.
_WHOLE, _OTHER_PLACE = 0.4, 0.5
_SHINGLE = 5


@dataclass(frozen=True, slots=True)
class Text:
    """What a page says, without where it stands."""

    title: str
    summary: str
    alternative: str
    search_words: str
    body: tuple[tuple[str, tuple[str, ...]], ...]

    def blocks(self) -> str:
        """The body as the page's field keeps it: each heading, and the paragraphs below it."""
        found = []
        for number, (heading, paragraphs) in enumerate(self.body):
            if heading:
                value = {"text": heading, "level": "2"}
                found.append({"type": "heading", "value": value, "id": str(uuid.uuid5(_ROOM, f"{number}{heading}"))})
            markup = "".join(f"<p>{html.escape(paragraph, quote=False)}</p>" for paragraph in paragraphs)
            found.append({"type": "text", "value": markup, "id": str(uuid.uuid5(_ROOM, f"{number}{markup}"))})
        return json.dumps(found, ensure_ascii=False)

    @property
    def digest(self) -> bytes:
        """The same for texts with the same body."""
        return hashlib.blake2b(repr(self.body).encode(), digest_size=16).digest()


_ROOM = uuid.UUID("8e3c1f5a-93f5-4b8e-9d0c-0c6f8f9f7a11")
#: A text cut at its numbers and places: what is no string is a number's digits or, empty, a place.
_Slots = tuple["str | _Slot", ...]


@dataclass(frozen=True, slots=True)
class _Slot:
    digits: str = ""


@dataclass
class Writer:
    """Writes texts in one language from the pages that it is given; ``places`` are names that stand in them."""

    language: str
    records: Sequence[Record]
    places: Sequence[str]
    _seen: set[bytes] = field(default_factory=set)

    def __post_init__(self) -> None:
        longest_first = sorted(set(self.places), key=lambda name: (-len(name), name))
        self._place = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)|\d+")
        self._titles = [self._cut(record.title) for record in self.records]
        self._summaries = [self._cut(record.summary) for record in self.records if record.summary]
        self._alternatives = [self._cut(one) for record in self.records for one in record.alternative]
        self._headings = [self._cut(one) for record in self.records for one in record.headings]
        lines = [line for record in self.records for line in record.body.split("\n")]
        self._paragraphs = [self._cut(line) for line in lines]
        self._sentences = [self._cut(one) for line in lines for one in _SENTENCE.split(line) if len(one) > 1]
        if not (self._headings and self._sentences):
            raise ValueError(f"There are no texts in {self.language} to make others of.")

    def _cut(self, text: str) -> _Slots:
        parts: list[str | _Slot] = []
        position = 0
        for found in self._place.finditer(text):
            digits = found[0] if _NUMBER.fullmatch(found[0]) else ""
            parts += [text[position : found.start()], _Slot(digits)]
            position = found.end()
        return (*parts, text[position:])

    def write(self, seed: str, place: str = "") -> Text:
        """The text of this seed, about ``place`` if it is given; never the body of one that was written before."""
        for attempt in range(100):
            text = self._write(random.Random(f"{seed} {attempt}"), place)  # noqa: S311  (no secret)
            if text.digest not in self._seen:
                self._seen.add(text.digest)
                return text
        raise ValueError(f"The texts in {self.language} give no more different ones.")

    def _write(self, chance: random.Random, place: str) -> Text:
        def said(slots: _Slots) -> str:
            return "".join(part if isinstance(part, str) else self._filled(part, chance, place) for part in slots)

        def paragraph() -> str:
            if chance.random() < _WHOLE:
                return said(chance.choice(self._paragraphs))
            return " ".join(said(chance.choice(self._sentences)) for _ in range(chance.randint(*_MIXED)))

        subject, other = said(chance.choice(self._titles)), said(chance.choice(self._headings + self._titles))
        title = f"{subject} – {place}" if place else f"{subject}: {other}"
        number = chance.randint(*_PARAGRAPHS)
        body: list[tuple[str, tuple[str, ...]]] = []
        while number > 0:
            here = min(number, chance.randint(1, _IN_BLOCK))
            heading = said(chance.choice(self._headings)) if body or chance.random() < 0.5 else ""
            body.append((heading[:200], tuple(paragraph() for _ in range(here))))
            number -= here
        alternatives = [said(one) for one in chance.sample(self._alternatives, min(3, len(self._alternatives)))]
        cut = chance.randint(0, 1)
        return Text(
            title=title[:240],
            summary=said(chance.choice(self._summaries)) if self._summaries else paragraph(),
            alternative="\n".join(alternatives[:cut]),
            search_words="\n".join(alternatives[cut:]),
            body=tuple(body),
        )

    def _filled(self, slot: _Slot, chance: random.Random, place: str) -> str:
        if not slot.digits:
            return place if place and chance.random() >= _OTHER_PLACE else chance.choice(self.places)
        if len(slot.digits) == 4 and slot.digits[:2] in ("19", "20"):
            return str(chance.randint(*_YEARS))
        zero = ord(slot.digits[0]) - int(slot.digits[0])
        first = chr(zero + chance.randint(1, 9))
        return first + "".join(chr(zero + chance.randint(0, 9)) for _ in slot.digits[1:])


def duplicates(texts: Iterable[str]) -> tuple[int, int]:
    """How many of the texts another one before was the same as, and how many there are."""
    digests = [hashlib.blake2b(text.encode(), digest_size=16).digest() for text in texts]
    return len(digests) - len(set(digests)), len(digests)


def likeness(texts: Sequence[str], language: str, *, seed: int = 0, pairs: int = 200) -> float:
    """The mean over random pairs of the share of runs of five words that both texts have (Jaccard's index)."""
    chosen = random.Random(seed).sample(range(len(texts)), min(len(texts), pairs))  # noqa: S311  (no secret)
    shingled = [set(_shingles(texts[index], language)) for index in chosen]
    both = list(combinations(shingled, 2))
    taken = random.Random(seed).sample(both, min(len(both), pairs))  # noqa: S311  (no secret)
    shares = [len(one & other) / len(one | other) for one, other in taken if one | other]
    return sum(shares) / len(shares) if shares else 0.0


def _shingles(text: str, language: str) -> Iterator[tuple[str, ...]]:
    spelled = [word.text.lower() for word in words(text, language)]
    for start in range(len(spelled) - _SHINGLE + 1):
        yield tuple(spelled[start : start + _SHINGLE])
