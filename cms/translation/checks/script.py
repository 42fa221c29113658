"""Letters of the language's own script and alphabet."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.languages.registry import BY_CODE, Script
from cms.languages.scripts import script_of
from cms.translation.checks.base import Check, Finding, Severity, Subject, register, targets
from cms.translation.checks.reading import BRACKETS, WORD, blank, excerpt, is_letter, without_code

_LATIN_WORD = re.compile(r"[A-Za-zÀ-ÖØ-öø-ɏ][A-Za-zÀ-ÖØ-öø-ɏ'’-]*")
#: Scripts whose letters look like one another's.
_ALIKE = {Script.LATIN, Script.CYRILLIC, "Greek"}


@lru_cache(maxsize=4096)
def _scripts(word: str) -> frozenset[Script | str]:
    return frozenset(script for script in map(script_of, word) if script is not None)


def _is_mixed(word: str) -> bool:
    return not word.isascii() and len(_scripts(word) & _ALIKE) > 1


@register
class ScriptOfLanguage(Check):
    """Letters are of the language's script; Swedish names and terms may stand there in Latin ones.

    Arabic in a Russian text is a text of another language, pasted here. What the source has is allowed as it is.
    """

    code = "script"
    label = gettext_lazy("Script of the language")
    severity = Severity.ERROR

    def find(self, subject: Subject) -> Iterator[Finding]:
        if subject.plain.isascii() and subject.speech.script is Script.LATIN:
            return
        allowed = {subject.speech.script, Script.LATIN}
        source = set(WORD.findall(subject.plain_source))
        for match in WORD.finditer(without_code(subject.plain)):
            word = match[0]
            if not word.isascii() and word not in source and _scripts(word) - allowed and not _is_mixed(word):
                yield self.finding(
                    _("“%(word)s” is in another script than %(language)s.")
                    % {"word": excerpt(word), "language": subject.speech.autonym},
                    match.span(),
                )


@register
class LatinWords(Check):
    """In a text of another script, Latin words stand in brackets, or are the source's.

    A reader may not know the letters. Names of Swedish authorities belong in brackets behind the translated name.
    """

    code = "latin"
    label = gettext_lazy("Words in Latin letters")
    severity = Severity.WARNING
    languages = frozenset(code for code in targets() if BY_CODE[code].script is not Script.LATIN)

    def find(self, subject: Subject) -> Iterator[Finding]:
        text = without_code(subject.plain)
        text = blank(text, (match.span() for match in BRACKETS.finditer(text)))
        source = subject.plain_source.casefold()
        for match in _LATIN_WORD.finditer(text):
            word = match[0]
            if len(word) > 1 and word.casefold() not in source:
                yield self.finding(
                    _("“%(word)s” is in Latin letters, and not in the original.") % {"word": excerpt(word)},
                    match.span(),
                )


@register
class LookAlikes(Check):
    """No word mixes letters of scripts that look alike: a Latin “a” in a Russian word is not found by search,
    and a screen reader stumbles over it."""

    code = "look-alike"
    label = gettext_lazy("Letters that look alike")
    severity = Severity.ERROR

    def find(self, subject: Subject) -> Iterator[Finding]:
        if subject.plain.isascii():
            return
        for match in WORD.finditer(without_code(subject.plain)):
            if _is_mixed(match[0]):
                own = subject.speech.script
                wrong = sorted({char for char in match[0] if is_letter(char) and script_of(char) is not own})
                yield self.finding(
                    _("“%(word)s” has letters of another script: %(letters)s.")
                    % {"word": match[0], "letters": " ".join(wrong)},
                    match.span(),
                )


#: Letters that foreign names and borrowed words have.
_BORROWED = frozenset("پچژگة")


@register
class Alphabet(Check):
    """No letter of a language that shares the script: Russian ы э ъ ё in Ukrainian, Arabic ي ك in Persian.

    It was typed on the wrong keyboard, so that search does not find it; or it is in the wrong language. Letters that
    stand in borrowed words and names (پ چ ژ گ in Arabic, ة in Persian) are a warning.
    """

    code = "alphabet"
    label = gettext_lazy("Letters of another language")
    severity = Severity.ERROR
    languages = frozenset(code for code in targets() if BY_CODE[code].foreign)

    def find(self, subject: Subject) -> Iterator[Finding]:
        foreign = set(subject.speech.foreign)
        foreign |= {letter.upper() for letter in foreign}
        if foreign.isdisjoint(subject.plain):
            return
        source = set(WORD.findall(subject.plain_source))
        for match in WORD.finditer(subject.plain):
            letters = foreign.intersection(match[0])
            if letters and match[0] not in source:
                yield self.finding(
                    _("“%(word)s” has letters that %(language)s has not: %(letters)s.")
                    % {
                        "word": match[0],
                        "language": subject.speech.autonym,
                        "letters": " ".join(sorted(letters)),
                    },
                    match.span(),
                    severity=Severity.WARNING if letters <= _BORROWED else None,
                )
