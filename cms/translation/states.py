"""States of a translated page: of its published text, and of the work on it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class TranslationState(models.TextChoices):
    """Whether a person who knows the language has read the text; a source has none."""

    MACHINE = "machine-translated", _("machine-translated")
    REVIEWED = "reviewed", _("reviewed")


class State(models.TextChoices):
    """How a source stands in one language; follows from content and moderation, never from dates."""

    MISSING = "missing", _("missing")
    IN_PROGRESS = "in-progress", _("in progress")
    MACHINE = "machine", _("machine-translated")
    IN_REVIEW = "in-review", _("in review")
    CURRENT = "current", _("current")
    OUTDATED = "outdated", _("outdated")


def state_of(*, live: bool, outdated: bool, machine: bool, in_review: bool, started: bool) -> State:
    """The state that follows.

    ``outdated``: the source says or shows something that the published text was not made from.
    ``started``: there is a text, or an order, of what is not published.
    """
    if in_review:
        return State.IN_REVIEW
    if not live:
        return State.IN_PROGRESS if started else State.MISSING
    if outdated:
        return State.OUTDATED
    return State.MACHINE if machine else State.CURRENT
