"""How each language sets its sentences: marks, quotation marks, spaces. Data alone."""

from __future__ import annotations

from cms.languages.registry import BY_CODE, Script

#: What stands for a mark of the source at a text's end, by script, where it is another one; and the
#: marks of Latin script that are wrong behind a letter of this script, with the right ones.
_ENDS: dict[Script, dict[str, str]] = {
    Script.ARABIC: {"?": "؟", ";": "؛", ",": "،"},
    Script.ETHIOPIC: {".": "።", "?": "?፧", ":": "፦፡፥:", ";": "፤", ",": "፣"},
}
_WRONG: dict[Script, dict[str, str]] = {
    Script.ARABIC: {"?": "؟", ";": "؛", ",": "،"},
    Script.ETHIOPIC: {".": "።", ";": "፤", ",": "፣"},
}

#: Pairs of quotation marks that a language may have, the usual one first.
_QUOTES: dict[str, tuple[str, ...]] = {
    "sv": ("””", "’’", "»»"),
    "en": ("“”", "‘’"),
    "so": ("“”", "‘’"),
    "ar": ("«»", "“”"),
    "prs": ("«»",),
    "fa": ("«»",),
    "ti": ("‹›", "«»", "“”"),
    "ru": ("«»", "„“"),
    "uk": ("«»", "„“", "“”"),
    "es": ("«»", "“”", "‘’"),
    "fr": ("«»", "“”"),
}
_ANY = ("“”", "„”", "„“", "«»", "‘’", "‹›")


def ends(language: str) -> dict[str, str]:
    """By a mark that ends a source: the marks that may end its translation."""
    marks = {mark: mark for mark in ".?!:;,"}
    return marks | _ENDS.get(BY_CODE[language].script, {})


def wrong_marks(language: str) -> dict[str, str]:
    """Marks that are wrong behind a letter of the language's script, with the right ones."""
    return _WRONG.get(BY_CODE[language].script, {})


def quotes(language: str) -> tuple[str, ...]:
    """The pairs of quotation marks that the language may have, the usual one first."""
    return _QUOTES.get(language, _ANY)
