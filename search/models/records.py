"""What search keeps of the pages."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from wagtail.models import Page


class SearchRecord(models.Model):
    """A page as search knows it: what it is filtered by, what a passage is cut from, and its document.

    What the database itself searches stands beside it in ``search_index``, which each database has
    in its own way (``search.backends.fulltext``). There is no constraint to the page: a page's
    deletion goes through signals that may still write a record, and a hit is checked against its
    page anyway.
    """

    page = models.OneToOneField(Page, models.DO_NOTHING, primary_key=True, db_constraint=False, related_name="+")
    language = models.CharField(max_length=10)
    type = models.CharField(max_length=20)
    theme = models.CharField(max_length=255, blank=True, db_default="")
    county = models.CharField(max_length=2, blank=True)
    municipality = models.CharField(max_length=4, blank=True)
    machine_translated = models.BooleanField(default=False)
    updated = models.DateTimeField(null=True)
    text = models.TextField(blank=True)
    document = models.TextField(blank=True, db_default="")
    stamp = models.CharField(max_length=24, blank=True, db_default="")
    version = models.PositiveSmallIntegerField(db_default=0)

    # It points to every page; the editor's "used by" is about what people made.
    wagtail_reference_index_ignore = True

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["language", "type"], name="search_record_language"),
            models.Index(fields=["county"], name="search_record_county"),
        ]

    def __str__(self) -> str:
        return f"{self.page_id} ({self.language})"


class SearchWord(models.Model):
    """A word that some page has, or had, and how it is written: what other spellings are looked up in.

    Whether it still leads to a page is asked when it is about to be shown. ``pages`` was counted at
    the last rebuild.
    """

    language = models.CharField(max_length=10)
    word = models.CharField(max_length=64)
    stem = models.CharField(max_length=64)
    written = models.CharField(max_length=64)
    pages = models.PositiveIntegerField(default=1)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["language", "word"], name="search_word_once")]
        indexes: ClassVar = [models.Index(fields=["language", "stem"], name="search_word_stem")]

    def __str__(self) -> str:
        return f"{self.written} ({self.language})"
