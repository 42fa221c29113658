"""Arabic: Snowball, and what it leaves before the article."""

from __future__ import annotations

import re

from search.morphology.snowball import snowball

# "And" before the article: والمدرسة.
_AND = re.compile(r"^[وف](?=(?:ال|لل|بال|كال)..)")


def stem(word: str) -> str:
    """The stem of a word as ``normalise.base`` gives it."""
    return snowball(_AND.sub("", word), "ar")
