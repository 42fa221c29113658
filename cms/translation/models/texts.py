"""The history of a translation's texts."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Origin(models.TextChoices):
    """Where a text came from."""

    TYPED = "typed", _("typed")
    MEMORY = "memory", _("translation memory")
    MACHINE = "machine", _("machine translation")
    IMPORT = "import", _("imported file")
    RESTORED = "restored", _("restored")
    SOURCE = "source", _("copied source")
    JOINED = "joined", _("translated elsewhere")


class TextVersion(models.Model):
    """A text as somebody left it. ``text`` and ``source_text`` are inline HTML (:mod:`cms.translation.markup`)."""

    record = models.ForeignKey("translation.TranslationRecord", on_delete=models.CASCADE, related_name="versions")
    #: The place in the page: a path of field and block ids.
    path = models.TextField()
    source_text = models.TextField()
    text = models.TextField(blank=True)
    origin = models.CharField(max_length=10, choices=Origin.choices)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("version of a text")
        verbose_name_plural = _("versions of texts")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.text[:80]
