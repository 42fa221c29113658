"""The checks as a table, for the documentation."""

from __future__ import annotations

import inspect

from django.utils import translation

from cms.translation.checks.base import CHECKS, Check


def table() -> str:
    """The checks as a Markdown table, in English: a check a row."""
    with translation.override("en"):
        lines = ["| code | check | severity | languages | why |", "|---|---|---|---|---|"]
        lines += [_row(check) for check in sorted(CHECKS.values(), key=lambda check: check.code)]
    return "\n".join(lines)


def _row(check: Check) -> str:
    why = " ".join((inspect.getdoc(type(check)) or "").split()).replace("``", "`").replace("|", "\\|")
    languages = ", ".join(sorted(check.languages)) if check.languages is not None else "all"
    return f"| `{check.code}` | {check.label} | {check.severity} | {languages} | {why} |"
