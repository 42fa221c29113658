"""Files that were read in: what each was about to change, and how far that has come."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from cms.translation.exchange.formats import Format


class BatchStatus(models.TextChoices):
    """How far a file has come."""

    SHOWN = "shown", _("shown, not confirmed")
    CONFIRMED = "confirmed", _("being taken in")
    DONE = "done", _("taken in")
    UNDOING = "undoing", _("being undone")
    UNDONE = "undone", _("undone")


class PartStatus(models.TextChoices):
    """How far one page of a file has come; each is taken in, or undone, in one transaction."""

    WAITING = "waiting", _("waiting")
    DONE = "done", _("taken in")
    REFUSED = "refused", _("refused")
    UNDONE = "undone", _("undone")


class ImportBatch(models.Model):
    """A file that somebody read in; it is hers alone. ``refused`` holds its rows that belong to no page of hers."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(_("file"), max_length=200)
    format = models.CharField(_("format"), max_length=10, choices=Format.choices)
    created_at = models.DateTimeField(_("read in"), auto_now_add=True)
    status = models.CharField(_("status"), max_length=10, choices=BatchStatus.choices, default=BatchStatus.SHOWN)
    refused = models.JSONField(default=list)

    class Meta:
        verbose_name = _("imported file")
        verbose_name_plural = _("imported files")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.name


class ImportPart(models.Model):
    """The rows of one page in one language. What a row is, is said by ``cms.translation.exchange.rows``."""

    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="parts")
    record = models.ForeignKey("translation.TranslationRecord", on_delete=models.CASCADE, related_name="+")
    status = models.CharField(max_length=10, choices=PartStatus.choices, default=PartStatus.WAITING)
    #: Why the whole page was refused, when it was.
    reason = models.CharField(max_length=300, blank=True)
    rows = models.JSONField(default=list)

    class Meta:
        verbose_name = _("page of an imported file")
        verbose_name_plural = _("pages of an imported file")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["batch", "record"], name="a_record_once_a_file")]

    def __str__(self) -> str:
        return f"{self.batch_id}: {self.record_id}"
