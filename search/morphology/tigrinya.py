"""Tigrinya: light rules of our own; no well-kept stemmer exists."""

from __future__ import annotations


def stem(word: str) -> str:
    """The stem of a word as ``normalise.base`` gives it."""
    return word
