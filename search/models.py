"""What search keeps in the database."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from wagtail.models import Page


class SearchRecord(models.Model):
    """A page as search knows it: what it is filtered by and what a passage is cut from.

    The words themselves stand beside it in ``search_index``, which each database has in its own way
    (``search.backends.fulltext``). There is no constraint to the page: a page's deletion goes
    through signals that may still write a record, and a hit is checked against its page anyway.
    """

    page = models.OneToOneField(Page, models.DO_NOTHING, primary_key=True, db_constraint=False, related_name="+")
    language = models.CharField(max_length=10)
    type = models.CharField(max_length=20)
    county = models.CharField(max_length=2, blank=True)
    municipality = models.CharField(max_length=4, blank=True)
    machine_translated = models.BooleanField(default=False)
    text = models.TextField(blank=True)

    # It points to every page; the editor's "used by" is about what people made.
    wagtail_reference_index_ignore = True

    class Meta:
        indexes: ClassVar = [models.Index(fields=["language", "type"], name="search_record_language")]

    def __str__(self) -> str:
        return f"{self.page_id} ({self.language})"


class SearchPending(models.Model):
    """A page whose change a second engine (Elasticsearch) has yet to be told; written with the change itself.

    A row a change and none shared: one that comes while an earlier one is handled stays for the next.
    """

    id = models.BigAutoField(primary_key=True)
    page_id = models.BigIntegerField()
    since = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.page_id} since {self.since:%Y-%m-%d %H:%M:%S}"
