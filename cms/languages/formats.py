"""Dates and numbers as each language writes them (docs/languages.md says from where).

Always the Gregorian calendar, in Persian and Dari too: letters from Swedish authorities use it, and
a deadline must be the same day on the page as in the letter.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from babel.dates import format_date as babel_date
from babel.numbers import format_decimal

from cms.languages import cldr
from cms.languages.collation import collation_key

__all__ = ["collation_key", "format_date", "format_month", "format_number"]

_DAY = re.compile(r"(?<!\w)d(?!\w)")
_MONTH = re.compile(r"M{4}|L{4}")


def _put(field: re.Pattern[str], text: str, pattern: str) -> str:
    """A CLDR pattern with our own text, quoted, in place of a field."""
    quoted = "'" + text.replace("'", "''") + "'"
    return field.sub(lambda _: quoted, pattern)


def _format(value: date, pattern: str, code: str) -> str:
    correction = cldr.correction(code)
    if correction.first_day is not None and value.day == 1:
        pattern = _put(_DAY, correction.first_day, pattern)
    if correction.months is not None:
        pattern = _put(_MONTH, correction.months[value.month - 1], pattern)
    return babel_date(value, format=pattern, locale=cldr.locale(code)).translate(cldr.digits(code))


def format_date(value: date, code: str) -> str:
    """The long form of a date: "5 March 2026", "۵ مارس ۲۰۲۶". Raises ``KeyError`` for an unknown code."""
    pattern = cldr.correction(code).long or cldr.locale(code).date_formats["long"].pattern
    return _format(value, pattern, code)


def format_month(value: date, code: str) -> str:
    """A month and its year: "March 2026", "март 2026 г."."""
    return _format(value, cldr.locale(code).datetime_skeletons["yMMMM"].pattern, code)


def format_number(value: int | float | Decimal, code: str) -> str:
    """A number with the language's separators and digits; at most three decimals."""
    locale = cldr.locale(code)
    ungrouped = -10_000 < value < 10_000 and str(locale) in cldr.FOUR_DIGITS_UNGROUPED
    text = format_decimal(value, locale=locale, group_separator=not ungrouped, numbering_system="default")
    return text.translate(cldr.digits(code))
