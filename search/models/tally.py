"""Searches that found little, counted without anybody who made them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class SearchTally(models.Model):
    """How often a search was made in a week, and the fewest pages that it found then.

    Written from the third time on (``search.tally``); ``week`` is its Monday.
    """

    week = models.DateField()
    language = models.CharField(max_length=10)
    query = models.CharField(max_length=100)
    times = models.PositiveIntegerField()
    found = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["week", "language", "query"], name="search_tally_once"),
        ]

    def __str__(self) -> str:
        return f"{self.query} ({self.language}, {self.week})"
