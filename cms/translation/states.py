"""States of a translated page's text."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class TranslationState(models.TextChoices):
    """Whether a person who knows the language has read the text; a source has none."""

    MACHINE = "machine-translated", _("machine-translated")
    REVIEWED = "reviewed", _("reviewed")
