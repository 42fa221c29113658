"""Numbers and dates are the source's."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.translation.checks.base import Check, Finding, Severity, Subject, register
from cms.translation.checks.figures import Date, Number, dates_in, is_conversion, number_words, numbers_in, whole
from cms.translation.checks.months import month_of
from cms.translation.checks.reading import WORD, blank, has_digit, western


def _is_clock(number: Number) -> bool:
    """Whether it may be a time of the day, which Tigrinya and Somali count from six in the morning."""
    return any(":" in value for value in number.values)


@register
class Numbers(Check):
    """The numbers are the source's: amounts, ages, days. Another one in place of the source's is an error.

    Digits of any script, decimal commas and points, and thousands' separators are the language's own. A number that
    lacks (it may be there in words) or is new is a warning; so is what may be the same in another unit.
    """

    code = "numbers"
    label = gettext_lazy("Numbers")
    severity = Severity.ERROR

    def find(self, subject: Subject) -> Iterator[Finding]:
        if not has_digit(subject.plain_source) and not has_digit(subject.plain):
            return
        dates = dates_in(subject.plain_source)
        wanted = numbers_in(blank(subject.plain_source, [(date.start, date.end) for date in dates]))
        found = numbers_in(subject.plain)
        allowed = {str(value) for date in dates for value in (date.day, date.month, date.year) if value is not None}
        allowed |= number_words(subject.plain_source)
        missing = [number for number in wanted if not any(number.same_as(other) for other in found)]
        extra = [
            number
            for number in found
            if number.values.isdisjoint(allowed) and not any(number.same_as(other) for other in wanted)
        ]
        changed = (
            len(missing) == len(extra)
            and not any(map(_is_clock, (*missing, *extra)))
            and not any(is_conversion(one, other) for one in missing for other in extra)
        )
        if missing and changed:
            for one, other in zip(missing, extra, strict=True):
                yield self.finding(
                    _("The original says “%(there)s”, the translation “%(here)s”.")
                    % {"there": one.text, "here": other.text},
                    (other.start, other.end),
                )
            return
        for number in missing:
            yield self.finding(
                _("The number “%(number)s” is missing.") % {"number": number.text}, severity=Severity.WARNING
            )
        for number in extra:
            yield self.finding(
                _("The number “%(number)s” is not in the original.") % {"number": number.text},
                (number.start, number.end),
                severity=Severity.WARNING,
            )


@register
class Dates(Check):
    """A date has the source's day, month and year. Another month in its place is an error.

    A date that is not found is a warning: it may be there in words, or in the calendar of the reader's country.
    """

    code = "dates"
    label = gettext_lazy("Dates")
    severity = Severity.ERROR

    def find(self, subject: Subject) -> Iterator[Finding]:
        dates = dates_in(subject.plain_source)
        if not dates:
            return
        text = subject.plain
        numbers = {value for number in numbers_in(text) for value in number.values}
        # Of 2027-03-04 the parts count, too.
        numbers |= {whole(part) for value in numbers for part in value.split(".")}
        named = _months_in(text, subject.language)
        for date in dates:
            has_month = date.month in named or str(date.month) in numbers
            other = next((span for month, span in named.items() if month not in {one.month for one in dates}), None)
            if not has_month and other:
                yield self.finding(
                    _("The original says “%(there)s”, the translation “%(here)s”.")
                    % {"there": date.text, "here": text[other[0] : other[1]]},
                    other,
                )
            elif not (has_month and _has(numbers, date)):
                yield self.finding(
                    _("The date “%(date)s” is missing.") % {"date": date.text}, severity=Severity.WARNING
                )


def _has(numbers: set[str], date: Date) -> bool:
    return str(date.day) in numbers and (date.year is None or str(date.year) in numbers)


def _months_in(text: str, language: str) -> dict[int, tuple[int, int]]:
    """The months that stand beside a number, with their places."""
    plain = western(text)
    found: dict[int, tuple[int, int]] = {}
    for match in WORD.finditer(plain):
        if has_digit(plain[max(0, match.start() - 6) : match.start()] + plain[match.end() : match.end() + 6]):
            month = month_of(match[0], language)
            if month:
                found.setdefault(month, match.span())
    return found
