"""What translations would cost, in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from cms.translation.localize import left_of
from cms.translation.markup import words
from cms.translation.memory.service import best_in
from cms.translation.models import SourceRecord

#: From this likeness on the memory's text is worth more than an empty field, in per cent.
FUZZY = 75
EXACT = 100


@dataclass(slots=True)
class Price:
    """Words to translate: texts that are new, and those that were translated before they changed; and what
    of them the memory has, word for word or alike. Each word counts once."""

    new: int = 0
    changed: int = 0
    exact: int = 0
    fuzzy: int = 0
    pages: int = 0

    @property
    def words(self) -> int:
        return self.new + self.changed + self.exact + self.fuzzy

    def add(self, other: Price) -> None:
        self.new += other.new
        self.changed += other.changed
        self.exact += other.exact
        self.fuzzy += other.fuzzy
        self.pages += other.pages


def prices(sources: Iterable[SourceRecord], languages: Iterable[str]) -> dict[tuple[object, str], Price]:
    """The price of each source in each language; the same queries for any number of sources."""
    languages = list(languages)
    left = left_of([source.pk for source in sources], languages)
    texts = sorted({text.text for each in left.values() for text in each})
    likeness = {language: dict(zip(texts, best, strict=True)) for language, best in best_in(languages, texts).items()}
    found: dict[tuple[object, str], Price] = {}
    for (key, language), each in left.items():
        price = found[key, language] = Price(pages=int(bool(each)))
        for text in each:
            count = words(text.text)
            if likeness[language][text.text] >= EXACT:
                price.exact += count
            elif likeness[language][text.text] >= FUZZY:
                price.fuzzy += count
            elif text.is_changed:
                price.changed += count
            else:
                price.new += count
    return found


def total(found: dict[tuple[object, str], Price], language: str | None = None) -> Price:
    """The sum, of one language or of all."""
    result = Price()
    for (_key, code), price in found.items():
        if language in (None, code):
            result.add(price)
    return result
