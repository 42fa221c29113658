"""A provider for development: no server, always the same, marked, and still readable.

What it writes is Swedish with other letters: with accents in Latin script, spelled letter by letter
in the others, so that direction, script and fonts are those of the language. ``※`` stands before it.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cms.languages.registry import BY_CODE, CODES, SOURCE, Script
from cms.translation.machine.providers.base import Setup, Terms

MARK = "※"
# What stays as it is: tags, entities, addresses, placeholders.
_KEPT = re.compile(r"<[^>]*>|&\w+;|https?://[^\s<]+|www\.[^\s<]+|\S+@[^\s<]+|%\(\w+\)[a-z]|%[sd]|\{\w*\}")
_LATIN = dict(zip("aeiouåäöAEIOUÅÄÖ", "áéíóúāâôÁÉÍÓÚĀÂÔ", strict=True))
_LOWER = "abcdefghijklmnopqrstuvwxyzåäöé"
_SPELLED = {
    # Letters that Russian and Ukrainian share; of Arabic, those that Persian has as well.
    Script.CYRILLIC: dict(zip(_LOWER, "абцдефгхийклмнопкрстуввхйзоеое", strict=True)),
    Script.ARABIC: dict(zip(_LOWER, "ابسدهفغحيجكلمنوبقرستوووسيزواوي", strict=True)),
    Script.ETHIOPIC: dict(zip(_LOWER, "አበከደኤፈገሀኢየቀለመነኦፐቀረሰተኡቨወሰየዘኦአኦኤ", strict=True)),
}
_PERSIAN = {"i": "ی", "y": "ی", "é": "ی", "k": "ک", "w": "و"}
_STOPS = {
    Script.ARABIC: {",": "،", ";": "؛", "?": "؟"},
    Script.ETHIOPIC: {".": "።", ",": "፣", ";": "፤", ":": "፥"},
}


def _letters(target: str) -> dict[str, str]:
    script = BY_CODE[target].script
    if script is Script.LATIN:
        return _LATIN
    lower = _SPELLED[script] | (_PERSIAN if target in ("fa", "prs") else {})
    return lower | {letter.upper(): other.upper() for letter, other in lower.items()}


class Pseudo:
    """The provider for development. It uses the glossary's terms where they stand as they are."""

    name = "Pseudo"
    max_characters = 5000
    max_texts = 20

    def __init__(self, setup: Setup, before: Callable[[], None]) -> None:
        self.key = setup.name
        self._before = before

    def languages(self) -> set[tuple[str, str]]:
        return {(SOURCE, code) for code in CODES if code != SOURCE}

    def note(self, target: str) -> str | Promise:
        return _("This is no translation: Swedish in other letters, for trying the site out.")

    def translate(self, texts: list[str], source: str, target: str, glossary: Terms) -> list[str]:
        self._before()
        return [f"{MARK} {self._one(text, target, dict(glossary))}" for text in texts]

    def _one(self, text: str, target: str, terms: dict[str, str]) -> str:
        kept = _KEPT
        if terms:
            words = "|".join(rf"\b{re.escape(term)}\b" for term in sorted(terms, key=len, reverse=True))
            kept = re.compile(f"{_KEPT.pattern}|{words}")
        parts, end = [], 0
        for match in kept.finditer(text):
            parts += [self._spelled(text[end : match.start()], target), terms.get(match[0], match[0])]
            end = match.end()
        return "".join([*parts, self._spelled(text[end:], target)])

    def _spelled(self, text: str, target: str) -> str:
        letters = _letters(target)
        # Not between figures: 8.30 is a time.
        stops = _STOPS.get(BY_CODE[target].script, {})
        text = re.sub(r"[.,;:?](?!\d)", lambda match: stops.get(match[0], match[0]), text)
        return "".join(letters.get(char, char) for char in text)
