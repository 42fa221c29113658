"""Which script a letter belongs to."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from cms.languages.registry import Script

_NAMES: dict[str, Script] = {
    "LATIN": Script.LATIN,
    "ARABIC": Script.ARABIC,
    "CYRILLIC": Script.CYRILLIC,
    "ETHIOPIC": Script.ETHIOPIC,
}
# "LATIN SMALL LETTER A", "ETHIOPIC SYLLABLE HA", "CJK UNIFIED IDEOGRAPH-4E00"; not "MICRO SIGN".
_LETTER = re.compile(r"(\w+)\b.*\b(?:LETTER|SYLLABLE|LIGATURE|IDEOGRAPH)\b")


@lru_cache(maxsize=4096)
def script_of(char: str) -> Script | str | None:
    """The script of one character: a ``Script``, the Unicode name of another one, or None for no letter."""
    if unicodedata.category(char) not in {"Lu", "Ll", "Lt", "Lo"}:
        return None
    match = _LETTER.match(unicodedata.name(char, ""))
    if match is None:
        return None
    return _NAMES.get(match[1], match[1].capitalize())
