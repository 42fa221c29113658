"""Punctuation, quotation marks and apostrophes of the language."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.languages.scripts import script_of
from cms.translation.checks.base import Check, Finding, Severity, Subject, register, targets
from cms.translation.checks.reading import without_code
from cms.translation.checks.typography import ends, quotes, wrong_marks

_CLOSERS = " \t\n\u00a0\u202f\u200e\u200f\u2069)]»›”’\"'“‘*"
_MARKS = ".?!:;,؟؛،።፧፦፡፥፤፣"
#: Swedish abbreviations, whose point ends no sentence.
_ABBREVIATION = re.compile(r"\b(?:m\.m|m\.fl|o\.s\.v|osv|etc|t\.ex|bl\.a|kl|kap|ca|st|nr)\.$", re.IGNORECASE)


def _end(text: str) -> tuple[str, int]:
    """The mark that a text ends with, behind brackets and quotation marks, and where; ``""`` for none."""
    text = text.rstrip(_CLOSERS)
    if text.endswith(("...", "…")):
        return ".", len(text) - 1
    return (text[-1], len(text) - 1) if text and text[-1] in _MARKS else ("", len(text))


@register
class EndMark(Check):
    """A text ends as its source does, with the mark of its script: . ؟ ። – or with none, as titles do.

    A sentence without its end reads as if something lacked, and a screen reader runs it into the next.
    """

    code = "end-mark"
    label = gettext_lazy("Mark at the end")
    severity = Severity.WARNING

    def find(self, subject: Subject) -> Iterator[Finding]:
        source = subject.plain_source.rstrip()
        if subject.is_list or _ABBREVIATION.search(source):
            return
        wanted, _at = _end(source)
        found, at = _end(subject.plain)
        right = ends(subject.language).get(wanted, wanted)
        if not wanted and found:
            yield self.finding(
                _("The text ends with “%(found)s”, the original without a mark.") % {"found": found}, (at, at + 1)
            )
        elif wanted and (not found or found not in right):
            yield self.finding(
                _("The original ends with “%(wanted)s”: the text should end with “%(right)s”.")
                % {"wanted": wanted, "right": right[0]},
                (at, at + 1) if found else None,
            )


@register
class Marks(Check):
    """Commas, question marks and full stops are the script's own: ، ؛ ؟ in Arabic, ፣ ፤ ። in Ethiopic script."""

    code = "marks"
    label = gettext_lazy("Punctuation of the script")
    severity = Severity.WARNING
    languages = frozenset(code for code in targets() if wrong_marks(code))

    def find(self, subject: Subject) -> Iterator[Finding]:
        wrong = wrong_marks(subject.language)
        text = subject.plain
        for match in re.finditer(rf"\w{{2}}(?:[\u064b-\u0652]?)([{re.escape(''.join(wrong))}])(?=\s|$)", text):
            if script_of(match[0][0]) is subject.speech.script:
                yield self.finding(
                    _("“%(wrong)s” behind %(script)s letters: “%(right)s” is meant.")
                    % {"wrong": match[1], "script": subject.speech.autonym, "right": wrong[match[1]]},
                    match.span(1),
                )


_DOUBLE = re.compile('["“”„«»‹›〝〞‟]')


@register
class Quotes(Check):
    """Quotation marks are the language's own, and each that opens is closed."""

    code = "quotes"
    label = gettext_lazy("Quotation marks")
    severity = Severity.WARNING

    def find(self, subject: Subject) -> Iterator[Finding]:
        if not _DOUBLE.search(subject.plain):
            return
        text = without_code(subject.plain)
        pairs = quotes(subject.language)
        allowed = set("".join(pairs))
        wrong = [match for match in _DOUBLE.finditer(text) if match[0] not in allowed]
        for match in wrong:
            yield self.finding(
                _("“%(mark)s” is no quotation mark of %(language)s: “%(right)s”.")
                % {"mark": match[0], "language": subject.speech.autonym, "right": "…".join(pairs[0])},
                match.span(),
            )
        if wrong:
            return
        open_: list[re.Match[str]] = []
        for match in _DOUBLE.finditer(text):
            if open_ and open_[-1][0] + match[0] in pairs:
                open_.pop()
            elif any(pair[0] == match[0] for pair in pairs):
                open_.append(match)
            else:
                yield self.finding(_("“%(mark)s” closes what is not open.") % {"mark": match[0]}, match.span())
        for match in open_:
            yield self.finding(_("“%(mark)s” is not closed.") % {"mark": match[0]}, match.span())


_STRAIGHT = re.compile(r"[\u0400-\u04ff]+(['`‘´′])[\u0400-\u04ff]+")


@register
class UkrainianApostrophe(Check):
    """The apostrophe of Ukrainian is ’ (U+2019), as the site's texts have it, or the letter ʼ (U+02BC).

    A straight ' or a ` in its place breaks the word in two for search and for spelling checkers.
    """

    code = "apostrophe"
    label = gettext_lazy("Ukrainian apostrophe")
    severity = Severity.WARNING
    languages = frozenset(code for code in targets() if code == "uk")

    def find(self, subject: Subject) -> Iterator[Finding]:
        for match in _STRAIGHT.finditer(subject.plain):
            yield self.finding(
                _("“%(word)s”: the apostrophe is ’.") % {"word": match[0]},
                match.span(1),
            )
