"""Characters that turn the direction of the text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.translation.checks.base import Check, Finding, Severity, Subject, register

_OVERRIDES = re.compile("[\u202a-\u202e]")
_ISOLATES = re.compile("[\u2066-\u2069]")
_END = "\u2069"


def _name(char: str) -> str:
    return f"U+{ord(char):04X}"


@register
class Bidi(Check):
    """No embeddings and overrides (U+202A–202E), and every isolate (U+2066–2068) is closed (U+2069).

    They can't be seen, and turn round what stands behind them, to the end of the page if need be. The site isolates
    what it puts together; a text needs a mark (U+200E, U+200F) at most.
    """

    code = "bidi"
    label = gettext_lazy("Direction of the text")
    severity = Severity.ERROR

    def find(self, subject: Subject) -> Iterator[Finding]:
        text = subject.plain
        if text.isascii():
            return
        for match in _OVERRIDES.finditer(text):
            yield self.finding(
                _("There is a character that turns the direction of the text (%(char)s).") % {"char": _name(match[0])},
                match.span(),
            )
        open_: list[re.Match[str]] = []
        for match in _ISOLATES.finditer(text):
            if match[0] != _END:
                open_.append(match)
            elif open_:
                open_.pop()
            else:
                yield self.finding(_("U+2069 closes a passage that is not open."), match.span())
        for match in open_:
            yield self.finding(
                _("%(char)s opens a passage that is not closed.") % {"char": _name(match[0])}, match.span()
            )
