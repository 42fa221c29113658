"""What a second engine has yet to be told, and what is being built for it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class SearchChange(models.Model):
    """A page whose change the second engine has yet to be told; written with the change itself.

    A row a change and none shared: one that comes while an earlier one is handled stays for the
    next. One that the engine refuses again and again is set aside, with what it said.
    """

    id = models.BigAutoField(primary_key=True)
    page_id = models.BigIntegerField()
    since = models.DateTimeField(auto_now_add=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.TextField(blank=True)
    set_aside = models.BooleanField(default=False)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["set_aside", "id"], name="search_change_waiting")]

    def __str__(self) -> str:
        return f"{self.page_id} since {self.since:%Y-%m-%d %H:%M:%S}"


class SearchBuild(models.Model):
    """An index that is being built for a language; every change meanwhile is told to it too.

    ``cursor`` is the last page that is in it, so that a build that was killed goes on from there.
    """

    language = models.CharField(max_length=10, primary_key=True)
    index = models.CharField(max_length=100)
    version = models.CharField(max_length=20)
    cursor = models.BigIntegerField(default=0)
    started = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.index} at {self.cursor}"
