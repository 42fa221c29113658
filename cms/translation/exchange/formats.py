"""The formats of files, as data."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

#: Largest file that is taken in, in bytes. A language's 500 pages with all their matches are about 6 MB.
LARGEST_FILE = 10 * 1024 * 1024
#: Most texts that a file may hold.
MOST_ROWS = 50_000


class Format(models.TextChoices):
    """What a file is written as. One file is of one language."""

    XLIFF_1 = "xliff-1.2", _("XLIFF 1.2")
    XLIFF_2 = "xliff-2.1", _("XLIFF 2.1")
    PO = "po", _("PO (gettext)")
    CSV = "csv", _("CSV (spreadsheet)")

    @property
    def extension(self) -> str:
        """What its files' names end with, without the dot."""
        return {"xliff-1.2": "xlf", "xliff-2.1": "xlf"}.get(self.value, self.value)

    @property
    def content_type(self) -> str:
        return {
            "po": "text/x-gettext-translation; charset=utf-8",
            "csv": "text/csv; charset=utf-8",
        }.get(self.value, "application/x-xliff+xml")


class TextState(models.TextChoices):
    """How a text stands when its file is written; as the file's format says it, and so again when it is read."""

    #: Nobody has translated it.
    NEW = "new", _("new")
    #: The original has changed since it was translated.
    NEEDS = "needs-translation", _("needs translation")
    MACHINE = "machine", _("machine-translated")
    TRANSLATED = "translated", _("translated")
    #: It is published, approved by a person.
    FINAL = "final", _("final")
