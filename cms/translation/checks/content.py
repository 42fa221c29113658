"""Whether there is a translation at all, of a likely length."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.translation.checks.base import Check, Finding, Severity, Subject, register
from cms.translation.checks.reading import words_of

#: Fewer words than that may well be the same: names, "SFI", "e-mail".
_COPIED = 3


@register
class Untranslated(Check):
    """There is a text. Where there is none, the page shows the Swedish one."""

    code = "untranslated"
    label = gettext_lazy("Untranslated")
    severity = Severity.WARNING
    of_empty = True

    def find(self, subject: Subject) -> Iterator[Finding]:
        if not subject.plain.strip() and subject.plain_source.strip():
            yield self.finding(_("This text is not translated. The Swedish one would stand there."))


@register
class Copied(Check):
    """The text is not the Swedish one, if it has three words or more: then it was probably passed over."""

    code = "copied"
    label = gettext_lazy("Copied original")
    severity = Severity.WARNING

    def find(self, subject: Subject) -> Iterator[Finding]:
        source = words_of(subject.plain_source)
        if len(source) >= _COPIED and source == words_of(subject.plain):
            yield self.finding(_("The text is the same as the original."), (0, len(subject.plain)))


#: Times the source's length, and characters more than it, from which on a text is too long to be likely.
_LONG, _MORE = 3, 60
#: The share of a long source's length below which something is probably left out.
_SHORT, _OF = 4, 80


@register
class Length(Check):
    """A text of more than three times the source's length, or less than a quarter of it, was put in the wrong place,
    or only half of it is there."""

    code = "length"
    label = gettext_lazy("Unlikely length")
    severity = Severity.WARNING

    def find(self, subject: Subject) -> Iterator[Finding]:
        if subject.is_list:
            return
        there, here = len(subject.plain_source), len(subject.plain)
        if here > _LONG * there and here > there + _MORE:
            yield self.finding(
                _("The text has %(here)d characters, the original %(there)d: is it the right text?")
                % {"here": here, "there": there}
            )
        elif there > _OF and here * _SHORT < there:
            yield self.finding(
                _("The text has %(here)d characters, the original %(there)d: is something left out?")
                % {"here": here, "there": there}
            )


@register
class MaxLength(Check):
    """A text that is too long for its field can't be published."""

    code = "max-length"
    label = gettext_lazy("Too long")
    severity = Severity.ERROR

    def find(self, subject: Subject) -> Iterator[Finding]:
        if subject.max_length is not None and len(subject.plain) > subject.max_length:
            yield self.finding(
                _("The text has %(here)d characters; %(limit)d fit here.")
                % {"here": len(subject.plain), "limit": subject.max_length},
                (subject.max_length, len(subject.plain)),
            )
