"""What editors give to search: words that mean the same, and pages for certain queries."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from cms.translation.glossary.models import Concept


def _lines(text: str) -> list[str]:
    return [line for written in text.splitlines() if (line := " ".join(written.split()))]


class Synonyms(models.Model):
    """Words, or terms of several, that find what each other finds, in one language; one a line."""

    language = models.CharField(_("language"), max_length=10, db_index=True)
    words = models.TextField(
        _("words"), help_text=_("Words that mean the same, one a line. A line may have several words.")
    )
    note = models.CharField(_("note"), max_length=255, blank=True)

    class Meta:
        verbose_name = _("synonyms")
        verbose_name_plural = _("synonyms")

    def __str__(self) -> str:
        return " = ".join(self.terms)

    @property
    def terms(self) -> list[str]:
        return _lines(self.words)


class SynonymTerm(models.Model):
    """A term of some synonyms under the key that a query finds it by (``search.analysis.key``).

    Of editors' ``synonyms``, or of a ``concept`` of the glossary, whose terms in ``language`` and
    whose Swedish terms find each other.
    """

    synonyms = models.ForeignKey(Synonyms, models.CASCADE, null=True, related_name="+")
    concept = models.ForeignKey(Concept, models.CASCADE, null=True, related_name="+")
    language = models.CharField(max_length=10)
    key = models.CharField(max_length=255)

    # Derived from what people made.
    wagtail_reference_index_ignore = True

    class Meta:
        indexes: ClassVar = [models.Index(fields=["language", "key"], name="search_synonym_key")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(synonyms__isnull=False, concept__isnull=True)
                | models.Q(synonyms__isnull=True, concept__isnull=False),
                name="search_synonym_owner",
            )
        ]

    def __str__(self) -> str:
        return f"{self.key} ({self.language})"


class BestBet(models.Model):
    """A page that is shown first for certain queries in one language."""

    language = models.CharField(_("language"), max_length=10, db_index=True)
    queries = models.TextField(
        _("searches"), help_text=_("What readers type, one a line. Other forms of the same words count too.")
    )
    page = models.ForeignKey(Page, models.CASCADE, verbose_name=_("page"), related_name="+")
    sort_order = models.PositiveSmallIntegerField(_("place in the list"), default=0)

    class Meta:
        verbose_name = _("recommended page")
        verbose_name_plural = _("recommended pages")

    def __str__(self) -> str:
        return f"{self.page} ({self.language})"

    @property
    def lines(self) -> list[str]:
        return _lines(self.queries)


class BestBetQuery(models.Model):
    """A query of a recommended page under the key that it is found by."""

    best_bet = models.ForeignKey(BestBet, models.CASCADE, related_name="+")
    language = models.CharField(max_length=10)
    key = models.CharField(max_length=255)

    wagtail_reference_index_ignore = True

    class Meta:
        indexes: ClassVar = [models.Index(fields=["language", "key"], name="search_bet_key")]

    def __str__(self) -> str:
        return f"{self.key} ({self.language})"


class LoadedSynonyms(models.Model):
    """The lines of a file of synonyms that were loaded once: what editors delete does not come again."""

    language = models.CharField(max_length=10, primary_key=True)
    lines = models.JSONField(default=list)

    def __str__(self) -> str:
        return f"{len(self.lines)} ({self.language})"
