"""Telephone numbers, e-mail addresses and addresses on the web: the same, sign for sign."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.translation.checks.base import Check, Finding, Severity, Subject, register
from cms.translation.checks.reading import ADDRESS, EMAIL, SPACE, has_digit, western

_PHONE = re.compile(
    rf"(?<![\w.,/–‑-])(?<!\d:)(?:"
    rf"\+\d(?:[{SPACE}()–‑-]{{0,2}}\d){{6,14}}"  # +46 771 22 33 44
    rf"|0\d{{1,3}}[{SPACE}]?[–‑/-]?[{SPACE}]?\d{{2,3}}(?:[{SPACE}–‑-]\d{{2,3}}){{1,3}}"  # 020-50 50 50
    rf"|11[34][{SPACE}]\d\d"  # 113 13, 114 14
    rf"|11[68][{SPACE}]\d{{3}}"  # 116 111, 118 118
    rf"|(?<!\d[{SPACE}])(?:112|1177)(?![{SPACE}]\d{{3}}(?!\d))"  # but 112 000 is a number
    rf")(?![\d:]|[.,]\d)"
)
_SPACES = re.compile(rf"[{SPACE}]+")
_DASHES = re.compile("[–‑]")


@lru_cache(maxsize=4096)
def phones_in(text: str) -> Mapping[str, tuple[int, int]]:
    """The telephone numbers of a text, the emergency numbers too, with the place where each first stands."""
    found: dict[str, tuple[int, int]] = {}
    if has_digit(text):
        for match in _PHONE.finditer(western(text)):
            found.setdefault(_DASHES.sub("-", _SPACES.sub(" ", match[0])), match.span())
    return found


def phone_spans(text: str) -> Iterator[tuple[int, int]]:
    """Where telephone numbers stand."""
    return (match.span() for match in _PHONE.finditer(western(text)))


@register
class Phones(Check):
    """Telephone numbers are the source's, figure for figure and grouped alike, in the digits of any script.

    Somebody dials it. One more than the source has is a warning.
    """

    code = "phone"
    label = gettext_lazy("Telephone numbers")
    severity = Severity.ERROR

    def find(self, subject: Subject) -> Iterator[Finding]:
        wanted, found = phones_in(subject.plain_source), phones_in(subject.plain)
        for number in wanted.keys() - found.keys():
            yield self.finding(_("The telephone number “%(number)s” is missing.") % {"number": number})
        for number, span in found.items():
            if number not in wanted:
                yield self.finding(
                    _("The telephone number “%(number)s” is not in the original.") % {"number": number},
                    span,
                    severity=Severity.WARNING,
                )


@register
class Emails(Check):
    """E-mail addresses in the text are the source's. A letter wrong, and the mail goes to nobody or to a stranger."""

    code = "email"
    label = gettext_lazy("E-mail addresses")
    severity = Severity.ERROR

    def find(self, subject: Subject) -> Iterator[Finding]:
        if "@" not in subject.plain_source and "@" not in subject.plain:
            return
        found = {match[0].strip(".").lower(): match.span() for match in EMAIL.finditer(subject.plain)}
        wanted = {match[0].strip(".").lower() for match in EMAIL.finditer(subject.plain_source)}
        for address in sorted(wanted - found.keys()):
            yield self.finding(_("The e-mail address “%(address)s” is missing.") % {"address": address})
        for address, span in found.items():
            if address not in wanted:
                yield self.finding(
                    _("The e-mail address “%(address)s” is not in the original.") % {"address": address}, span
                )


def _addresses(text: str) -> dict[str, tuple[str, tuple[int, int]]]:
    """By the site's name: the address as it stands there, and where."""
    found: dict[str, tuple[str, tuple[int, int]]] = {}
    if "." not in text:
        return found
    without = EMAIL.sub(lambda match: " " * len(match[0]), text) if "@" in text else text
    for match in ADDRESS.finditer(without):
        address = match[0].rstrip(".,;:!?'’،؛؟።፣").rstrip("/")
        site = re.sub(r"^(?:https?://)?(?:www\.)?", "", address.lower()).partition("/")[0]
        found.setdefault(site, (address, (match.start(), match.start() + len(address))))
    return found


@register
class Addresses(Check):
    """Addresses on the web that stand in the text lead to the source's sites.

    The page on the site may be another: many have one in the reader's language.
    """

    code = "address"
    label = gettext_lazy("Web addresses")
    severity = Severity.ERROR

    def find(self, subject: Subject) -> Iterator[Finding]:
        wanted, found = _addresses(subject.plain_source), _addresses(subject.plain)
        for site, (address, _span) in wanted.items():
            if site not in found:
                yield self.finding(_("The web address “%(address)s” is missing.") % {"address": address})
        for site, (address, span) in found.items():
            if site not in wanted:
                yield self.finding(
                    _("The web address “%(address)s” is not in the original.") % {"address": address}, span
                )
