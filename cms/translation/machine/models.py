"""Jobs of machine translation, and what they used."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cms.access.scopes import Scope


class JobStatus(models.TextChoices):
    """How far a job has come."""

    WAITING = "waiting", _("waiting")
    RUNNING = "running", _("running")
    DONE = "done", _("done")
    FAILED = "failed", _("failed")
    OVER_BUDGET = "over-budget", _("over budget")


#: Of these a translation has one at most.
OPEN = (JobStatus.WAITING, JobStatus.RUNNING)


class MachineJob(models.Model):
    """A translation whose texts a machine is to write where there are none; resumable."""

    record = models.ForeignKey("translation.TranslationRecord", on_delete=models.CASCADE, related_name="machine_jobs")
    #: The provider's name in the settings.
    provider = models.CharField(max_length=30)
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    status = models.CharField(max_length=12, choices=JobStatus.choices, default=JobStatus.WAITING)
    #: Texts that lacked a translation when it began, and those of them that were looked after since.
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    #: What was not saved: ``{"unit", "path", "check", "message", "text"}`` each.
    discarded = models.JSONField(default=list)
    error = models.CharField(max_length=500, blank=True)
    #: Which run of it writes; an older one that sees another's stops.
    holder = models.CharField(max_length=32, blank=True)
    #: When the run that holds it was last seen.
    seen_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("machine translation")
        verbose_name_plural = _("machine translations")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["record"], condition=Q(status__in=OPEN), name="one_open_machine_job"),
        ]

    def __str__(self) -> str:
        return f"{self.record_id}: {self.provider}"

    @property
    def access_scope(self) -> Scope:
        """Whose it is: its translation's."""
        return self.record.access_scope

    @property
    def is_open(self) -> bool:
        return self.status in OPEN


class Usage(models.Model):
    """The characters that a provider was sent in a month for a language, reserved before they are sent."""

    provider = models.CharField(max_length=30)
    language = models.CharField(max_length=8)
    #: The month's first day.
    month = models.DateField()
    characters = models.PositiveBigIntegerField(default=0)

    class Meta:
        verbose_name = _("use of machine translation")
        verbose_name_plural = _("uses of machine translation")
        constraints = [
            models.UniqueConstraint(fields=["provider", "language", "month"], name="one_machine_use_a_month"),
        ]

    def __str__(self) -> str:
        return f"{self.provider} {self.language} {self.month:%Y-%m}"


class Pace(models.Model):
    """The requests that a provider was sent in the latest minute, by all workers together."""

    provider = models.CharField(max_length=30, primary_key=True)
    #: Minutes since 1970.
    minute = models.PositiveBigIntegerField(default=0)
    requests = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("pace of machine translation")
        verbose_name_plural = _("paces of machine translation")

    def __str__(self) -> str:
        return f"{self.provider}: {self.requests}"
