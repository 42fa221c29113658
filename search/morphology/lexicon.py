"""Lists of words whose forms no rule explains, one file a language in ``data/``."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

_DATA = Path(__file__).parent / "data"


def lexicon(name: str, written: Callable[[str], str]) -> dict[str, str]:
    """Each form in ``data/<name>.txt``, and the first of its line, all as ``written`` gives them.

    A form that stands in two lines belongs to the first. Lines that begin with # are remarks.
    """
    found: dict[str, str] = {}
    for line in (_DATA / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            forms = [written(form) for form in line.split()]
            for form in forms:
                found.setdefault(form, forms[0])
    return found
