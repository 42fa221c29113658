"""Words that stand twice, spaces that are wrong, and the joints of Persian words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.translation.checks.base import Check, Finding, Severity, Subject, register, targets
from cms.translation.checks.reading import WORD, without_code

#: Words that may stand twice: "vous vous inscrivez", "زود زود" (again and again), "kala kala".
_TWICE: dict[str, frozenset[str]] = {
    "en": frozenset({"that", "had"}),
    "fr": frozenset({"vous", "nous"}),
    "fa": frozenset({"کم", "یک", "یکی", "گاه", "تک", "دانه"}),
    "prs": frozenset({"زود", "کم", "یک", "یکی", "گاه", "وقت", "دانه"}),
    "ar": frozenset({"شيئا", "شيئًا", "واحدا", "واحدًا", "خطوة", "جدا", "جدًا"}),
    "so": frozenset({"kala", "mid", "yar", "mar"}),
}
_ETHIOPIC = re.compile("[\u1200-\u137f]")
_JOINED = frozenset("'’ʼ-‑")


@register
class DoubledWords(Check):
    """No word stands twice in a row, unless the language says things twice."""

    code = "doubled-word"
    label = gettext_lazy("Doubled word")
    severity = Severity.WARNING

    def find(self, subject: Subject) -> Iterator[Finding]:
        text = subject.plain
        fine = _TWICE.get(subject.language, frozenset())
        # Ethiopic languages say "each" by saying it twice: ሓደ ሓደ.
        for one, other in pairwise(WORD.finditer(text)):
            word = one[0].casefold()
            if (
                (len(word) > 1 or one[0] == word)
                and word == other[0].casefold()
                and text[one.end() : other.start()].isspace()
                and "\n" not in text[one.end() : other.start()]
                # A part of a longer word: "la hay Hay'adda".
                and text[other.end() : other.end() + 1] not in _JOINED
                and text[one.start() - 1 : one.start()] not in _JOINED
                and word not in fine
                and not _ETHIOPIC.match(word)
                and f"{word} {word}" not in subject.plain_source.casefold()
            ):
                yield self.finding(_("“%(word)s” stands twice.") % {"word": one[0]}, (one.start(), other.end()))


_DOUBLE_SPACE = re.compile("[ \u00a0\u202f]{2,}")
_BEFORE_MARK = re.compile(r"(?<=\S)([ \u00a0\u202f\t]+)([,.;:!?،؛؟።፣፤])(?![\w.,:/])")
_FRENCH_HIGH = frozenset(";:!?")


@register
class Spaces(Check):
    """One space between words, none before a mark, and at the ends of the text what the source has there.

    Pieces of a page are put together: a space too few at the end glues two words.
    """

    code = "spaces"
    label = gettext_lazy("Spaces")
    severity = Severity.WARNING

    def find(self, subject: Subject) -> Iterator[Finding]:
        text, source = subject.plain, subject.plain_source
        for match in _DOUBLE_SPACE.finditer(text):
            yield self.finding(_("There are two spaces."), match.span())
        for match in _BEFORE_MARK.finditer(text):
            if not (subject.language == "fr" and match[2] in _FRENCH_HIGH):
                yield self.finding(_("There is a space before “%(mark)s”.") % {"mark": match[2]}, match.span(1))
        if text[:1].isspace() != source[:1].isspace():
            yield self.finding(
                _("The original begins with a space.")
                if source[:1].isspace()
                else _("The text begins with a space, the original does not.")
            )
        if text[-1:].isspace() != source[-1:].isspace():
            yield self.finding(
                _("The original ends with a space.")
                if source[-1:].isspace()
                else _("The text ends with a space, the original does not.")
            )


_FRENCH = re.compile(r"(?<=[^\s\u00a0\u202f(\[?!;:…])(?:[ \t]?[;!?»]|[ \t]:|:(?=\s|$))|«(?![\u00a0\u202f]).?")


@register
class FrenchSpaces(Check):
    """French has a no-break space, narrow or plain, before ; : ! ? » and behind «.

    Without it the mark may begin a line of its own.
    """

    code = "french-space"
    label = gettext_lazy("French spaces")
    severity = Severity.WARNING
    languages = frozenset(code for code in targets() if code == "fr")

    def find(self, subject: Subject) -> Iterator[Finding]:
        for match in _FRENCH.finditer(without_code(subject.plain)):
            piece = match[0].strip()[:1]
            message = (
                _("Behind “%(mark)s” stands a no-break space.")
                if piece == "«"
                else _("Before “%(mark)s” stands a no-break space.")
            )
            yield self.finding(message % {"mark": piece}, match.span())


_JOINTS = re.compile(
    r"(?<!\w)(?P<prefix>ن?می) (?=[آ-ی]{2})|(?<=[آ-ی]) (?P<suffix>ها(?:ی|یی|یم|یت|یش|یمان|یتان|یشان)?)(?!\w)"
)


@register
class Joints(Check):
    """In Persian and Dari, می and ها are joined to their word by a zero-width non-joiner (U+200C), not by a space.

    With a space the line may break inside the word, and search takes it for two.
    """

    code = "joint"
    label = gettext_lazy("Zero-width non-joiner")
    severity = Severity.WARNING
    languages = frozenset(code for code in targets() if code in {"fa", "prs"})

    def find(self, subject: Subject) -> Iterator[Finding]:
        for match in _JOINTS.finditer(subject.plain):
            piece = match["prefix"] or match["suffix"]
            yield self.finding(
                _("“%(piece)s” is joined to its word by a zero-width non-joiner, not by a space.") % {"piece": piece},
                match.span(),
            )
