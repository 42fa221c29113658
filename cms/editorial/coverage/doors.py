"""The doors of the coverage: everybody with a role; the views show each what she may know of."""

from __future__ import annotations

from cms.access.doors.rules import Rule, everybody

DOORS: dict[str, Rule] = {"overview": everybody, "coverage_csv": everybody}
