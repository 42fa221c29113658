"""Numbers as they are written in any language, and what they may stand for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from cms.translation.checks.contacts import phone_spans
from cms.translation.checks.months import month_of
from cms.translation.checks.reading import SPACE, WORD, blank, has_digit, western, without_code

_NUMBER = re.compile(
    rf"\d{{1,3}}(?:[{SPACE}'’]\d{{3}})+(?!\d)(?:[.,]\d+)?"  # 12 000,50
    r"|\d+(?:[.,:]\d+)*"
)
_THOUSANDS = re.compile(rf"[{SPACE}'’]")
_MARK = re.compile(r"[.,:]")
_NOON = re.compile(rf"[{SPACE}]?([ap])\.?[{SPACE}]?m\b", re.IGNORECASE)

#: Swedish numbers that are words, which a translation may have in figures.
_WORDS = {
    **dict.fromkeys(("en", "ett", "första", "förste", "halv", "halva"), (1, 2)),
    **dict.fromkeys(("två", "båda", "andra", "dubbelt"), (2,)),
    **dict.fromkeys(("tre", "tredje"), (3,)),
    **dict.fromkeys(("fyra", "fjärde"), (4,)),
    **dict.fromkeys(("fem", "femte"), (5,)),
    **dict.fromkeys(("sex", "sjätte"), (6,)),
    **dict.fromkeys(("sju", "sjunde"), (7,)),
    **dict.fromkeys(("åtta", "åttonde"), (8,)),
    **dict.fromkeys(("nio", "nionde"), (9,)),
    **dict.fromkeys(("tio", "tionde"), (10,)),
    **dict.fromkeys(("elva", "elfte"), (11,)),
    **dict.fromkeys(("tolv", "tolfte"), (12,)),
    **dict.fromkeys(("femton",), (15,)),
    **dict.fromkeys(("tjugo", "dygnet"), (20, 24, 7)),
    **dict.fromkeys(("trettio",), (30,)),
    **dict.fromkeys(("hundra",), (100,)),
    **dict.fromkeys(("tusen",), (1000,)),
}


@dataclass(frozen=True, slots=True)
class Number:
    """A number in a text: ``values`` are what it may stand for (1,500 is 1.5 here and 1500 there)."""

    text: str
    values: frozenset[str]
    start: int
    end: int

    def same_as(self, other: Number) -> bool:
        return not self.values.isdisjoint(other.values)


@dataclass(frozen=True, slots=True)
class Date:
    """A date with its month, in a text; ``year`` is ``None`` where it has none."""

    text: str
    day: int
    month: int
    year: int | None
    start: int
    end: int


def whole(digits: str) -> str:
    """Digits without the zeros before them. Not an ``int``: a text may have thousands of digits."""
    return digits.lstrip("0") or "0"


def _time(hour: str, minute: str) -> set[str]:
    if len(hour) > 2 or len(minute) != 2 or int(hour) > 24 or int(minute) > 59:
        return set()
    return {f"{whole(hour)}:{minute}", *([whole(hour)] if minute == "00" else [])}


def _decimal(digits: str, part: str) -> str:
    part = part.rstrip("0")
    return f"{whole(digits)}.{part}" if part else whole(digits)


@lru_cache(maxsize=4096)
def _values(text: str) -> frozenset[str]:
    """What a number may stand for: itself, without its thousands' separators, a time of the day."""
    compact = _THOUSANDS.sub("", text)
    parts = _MARK.split(compact)
    marks = _MARK.findall(compact)
    if not marks:
        return frozenset({whole(compact)})
    if len(marks) == 1:
        return frozenset(_with_one_mark(parts[0], marks[0], parts[1]))
    if len(set(marks[:-1])) == 1 and all(len(part) == 3 for part in parts[1:-1]) and marks[-1] != ":":
        if marks[-1] != marks[0]:
            return frozenset({_decimal("".join(parts[:-1]), parts[-1])})
        if len(parts[-1]) == 3:
            return frozenset({whole("".join(parts))})
    return frozenset({".".join(map(whole, parts))})


def _with_one_mark(digits: str, mark: str, part: str) -> set[str]:
    if mark == ":":
        return {f"{whole(digits)}:{part}"} | _time(digits, part)
    found = {_decimal(digits, part)}
    if len(part) == 3 and len(digits) <= 3:
        found.add(whole(digits + part))
    return found | _time(digits, part) if mark == "." else found


@lru_cache(maxsize=4096)
def numbers_in(text: str) -> tuple[Number, ...]:
    """The numbers of a text, but for those of telephones, addresses and placeholders."""
    if not has_digit(text):
        return ()
    plain = blank(western(without_code(text)), phone_spans(text))
    return tuple(
        Number(text[match.start() : match.end()], _values(match[0]) | _after_noon(match, plain), *match.span())
        for match in _NUMBER.finditer(plain)
    )


def _after_noon(match: re.Match[str], text: str) -> frozenset[str]:
    """Of ``4 pm`` also 16."""
    noon = _NOON.match(text, match.end())
    if not noon:
        return frozenset()
    times = (value.partition(":") for value in _values(match[0]))
    # Midnight and noon are 12.
    later = 12 if noon[1] in "pP" else 0
    return frozenset(
        f"{int(hour) % 12 + later}{colon}{rest}" for hour, colon, rest in times if hour.isdigit() and len(hour) < 3
    )


def number_words(text: str) -> set[str]:
    """What Swedish numbers that are written as words stand for."""
    return {str(value) for word in WORD.findall(text.lower()) for value in _WORDS.get(word, ())}


_ISO = re.compile(r"(?<![\d-])(\d{4})-(\d\d)-(\d\d)(?![\d-])")
_NAMED = re.compile(rf"(?<![\d.,:])(\d{{1,2}})[{SPACE}]([a-zåäö]+)\.?(?:[{SPACE}](\d{{4}})(?!\d))?")


@lru_cache(maxsize=4096)
def dates_in(source: str) -> tuple[Date, ...]:
    """The dates of a Swedish text: ``4 mars 2027``, ``4 mars``, ``2027-03-04``."""
    if not has_digit(source):
        return ()
    found = [
        Date(match[0], int(match[3]), int(match[2]), int(match[1]), *match.span()) for match in _ISO.finditer(source)
    ]
    for match in _NAMED.finditer(source):
        month = month_of(match[2], "sv")
        if month and 1 <= int(match[1]) <= 31:
            found.append(Date(match[0], int(match[1]), month, int(match[3]) if match[3] else None, *match.span()))
    return tuple(found)


#: What one number may be beside another that says the same: thousands and millions, dozens, weeks, hours, months.
_CONVERSIONS = {Fraction(n) for n in (1000, 1_000_000, 1_000_000_000, 7, 12, 24, 30, 60, 100)}


def is_conversion(one: Number, other: Number) -> bool:
    """Whether the two may say the same in other units: 14 days and 2 weeks, 2,5 million and 2 500 000."""
    for mine in _fractions(one):
        for theirs in _fractions(other):
            if mine and theirs and (mine / theirs in _CONVERSIONS or theirs / mine in _CONVERSIONS):
                return True
    return False


def _fractions(number: Number) -> Iterator[Fraction]:
    for value in number.values:
        if ":" not in value and value.count(".") < 2 and len(value) < 30:
            yield Fraction(value)
