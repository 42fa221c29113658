"""Somali: light rules of our own; no well-kept stemmer exists."""

from __future__ import annotations

import re

# The article at the end of a noun, with possessive and plural, in the shapes that it takes.
_ARTICLE = re.compile(
    r"(?<=...)(?:"
    r"yaashooda|yaasha|yaashu|yaal|yada|yadii|yadu|ooyinka|ooyin|aasha|aal"
    r"|kooda|keeda|kiisa|tooda|teeda|tiisa|dooda|deeda|diisa|gooda|geeda|giisa"
    r"|kii|tii|dii|gii|hii|shii|kaas|taas|kan|tan|dan|gan"
    r"|sha|shu|ka|ku|ga|gu|ha|hu|da|du|ta|tu)$"
)
# shaqo, shaqada: what ends in -o has -a before the article.
_VOWEL = re.compile(r"(?<=...)[ao]$")


def stem(word: str) -> str:
    """The stem of a word as ``normalise.base`` gives it."""
    return _VOWEL.sub("", _ARTICLE.sub("", word))
