"""Gettext's plural rules, evaluated."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from gettext import c2py

from cms.languages.registry import BY_CODE

_RULE = re.compile(r"nplurals=(\d+);\s*plural=(.+?);?\s*$")
# Every rule of CLDR that gettext can say repeats within two hundreds.
_TRIED = range(201)


@cache
def _rule(code: str) -> tuple[int, Callable[[int], int]]:
    match = _RULE.match(BY_CODE[code].plural)
    if match is None:
        raise ValueError(f"{code}: {BY_CODE[code].plural!r} is no Plural-Forms rule.")
    return int(match[1]), c2py(match[2])


def form_count(code: str) -> int:
    """How many plural forms the language has."""
    return _rule(code)[0]


def form_of(code: str, number: int) -> int:
    """Which form a number takes, from 0."""
    return int(_rule(code)[1](number))


@cache
def numbers_of(code: str, form: int) -> tuple[int, ...]:
    """The numbers from 0 to 200 that take a form: (1,) for the Swedish singular."""
    return tuple(number for number in _TRIED if form_of(code, number) == form)
