"""Versions of what cached pages show (pages/cache)."""

from __future__ import annotations

from django.db import models


class CacheTag(models.Model):
    """One thing that pages show, and how often it has changed.

    In the database and not in the cache: the version changes in the same transaction as the thing,
    and every process sees it, with local memory too.
    """

    name = models.CharField(max_length=255, primary_key=True)
    version = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.name}@{self.version}"
