"""What may be wrong with a translation of one text: small registered classes, run on it as it is typed.

``run`` checks one text, ``run_all`` a translation's, ``errors_of`` says what stops its approval.
"""

from __future__ import annotations

from cms.translation.checks import (  # noqa: F401  (each registers its checks)
    bidi,
    contacts,
    content,
    numbers,
    punctuation,
    script,
    tags,
    terms,
    words,
)
from cms.translation.checks.base import CHECKS, Check, Finding, Severity, Subject
from cms.translation.checks.limits import limits_of
from cms.translation.checks.run import errors_of, findings_of, key, run, run_all

__all__ = [
    "CHECKS",
    "Check",
    "Finding",
    "Severity",
    "Subject",
    "errors_of",
    "findings_of",
    "key",
    "limits_of",
    "run",
    "run_all",
]
