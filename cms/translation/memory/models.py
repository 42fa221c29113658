"""What was approved: source texts, and their translations in each place that they stand in."""

from __future__ import annotations

import hashlib
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from cms.access.scopes import Scope
from cms.translation.markup import without_tags
from cms.translation.models.records import language_choices

#: The domain of what is no county's.
NATIONAL = "national"


def hash_of(coded: str) -> str:
    """What the same source text has in common wherever it stands; 32 hexadecimal digits."""
    return hashlib.sha256(coded.encode()).hexdigest()[:32]


def place_of(translation_key: Any, path: str) -> str:
    """The name of a place: 32 hexadecimal digits of a page's key and the path in it; empty without a page."""
    return hashlib.sha256(f"{translation_key}\x1f{path}".encode()).hexdigest()[:32] if translation_key else ""


class MemoryOrigin(models.TextChoices):
    """How a text came to be approved."""

    PAGE = "page", _("approved page")
    TMX = "tmx", _("imported memory")


class MemorySource(models.Model):
    """A source text, kept once for all languages and places.

    ``coded`` is the numbered form of :mod:`cms.translation.markup`, in which the same text has the
    same tags on every page; ``plain`` is what it is compared by.
    """

    hash = models.CharField(max_length=32, unique=True)
    #: Characters of ``plain``; before the texts, so that a row of the wrong length is not read on.
    length = models.PositiveIntegerField()
    plain = models.TextField()
    coded = models.TextField()

    class Meta:
        verbose_name = _("source text of the memory")
        verbose_name_plural = _("source texts of the memory")
        default_permissions = ()

    def __str__(self) -> str:
        return self.plain[:80]

    @classmethod
    def of(cls, coded: str) -> MemorySource:
        """A source text that is not saved."""
        plain = " ".join(without_tags(coded).split())
        return cls(hash=hash_of(coded), coded=coded, plain=plain, length=len(plain))


class MemoryEntry(models.Model):
    """An approved translation of a source text, in one place: the newest that was approved there."""

    source = models.ForeignKey(MemorySource, on_delete=models.CASCADE, related_name="entries")
    language = models.CharField(_("language"), max_length=8, choices=language_choices)
    #: In the numbered form.
    text = models.TextField(_("text"))
    #: The page and the path in it; none of what came from a file of another house.
    translation_key = models.UUIDField(null=True, db_index=True)
    path = models.TextField(blank=True)
    #: ``place_of`` the two, which a database can hold unique.
    place = models.CharField(max_length=32, blank=True)
    #: The county whose page it is, or ``NATIONAL``.
    domain = models.CharField(_("domain"), max_length=100, default=NATIONAL)
    origin = models.CharField(_("origin"), max_length=8, choices=MemoryOrigin.choices)
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    approved_at = models.DateTimeField(_("approved"))

    class Meta:
        verbose_name = _("text of the memory")
        verbose_name_plural = _("texts of the memory")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["source", "language", "place"], name="one_memory_a_place"),
        ]
        indexes = [models.Index(fields=["language", "-approved_at", "-id"], name="memory_newest")]

    def __str__(self) -> str:
        return self.text[:80]

    @property
    def access_scope(self) -> Scope:
        """Whose the text is: its language's, the nation's or the county's."""
        return Scope(self.language, None if self.domain == NATIONAL else self.domain)
