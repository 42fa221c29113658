"""Ukrainian: light rules that take off the endings of nouns and adjectives."""

from __future__ import annotations

import re

# Longest first; at least three letters stay.
_ENDINGS = re.compile(
    r"(?<=...)(?:"
    r"ами|ями|ові|еві|єві|ого|ому|ими|іми|ах|ях|ам|ям|ом|ем|єм|ою|ею|єю|ів|їв|их|іх|им|ій|ої|ий|ія|ії|ію"
    r"|а|я|о|е|є|и|і|ї|у|ю|ь|й)$"
)
# дозвіл, дозволу: і of a closed syllable is о in the others. Applied to all stems alike.
_VOWEL = re.compile(r"і(?=[^аеєиіїоуюя]{1,2}$)")
# навчання, навчань.
_DOUBLE = re.compile(r"([^аеєиіїоуюя])\1$")


def stem(word: str) -> str:
    """The stem of a word as ``normalise.base`` gives it."""
    word = _DOUBLE.sub(r"\1", _ENDINGS.sub("", word))
    return _VOWEL.sub("о", word)
