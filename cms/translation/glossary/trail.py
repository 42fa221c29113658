"""Where a screen of the glossary is, for the line of links above it."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from cms.translation.glossary.entries import Entry


def trail(entry: Entry | None = None, here: str = "") -> list[dict[str, Any]]:
    """From the start page to the glossary, to the concept, to what is called ``here``."""
    steps = [(reverse("wagtailadmin_home"), _("Home")), (reverse("glossary_index"), _("Glossary"))]
    if entry is not None:
        steps.append((reverse("glossary_concept", args=[entry.key]), entry.name))
    if here:
        steps.append(("", here))
    return [{"url": url, "label": label} for url, label in steps]
