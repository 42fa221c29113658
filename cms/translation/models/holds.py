"""A source that waits for its translations, to be published together with them."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Revision


class Hold(models.Model):
    """A draft of a source, published once ``languages`` are ready, or on ``until``, whichever is first.

    At most one hold of a source is open. While it is, translators work on its text.
    """

    source = models.ForeignKey("translation.SourceRecord", on_delete=models.CASCADE, related_name="holds")
    revision = models.ForeignKey(Revision, on_delete=models.CASCADE, related_name="+")
    languages = models.JSONField(default=list)
    until = models.DateField(_("at the latest on"), null=True, blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    #: When it was published or given up.
    ended_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("held publication")
        verbose_name_plural = _("held publications")
        constraints = [
            models.UniqueConstraint(
                fields=["source"], condition=models.Q(ended_at__isnull=True), name="one_open_hold_a_source"
            )
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.languages}"


class HeldTranslation(models.Model):
    """An approved translation that waits for its source."""

    hold = models.ForeignKey(Hold, on_delete=models.CASCADE, related_name="translations")
    record = models.ForeignKey("translation.TranslationRecord", on_delete=models.CASCADE, related_name="+")
    revision = models.ForeignKey(Revision, on_delete=models.CASCADE, related_name="+")

    class Meta:
        verbose_name = _("held translation")
        verbose_name_plural = _("held translations")
        constraints = [models.UniqueConstraint(fields=["hold", "record"], name="a_translation_once_a_hold")]

    def __str__(self) -> str:
        return f"{self.record}"
