"""What search keeps for editors."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

#: The full-text index beside ``DraftRecord``, by its ids; as ``search.backends.fulltext`` has it.
TABLE = "search_drafts_index"


class DraftRecord(models.Model):
    """A page's latest text; and, where that is another, its published one.

    ``live`` says whether the text is what is published: those above a person's own part are found by
    that alone. Ids are even for a latest text and odd for a published one, so that a page's are known.
    There is no constraint to the page, as in ``SearchRecord``.
    """

    id = models.BigIntegerField(primary_key=True)
    page_id = models.BigIntegerField(db_index=True)
    language = models.CharField(max_length=10)
    live = models.BooleanField()
    summary = models.TextField(blank=True)
    text = models.TextField(blank=True)
    stamp = models.CharField(max_length=24)
    version = models.PositiveSmallIntegerField()

    wagtail_reference_index_ignore = True

    class Meta:
        indexes: ClassVar = [models.Index(fields=["version"], name="search_drafts_version")]

    def __str__(self) -> str:
        return f"{self.page_id} ({self.language}, {'published' if self.live else 'draft'})"

    @staticmethod
    def key(page_id: int, *, latest: bool) -> int:
        """The id of a page's latest or published text."""
        return 2 * page_id + (0 if latest else 1)
