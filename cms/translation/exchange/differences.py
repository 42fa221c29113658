"""What differs between two texts, word by word."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

_TOKEN = re.compile(r"⟦/?\d+/?⟧|\s+|[^\s⟦]+|⟦")
#: Beyond so many words they are shown one after the other: comparing takes the square of their number.
_LONGEST = 1500


def differences(old: str, new: str) -> list[tuple[str, str]]:
    """The words of both in their order, as runs of ``same``, ``gone`` and ``added``."""
    if not old or not new:
        return [one for one in (("gone", old), ("added", new)) if one[1]]
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    if max(len(before), len(after)) > _LONGEST:
        return [("gone", old), ("added", new)]
    runs: list[tuple[str, str]] = []
    for kind, one, other, first, last in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            runs.append(("same", "".join(before[one:other])))
            continue
        if other > one:
            runs.append(("gone", "".join(before[one:other])))
        if last > first:
            runs.append(("added", "".join(after[first:last])))
    return runs
