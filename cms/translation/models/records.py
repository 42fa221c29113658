"""What each source says, and what each of its translations was made from (decision 2)."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, Revision

from cms.access.scopes import Scope
from cms.languages.registry import CODES, SOURCE
from cms.translation.states import State


def language_choices() -> list[tuple[str, str]]:
    """The languages that are translated into; a function, so that a twelfth needs no migration."""
    return [(code, code) for code in CODES if code != SOURCE]


class SourceRecord(models.Model):
    """A Swedish page as it was last published.

    ``segments`` is a list of ``[hash, meaning, words]``, one for each of its texts. ``minor`` says
    which hashes mean the same as an earlier one: a publisher called the edit between them minor. A
    text's *meaning* is what a translation is held against. ``arrangement`` is the hash of what is
    not text: blocks and their order, pictures, addresses.
    """

    translation_key = models.UUIDField(primary_key=True)
    page = models.OneToOneField(Page, null=True, on_delete=models.SET_NULL, related_name="source_record")
    #: The county whose page it is; empty for the nation's.
    county_slug = models.CharField(max_length=100, blank=True, db_index=True)
    segments = models.JSONField(default=list)
    arrangement = models.CharField(max_length=16, blank=True)
    minor = models.JSONField(default=dict)
    words = models.PositiveIntegerField(default=0)
    live = models.BooleanField(default=False)
    #: When a publish last changed a meaning or the arrangement.
    changed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")

    def __str__(self) -> str:
        return str(self.page) if self.page else str(self.translation_key)

    def meaning_of(self, hash_: str) -> str:
        """What a text or an arrangement with this hash means."""
        meaning: str = self.minor.get(hash_, hash_)
        return meaning

    @property
    def meanings(self) -> dict[str, int]:
        """The words of each meaning that the source has."""
        return {meaning: words for _hash, meaning, words in self.segments}


class TranslationRecord(models.Model):
    """One source in one language: what its published text was made from, and how the work stands.

    Kept by :mod:`cms.translation.records` alone; ``state`` and the counts follow from the rest.
    """

    source = models.ForeignKey(SourceRecord, on_delete=models.CASCADE, related_name="translations")
    language = models.CharField(max_length=8, choices=language_choices)
    #: The page in this language, published or not; none until something is sent for review.
    page = models.OneToOneField(Page, null=True, on_delete=models.SET_NULL, related_name="translation_record")
    state = models.CharField(max_length=16, choices=State.choices, default=State.MISSING)
    live = models.BooleanField(default=False)
    #: Whether the published text is a machine's that nobody has approved.
    machine = models.BooleanField(default=False)
    #: The meanings that the published text was made from, and the arrangement.
    made_from = models.JSONField(default=list)
    arrangement = models.CharField(max_length=16, blank=True)
    in_review = models.BooleanField(default=False)
    #: Whether a reviewer has sent it back, and it was not sent again since.
    returned = models.BooleanField(default=False)
    #: Texts of the source that the published text was not made from.
    outdated = models.PositiveIntegerField(default=0)
    #: Texts of the source that have no text in this language yet, in a draft neither; and their words.
    untranslated = models.PositiveIntegerField(default=0)
    words_left = models.PositiveIntegerField(default=0)
    #: Texts in the working translation that a machine wrote.
    machine_texts = models.PositiveIntegerField(default=0)
    started = models.BooleanField(default=False)
    state_since = models.DateTimeField(null=True)
    #: What is asked for; none where nothing is.
    item = models.ForeignKey(
        "translation.OrderItem", null=True, blank=True, on_delete=models.SET_NULL, related_name="open_for"
    )
    #: What was published when the source was unpublished; it comes back with the source.
    withdrawn = models.ForeignKey(Revision, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        verbose_name = _("translation")
        verbose_name_plural = _("translations")
        constraints = [
            models.UniqueConstraint(fields=["source", "language"], name="one_record_a_language"),
        ]
        indexes = [models.Index(fields=["language", "state"], name="translation_language_state")]

    def __str__(self) -> str:
        return f"{self.source} ({self.language})"

    @property
    def access_scope(self) -> Scope:
        """Whose the translation is: its language's, the nation's or the county's."""
        return Scope(self.language, self.source.county_slug or None)

    @property
    def needs_work(self) -> bool:
        """Whether a translator has something to do on it."""
        return bool(self.returned or (self.live and self.outdated) or (self.item_id and self.state != State.IN_REVIEW))


class Basis(models.Model):
    """What a revision of a translation was made from, noted when it is saved; read when it is published."""

    revision = models.OneToOneField(Revision, on_delete=models.CASCADE, related_name="translation_basis")
    made_from = models.JSONField(default=list)
    arrangement = models.CharField(max_length=16)
    #: Who answers for the text; set when it is published by somebody who speaks for its language.
    reviewed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        verbose_name = _("basis of a revision")
        verbose_name_plural = _("bases of revisions")

    def __str__(self) -> str:
        return f"{self.revision_id}: {len(self.made_from)}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.made_from = sorted(self.made_from)
        super().save(*args, **kwargs)
