"""What the editor's side keeps for itself: how the translations stood day by day, and who was reminded of what."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from cms.translation.models.records import language_choices
from cms.translation.states import State


class DailyCount(models.Model):
    """How many translations were in a state on a day, and the words that they lacked."""

    date = models.DateField(_("date"))
    language = models.CharField(_("language"), max_length=8, choices=language_choices)
    state = models.CharField(_("state"), max_length=16, choices=State.choices)
    records = models.PositiveIntegerField(default=0)
    words_left = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("daily count of translations")
        verbose_name_plural = _("daily counts of translations")
        constraints = [
            models.UniqueConstraint(fields=["date", "language", "state"], name="editorial_count_once_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.date} {self.language} {self.state}: {self.records}"


class ReminderSent(models.Model):
    """That a person was told of an event; ``event`` names it for good: ``overdue:<item>:<deadline>``."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    event = models.CharField(max_length=100)
    sent_at = models.DateTimeField(_("sent"))

    class Meta:
        verbose_name = _("sent reminder")
        verbose_name_plural = _("sent reminders")
        constraints = [models.UniqueConstraint(fields=["user", "event"], name="editorial_reminded_once")]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.event}"
